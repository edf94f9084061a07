import { useTranslation } from 'react-i18next';
import type { CallFigures } from '../../../../../src/contracts/calls/figures';
import { useLocale } from '../../../time/clock';
import { formatDate } from '../../../time/format';
import { allDays } from './days';
import classes from './figures.module.css';

/** Begun and handed in, day by day, with the days on which letters went. Beside the picture the same numbers as a table. */
export function DayChart({ figures: { days, letters } }: { figures: CallFigures }) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const shown = allDays(days, letters);
  const most = Math.max(1, ...shown.map(({ begun, submitted }) => Math.max(begun, submitted)));
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last) return null;
  return (
    <>
      <div className={classes.chart} aria-hidden="true">
        {shown.map(({ on, begun, submitted, letters: kinds }) => (
          <div key={on} title={`${formatDate(on, locale)}: ${t('figures.onDay', { begun, submitted })}`}>
            <span className={classes.columns}>
              <i style={{ height: `${(begun / most) * 100}%` }} />
              <i style={{ height: `${(submitted / most) * 100}%` }} />
            </span>
            <b data-letter={kinds.length > 0 || undefined} />
          </div>
        ))}
      </div>
      <p className={classes.axis} aria-hidden="true">
        <span>{formatDate(first.on, locale)}</span>
        <span>{formatDate(last.on, locale)}</span>
      </p>
      <ul className={classes.legend} aria-hidden="true">
        <li data-of="begun">{t('figures.totals.begun')}</li>
        <li data-of="submitted">{t('figures.totals.submitted')}</li>
        <li data-of="letter">{t('figures.letters')}</li>
      </ul>
      <details className="mt8">
        <summary>{t('figures.asTable')}</summary>
        <div className={classes.scroll} role="region" aria-label={t('figures.byDay')} tabIndex={0}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('figures.day')}</th>
                <th scope="col">{t('figures.totals.seen')}</th>
                <th scope="col">{t('figures.totals.begun')}</th>
                <th scope="col">{t('figures.totals.submitted')}</th>
                <th scope="col">{t('figures.letters')}</th>
              </tr>
            </thead>
            <tbody>
              {shown
                .filter(({ seen, begun, submitted, letters: kinds }) => seen + begun + submitted + kinds.length > 0)
                .map(({ on, seen, begun, submitted, letters: kinds }) => (
                  <tr key={on}>
                    <th scope="row">{formatDate(on, locale)}</th>
                    <td>{seen.toLocaleString(locale)}</td>
                    <td>{begun.toLocaleString(locale)}</td>
                    <td>{submitted.toLocaleString(locale)}</td>
                    <td>{kinds.map((kind) => t(`figures.letter.${kind}`)).join(', ')}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}
