import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Criterion } from '../../../../../src/contracts/calls/calls';
import type { Results } from '../../../../../src/contracts/selection/results';
import { listOf } from '../../../i18n/list-of';
import { useLocale } from '../../../time/clock';
import { Panel } from '../../../ui/page/Panel';
import { State } from '../../../ui/page/State';
import { said } from '../../apply/call/timing';
import { triedIn } from './plot';
import classes from './results.module.css';

interface WeightsProps {
  criteria: readonly Criterion[];
  /** Those that are tried, as the address says them. */
  weights: string | undefined;
  moves: Results['moves'];
  line: number | undefined;
  onTry: (weights: Record<string, number>) => void;
}

/** Other weights, to see what they would do: nothing of it is kept, and what jurors gave stays as it is. */
export function Weights({ criteria, weights, moves, line, onTry }: WeightsProps) {
  const { t } = useTranslation('selection');
  const locale = useLocale();
  const tried = triedIn(weights);
  const now = (key: string, weight: number) => tried[key] ?? weight;
  const sum = criteria.reduce((all, { key, weight }) => all + now(key, weight), 0);
  return (
    <Panel title={t('weights.title')} className="mt12">
      <p className="t2 mt4">{t('weights.what')}</p>
      <div className={classes.weights}>
        {criteria.map(({ key, name, weight }) => (
          <NumberInput
            key={key}
            label={said(name, locale)}
            description={t('weights.was', { weight })}
            min={0}
            max={100}
            step={5}
            allowDecimal={false}
            clampBehavior="strict"
            value={now(key, weight)}
            onChange={(value) => typeof value === 'number' && onTry({ ...tried, [key]: value })}
          />
        ))}
      </div>
      <div className="row wrap between mt12">
        <State {...(sum === 100 ? { tone: 'ok' as const } : {})}>{t('weights.sum', { sum })}</State>
        <span role="status">{weights !== undefined && <Moved moves={moves} line={line} />}</span>
        {weights !== undefined && (
          <button type="button" className="link" onClick={() => onTry({})}>
            {t('weights.back')}
          </button>
        )}
      </div>
    </Panel>
  );
}

/** Who comes over the line by the weights that are tried, and who falls below it. */
function Moved({ moves, line }: Pick<WeightsProps, 'moves' | 'line'>) {
  const { t } = useTranslation('selection');
  const locale = useLocale();
  if (line === undefined) return <span className="t2">{t('weights.noLine')}</span>;
  if (moves.in.length === 0 && moves.out.length === 0) return <span className="t2">{t('weights.none')}</span>;
  return (
    <span className="t2">{t('weights.moves', { in: listOf(moves.in, locale), out: listOf(moves.out, locale) })}</span>
  );
}
