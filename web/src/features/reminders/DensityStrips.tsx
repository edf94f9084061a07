import { Link } from '@tanstack/react-router';
import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Cohort } from '../../api/types';
import { useNames } from '../../shell/navigation/names';
import { useLocale, useNow } from '../../time/clock';
import { formatDate, formatShortDay } from '../../time/format';
import { phaseNow, standingOf, todayIn } from '../../time/residency';
import { type Bar, type DayCount, barsByDay, barsByWeek } from './density';
import type { Filters } from './queries';
import classes from './reminders.module.css';

const DAYS = 14;
const NOON = 'T12:00:00Z';

interface DensityProps {
  cohort: Cohort;
  byDay: readonly DayCount[];
  today: string;
  filters: Filters;
}

/** Two strips of bars, each a way to its day: the next two weeks, and all weeks of the residency with its phases. */
export function DensityStrips({ cohort, byDay, today, filters }: DensityProps) {
  const { t } = useTranslation('reminders');
  const days = barsByDay(byDay, today, DAYS);
  const weeks = barsByWeek(byDay, cohort.startsOn, cohort.endsOn, today);
  return (
    <div className={`${classes.strips} mt24`}>
      <nav aria-label={t('density.days')}>
        <p className="xs t3">{t('density.days')}</p>
        <Bars cohortId={cohort.id} bars={days} filters={filters} by="day" />
        <DayLabels bars={days} />
      </nav>
      <nav aria-label={t('density.weeks')}>
        <p className="xs t3">{t('density.weeks')}</p>
        <Bars cohortId={cohort.id} bars={weeks} filters={filters} by="week" />
        <PhaseLabels cohort={cohort} weeks={weeks} />
      </nav>
    </div>
  );
}

interface BarsProps {
  cohortId: string;
  bars: readonly Bar[];
  filters: Filters;
  by: 'day' | 'week';
}

function Bars({ cohortId, bars, filters, by }: BarsProps) {
  const { t } = useTranslation('reminders');
  const locale = useLocale();
  return (
    <div className={classes.bars}>
      {bars.map(({ day, count, height, when }) => (
        <Link
          key={day}
          to="/c/$cohortId/reminders"
          params={{ cohortId }}
          search={{ ...filters, day } as never}
          replace
          resetScroll={false}
          data-when={when}
          aria-current={when === 'now' ? 'date' : undefined}
          title={t(`density.${by}`, { day: formatShortDay(day + NOON, 'UTC', locale), count })}
        >
          <i style={{ height: `${height}%` }} />
          <VisuallyHidden>
            {t(`density.${by}`, { day: formatShortDay(day + NOON, 'UTC', locale), count })}
          </VisuallyHidden>
        </Link>
      ))}
    </div>
  );
}

/** "Today" is wider than its bar: a Monday within these days of it goes without its number. */
const ROOM_DAYS = 4;

/** Today and the Mondays. */
function DayLabels({ bars }: { bars: readonly Bar[] }) {
  const { t } = useTranslation('reminders');
  const days = bars.map(({ day }) => Temporal.PlainDate.from(day));
  const starts = days.flatMap((day, index) => (index === 0 || day.dayOfWeek === 1 ? [index] : []));
  const columns = starts.map((start, at) => `${(starts[at + 1] ?? bars.length) - start}fr`).join(' ');
  return (
    <div className={`${classes.labels} ${classes.whole}`} style={{ gridTemplateColumns: columns }} aria-hidden="true">
      {starts.map((start) => (
        <span key={start} data-now={start === 0}>
          {start === 0 ? t('density.today') : start >= ROOM_DAYS && days[start]?.day}
        </span>
      ))}
    </div>
  );
}

function PhaseLabels({ cohort, weeks }: { cohort: Cohort; weeks: readonly Bar[] }) {
  const { t } = useTranslation('reminders');
  const now = useNow();
  const locale = useLocale();
  const names = useNames();
  const current = phaseNow(cohort, now)?.key;
  // A week belongs to the phase in which it ends.
  const lengths = cohort.phases.map(
    (phase) => weeks.filter(({ day }) => isIn(phase, Temporal.PlainDate.from(day).add({ days: 6 }).toString())).length,
  );
  const rest = weeks.length - lengths.reduce((sum, length) => sum + length, 0);
  const columns = lengths.map((length, index) => length + (index === lengths.length - 1 ? rest : 0));
  return (
    <div
      className={classes.labels}
      style={{ gridTemplateColumns: columns.map((length) => `minmax(0, ${Math.max(1, length)}fr)`).join(' ') }}
      aria-hidden="true"
    >
      {cohort.phases.map((phase, index) => (
        <span key={phase.key} data-now={phase.key === current}>
          <b className="only-phone">{index + 1}</b>
          <span className="only-wide">
            {phase.key === current
              ? t('density.phaseNow', {
                  number: index + 1,
                  phase: names.phase(phase),
                  week: standingOf(cohort, todayIn(cohort, now)).week,
                })
              : t('density.phase', {
                  number: index + 1,
                  phase: names.phase(phase),
                  day: formatDate(phase.startsOn, locale),
                })}
          </span>
        </span>
      ))}
    </div>
  );
}

const isIn = (phase: Cohort['phases'][number], day: string) => phase.startsOn <= day && day <= phase.endsOn;
