import { Temporal } from 'temporal-polyfill';
import { type ClosedOn, isWorkingDay } from './closed-days.js';
import type { Phase } from '../../contracts/cohorts/cohorts.js';

/** A milestone of the template: `at` is how far through its phase it lies, 0 its first day and 1 its last. */
interface TemplateMilestone {
  titleKey: string;
  phase: Phase['key'];
  at: number;
}

/** The four phases with the tenths of a residency that each lasts: 2, 3, 3 and 2 months of ten. */
const PHASES: readonly { key: Phase['key']; tenths: number }[] = [
  { key: 'discover', tenths: 2 },
  { key: 'build', tenths: 3 },
  { key: 'deploy', tenths: 3 },
  { key: 'handover', tenths: 2 },
];

/** The milestones of a residency, in order. The web translates their keys. */
export const TEMPLATE_MILESTONES: readonly TemplateMilestone[] = [
  { titleKey: 'welcome', phase: 'discover', at: 0 },
  { titleKey: 'field-visits', phase: 'discover', at: 0.5 },
  { titleKey: 'challenge-framed', phase: 'discover', at: 1 },
  { titleKey: 'first-prototype', phase: 'build', at: 0.4 },
  { titleKey: 'user-tests', phase: 'build', at: 0.75 },
  { titleKey: 'midway-review', phase: 'build', at: 1 },
  { titleKey: 'first-release', phase: 'deploy', at: 0.35 },
  { titleKey: 'sponsor-review', phase: 'deploy', at: 0.7 },
  { titleKey: 'impact-measured', phase: 'deploy', at: 1 },
  { titleKey: 'handover-plan', phase: 'handover', at: 0.3 },
  { titleKey: 'handover-done', phase: 'handover', at: 0.8 },
  { titleKey: 'closing-day', phase: 'handover', at: 1 },
];

/** What a cohort is made with. Days are inclusive plain dates in the cohort's zone. */
export interface Plan {
  startsOn: string;
  endsOn: string;
  phases: Phase[];
  milestones: { titleKey: string; on: string }[];
}

/**
 * The ten-month template moved to a start and scaled to `months`. Phases follow each other without gap or overlap; each milestone
 * falls on a working day of its phase: neither weekend nor a closed day. A phase without any working day keeps the plain day.
 */
export function planFrom(startsOn: string, months: number, on: ClosedOn): Plan {
  const start = Temporal.PlainDate.from(startsOn);
  const phases = phasesFrom(start, months);
  const milestones = TEMPLATE_MILESTONES.flatMap(({ titleKey, phase, at }) => {
    const within = phases.find(({ key }) => key === phase);
    return within ? [{ titleKey, on: workingDay(within, at, on) }] : [];
  });
  return { startsOn, endsOn: monthsAfter(start, months).subtract({ days: 1 }).toString(), phases, milestones };
}

function phasesFrom(start: Temporal.PlainDate, months: number): Phase[] {
  let tenths = 0;
  return PHASES.map((phase) => {
    const first = monthsAfter(start, (months * tenths) / 10);
    tenths += phase.tenths;
    const last = monthsAfter(start, (months * tenths) / 10).subtract({ days: 1 });
    return { key: phase.key, name: null, startsOn: first.toString(), endsOn: last.toString() };
  });
}

/** `months` may have a fraction, which counts in days of the month begun. Always from the start, so that the 31st does not drift. */
function monthsAfter(start: Temporal.PlainDate, months: number): Temporal.PlainDate {
  const whole = Math.floor(months);
  const from = start.add({ months: whole });
  const days = from.until(start.add({ months: whole + 1 }), { largestUnit: 'days' }).days;
  return from.add({ days: Math.round((months - whole) * days) });
}

/**
 * The working day of a phase that lies nearest to `at` (0 its first day, 1 its last), later rather than earlier: neither weekend nor a
 * closed day. A phase without any working day keeps the plain day.
 */
export function workingDay(phase: Phase, at: number, on: ClosedOn): string {
  const first = Temporal.PlainDate.from(phase.startsOn);
  const last = Temporal.PlainDate.from(phase.endsOn);
  const days = first.until(last, { largestUnit: 'days' }).days;
  const aim = first.add({ days: Math.round(days * at) });
  const works = (day: Temporal.PlainDate) => isWorkingDay(day.toString(), on);
  for (let day = aim; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 }))
    if (works(day)) return day.toString();
  for (let day = aim; Temporal.PlainDate.compare(day, first) >= 0; day = day.subtract({ days: 1 }))
    if (works(day)) return day.toString();
  return aim.toString();
}
