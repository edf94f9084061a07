import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../../time/clock';
import { formatDate } from '../../../time/format';
import { formatShortDate } from '../../../time/seldom';
import classes from '../coaching.module.css';
import type { SlotDay } from '../booking/slot-days';

interface DensityStripProps {
  days: readonly SlotDay[];
  /** The day from which the list shows (`2026-10-13`). */
  from: string;
  onChoose: (date: string) => void;
}

/** How many slots are free on each day, as bars; a bar leads to its day. On a phone each bar has its words. */
export function DensityStrip({ days, from, onChoose }: DensityStripProps) {
  const { t } = useTranslation('coaching');
  const locale = useLocale();
  const most = Math.max(1, ...days.map((day) => day.free));
  const last = days.at(-1);
  const words = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { weekday: 'short', timeZone: 'UTC' });
  return (
    <nav className={`mt16 ${classes.strips}`} aria-label={t('density.label')}>
      <p className="xs t3">{last && t('density.to', { date: formatDate(last.date, locale) })}</p>
      <div className={classes.density}>
        {days.map((day, index) => {
          const date = Temporal.PlainDate.from(day.date);
          // The first date has the room of a week, so that a Monday soon after does not run into it.
          const dated = index === 0 || (date.dayOfWeek === 1 && index > 6);
          return (
            <button
              key={day.date}
              type="button"
              className={classes.bar}
              data-weekend={date.dayOfWeek > 5 && day.free === 0}
              aria-current={day.date === from ? 'date' : undefined}
              onClick={() => onChoose(day.date)}
            >
              <i style={{ height: `${Math.round((day.free / most) * 100)}%` }} />
              <VisuallyHidden>
                {t('density.day', { date: formatDate(day.date, locale), count: day.free })}
              </VisuallyHidden>
              <span className={classes.barWords} aria-hidden="true">
                <b>{day.free || '–'}</b>
                {words.format(Date.parse(day.date))}
                <br />
                {date.day}
              </span>
              {dated && (
                <span className={classes.barDate} aria-hidden="true">
                  {index === 0 || date.day <= 7 ? formatShortDate(day.date, locale) : date.day}
                </span>
              )}
            </button>
          );
        })}
      </div>
    </nav>
  );
}
