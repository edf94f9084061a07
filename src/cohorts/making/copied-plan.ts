import { Temporal } from 'temporal-polyfill';
import { daysBetween, plusDays } from '../../common/times/zoned.js';
import type { Phase } from '../../contracts/cohorts/cohorts.js';
import { type Framed, dayLike } from '../timeline/phase-moves.js';
import type { MilestoneRow } from '../timeline/milestone.schema.js';

/**
 * The phases of a cohort as they are from another first day on. Where that lies whole months away, what began on the first of a month does again; else
 * all keep their length in days, so that whole weeks keep weekdays. They follow each other without gap or overlap. Pure.
 */
export function phasesLike(old: readonly Phase[], startsOn: string): Phase[] {
  const first = old[0]?.startsOn ?? startsOn;
  const { months, days } = Temporal.PlainDate.from(first).until(startsOn, { largestUnit: 'months' });
  const byMonths = moved(old, (day) => Temporal.PlainDate.from(day).add({ months }).toString());
  // In a short month two days may fall together.
  if (days === 0 && byMonths.every((phase) => phase.startsOn <= phase.endsOn)) return byMonths;
  return moved(old, (day) => plusDays(day, daysBetween(first, startsOn)));
}

function moved(old: readonly Phase[], to: (day: string) => string): Phase[] {
  return old.map(({ key, name, startsOn, endsOn }) => ({
    ...{ key, name, startsOn: to(startsOn) },
    // The day before the next one begins.
    endsOn: plusDays(to(plusDays(endsOn, 1)), -1),
  }));
}

/** A milestone that is not there yet. */
export type PlannedMilestone = Pick<MilestoneRow, 'on'> & { titleKey: string | null; title: string | null };

/** Milestones of a cohort on the days that they have in the phases of another one, by day. Pure. */
export function milestonesLike(
  milestones: readonly Pick<MilestoneRow, 'on' | 'title' | 'titleKey'>[],
  from: Framed,
  to: Framed,
): PlannedMilestone[] {
  return milestones
    .flatMap(({ on, title, titleKey }) => {
      const day = dayLike(on, from, to);
      return day === null ? [] : [{ on: day, title: title ?? null, titleKey: titleKey ?? null }];
    })
    .sort((a, b) => a.on.localeCompare(b.on));
}
