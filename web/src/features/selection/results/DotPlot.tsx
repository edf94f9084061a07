import { useTranslation } from 'react-i18next';
import type { Result } from '../../../../../src/contracts/selection/results';
import { useLocale } from '../../../time/clock';
import { formatScore } from '../../../ui/scores';
import classes from './results.module.css';
import { placeOf, WIDTH } from './plot';

interface DotPlotProps {
  result: Result;
  by: 'levelled' | 'raw';
  /** The highest word of the scale. */
  top: number;
}

/** The scores of a file on its scale: a line from the lowest to the highest, a dot for each juror, a bar at the mean. It is read out in one sentence. */
export function DotPlot({ result: { scores, mean, spread, isWide }, by, top }: DotPlotProps) {
  const { t } = useTranslation('selection');
  const locale = useLocale();
  if (mean === null) return <span className="t3">{t('results.noScore')}</span>;
  const values = scores.map((one) => one[by]).toSorted((a, b) => a - b);
  const at = (score: number) => placeOf(score, top);
  const label = t('results.plot', {
    scores: values.map((value) => formatScore(value, locale, { digits: 1 })).join(', '),
    mean: formatScore(mean, locale),
    spread: formatScore(spread ?? 0, locale, { digits: 1 }),
  });
  return (
    <svg className={classes.range} viewBox={`0 0 ${WIDTH} 20`} role="img" aria-label={label}>
      {Array.from({ length: top }, (_, index) => (
        <path key={index} className={classes.axis} d={`M${at(index + 1)} 4v12`} />
      ))}
      <path
        className={classes.spread}
        data-wide={isWide}
        d={`M${at(values[0] ?? mean)} 10H${at(values.at(-1) ?? mean)}`}
      />
      {values.map((value, index) => (
        <circle key={index} cx={at(value)} cy="10" r="3.5" />
      ))}
      <path className={classes.mean} d={`M${at(mean)} 3v14`} />
    </svg>
  );
}

/** The numbers of the scale over the plots. */
export function Axis({ top }: { top: number }) {
  return (
    <span className={classes.axisLabels} aria-hidden="true">
      {Array.from({ length: top }, (_, index) => (
        <span key={index}>{index + 1}</span>
      ))}
    </span>
  );
}
