import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Matching, MatchingOverview } from '../../../../src/contracts/selection/matching';
import { Group } from '../../ui/page/Group';
import { countsOf, movesBetween, projectsOf } from './board';
import classes from './matching.module.css';
import { reveal } from './reveal';

const COUNTED = ['first', 'second', 'third', 'none', 'unplaced', 'notFull'] as const;

interface WhatIfProps {
  overview: MatchingOverview;
  now: Matching;
  then: Matching;
  /** What is tried, in words. */
  label: string;
  busy: boolean;
  onKeep: () => void;
  onForget: () => void;
}

/** A change before it is kept, side by side with what is: what is counted, and who would be elsewhere. */
export function WhatIf({ overview, now, then, label, busy, onKeep, onForget }: WhatIfProps) {
  const { t, i18n } = useTranslation('matching');
  const [a, b] = [countsOf(overview, now), countsOf(overview, then)];
  const moves = movesBetween(now, then);
  const nameOf = (id: string | null) =>
    id === null ? t('whatIf.nowhere') : (projectsOf(overview).find((one) => one.id === id)?.name ?? t('gone'));
  const signed = new Intl.NumberFormat(i18n.language, { signDisplay: 'exceptZero' });
  return (
    <div ref={reveal} tabIndex={-1} className={classes.chosen}>
      <Group title={t('whatIf.title')} className="">
        <table className={`${classes.compared} mt8`}>
          <thead>
            <tr>
              <th scope="col">{label}</th>
              <th scope="col">{t('whatIf.now')}</th>
              <th scope="col">{t('whatIf.then')}</th>
              <th scope="col">{t('whatIf.change')}</th>
            </tr>
          </thead>
          <tbody>
            {COUNTED.map((one) => (
              <tr key={one}>
                <th scope="row">{t(`counted.${one}`)}</th>
                <td>{a[one]}</td>
                <td>
                  <b>{b[one]}</b>
                </td>
                <td className="t2">{signed.format(b[one] - a[one])}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="t2 mt8">{t('whatIf.moves', { count: moves.length })}</p>
        <ul className={classes.moves}>
          {moves.map(({ applicationId, name, from, to }) => (
            <li key={applicationId}>{t('whatIf.move', { name, from: nameOf(from), to: nameOf(to) })}</li>
          ))}
        </ul>
        <div className="row wrap mt12">
          <Button size="sm" variant="filled" loading={busy} onClick={onKeep}>
            {t('whatIf.keep')}
          </Button>
          <Button size="sm" variant="subtle" disabled={busy} onClick={onForget}>
            {t('whatIf.forget')}
          </Button>
        </div>
      </Group>
    </div>
  );
}
