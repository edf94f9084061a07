import type { Cohort } from '../api/types';

type Phase = Cohort['phases'][number];

/** The phase of today in the cohort's zone; undefined before and after the residency. */
export function phaseNow(cohort: Cohort, now: number): (Phase & { index: number }) | undefined {
  const today = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(cohort.timeZone)
    .toPlainDate()
    .toString();
  const index = cohort.phases.findIndex((phase) => phase.startsOn <= today && today <= phase.endsOn);
  const phase = cohort.phases[index];
  return phase && { ...phase, index };
}

/** Week n of m of a residency. Weeks begin on Monday; the first is the one of its first day. */
export function weekOf(cohort: Cohort, now: number): { week: number; weeks: number } {
  const start = Temporal.PlainDate.from(cohort.startsOn);
  const monday = start.subtract({ days: start.dayOfWeek - 1 });
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(cohort.timeZone).toPlainDate();
  const weeks = weekIn(Temporal.PlainDate.from(cohort.endsOn), monday);
  const week = weekIn(today, monday);
  return { week: Math.min(Math.max(week, 1), weeks), weeks };
}

const weekIn = (day: Temporal.PlainDate, monday: Temporal.PlainDate) => Math.floor(monday.until(day).days / 7) + 1;
