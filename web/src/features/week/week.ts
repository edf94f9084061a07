import type { Cohort } from '../../../../src/contracts/cohorts';

/** Where a residency stands on a day. Weeks count from 1; before the start and after the end they stay at the ends. */
export interface Standing {
  week: number;
  weeks: number;
  /** Weeks gone, with a fraction: for the line. */
  gone: number;
  /** 1 to 4. */
  phase: number;
  spans: number[];
}

const DAYS = { largestUnit: 'days' } as const;

/** Phase n of 4 and week n of m, for the cohort's own days. */
export function standingOf(
  cohort: Pick<Cohort, 'startsOn' | 'endsOn' | 'phases'>,
  today: Temporal.PlainDate,
): Standing {
  const start = Temporal.PlainDate.from(cohort.startsOn);
  const days = start.until(Temporal.PlainDate.from(cohort.endsOn), DAYS).days + 1;
  const gone = Math.min(Math.max(start.until(today, DAYS).days, 0), days);
  const weeks = Math.ceil(days / 7);
  const current = cohort.phases.findLastIndex((phase) => phase.startsOn <= today.toString());
  return {
    week: Math.min(Math.floor(gone / 7) + 1, weeks),
    weeks,
    gone: gone / 7,
    phase: Math.max(current, 0) + 1,
    spans: cohort.phases.map(
      (phase) =>
        (Temporal.PlainDate.from(phase.startsOn).until(Temporal.PlainDate.from(phase.endsOn), DAYS).days + 1) / 7,
    ),
  };
}

/** Days from one plain date to another; negative when it is over. */
export const daysTo = (today: Temporal.PlainDate, day: string): number =>
  today.until(Temporal.PlainDate.from(day), DAYS).days;

export const firstName = (name: string) => name.split(' ')[0] ?? name;
