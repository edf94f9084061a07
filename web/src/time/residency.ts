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

/** Week n of m of a residency, counted from 1 in whole weeks since its first day. */
export function weekOf(cohort: Cohort, now: number): { week: number; weeks: number } {
  const first = Temporal.PlainDate.from(cohort.startsOn);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(cohort.timeZone).toPlainDate();
  const weeks = Math.ceil((first.until(Temporal.PlainDate.from(cohort.endsOn)).days + 1) / 7);
  const week = Math.floor(first.until(today).days / 7) + 1;
  return { week: Math.min(Math.max(week, 1), weeks), weeks };
}
