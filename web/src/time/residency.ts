import type { Cohort } from '../api/types';

type Phase = Cohort['phases'][number];

/** Where a residency stands on a day. Before the start and after the end, weeks and phases stay at the ends. */
export interface Standing {
  /** `ahead` before its first day, `over` after its last. */
  at: 'ahead' | 'under_way' | 'over';
  /** Counted from 1; weeks begin on Monday, and the first is the one of the first day. */
  week: number;
  weeks: number;
  /** Weeks gone since the first day, with a fraction: for the line. */
  gone: number;
  /** 1 to 4. */
  phase: number;
  /** The length of each phase in weeks, with a fraction. */
  spans: number[];
}

const DAYS = { largestUnit: 'days' } as const;

/** Today on the cohort's own calendar. */
export const todayIn = (cohort: Pick<Cohort, 'timeZone'>, now: number): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(cohort.timeZone).toPlainDate();

/** The phase of today in the cohort's zone; undefined before and after the residency. */
export function phaseNow(cohort: Cohort, now: number): (Phase & { index: number }) | undefined {
  const today = todayIn(cohort, now).toString();
  const index = cohort.phases.findIndex((phase) => phase.startsOn <= today && today <= phase.endsOn);
  const phase = cohort.phases[index];
  return phase && { ...phase, index };
}

/** Phase n of 4 and week n of m, for the cohort's own days. */
export function standingOf(
  cohort: Pick<Cohort, 'startsOn' | 'endsOn' | 'phases'>,
  today: Temporal.PlainDate,
): Standing {
  const start = Temporal.PlainDate.from(cohort.startsOn);
  const end = Temporal.PlainDate.from(cohort.endsOn);
  const monday = start.subtract({ days: start.dayOfWeek - 1 });
  const weekAt = (day: Temporal.PlainDate) => Math.floor(daysTo(monday, day) / 7) + 1;
  const weeks = weekAt(end);
  const current = cohort.phases.findLastIndex((phase) => phase.startsOn <= today.toString());
  return {
    at: daysTo(today, start) > 0 ? 'ahead' : daysTo(end, today) > 0 ? 'over' : 'under_way',
    week: Math.min(Math.max(weekAt(today), 1), weeks),
    weeks,
    gone: Math.min(Math.max(daysTo(start, today), 0), daysTo(start, end) + 1) / 7,
    phase: Math.max(current, 0) + 1,
    spans: cohort.phases.map((phase) => (daysTo(Temporal.PlainDate.from(phase.startsOn), phase.endsOn) + 1) / 7),
  };
}

/** Days from one plain date to another; negative when it is over. */
export const daysTo = (today: Temporal.PlainDate, day: Temporal.PlainDate | string): number =>
  today.until(Temporal.PlainDate.from(day), DAYS).days;
