import { dayNumber, weekdayOf } from '../../common/times/zone-offsets.js';
import { plusDays } from '../../common/times/zoned.js';
import type { Phase } from '../../contracts/cohorts/cohorts.js';
import type { ReminderKind } from '../../contracts/reminders/reminders.js';
import type { NoticeParams } from '../../notifications/inbox/notification.schema.js';
import { MOMENTS, type Moment, dayOfMoment } from './moments.js';
import type { ReminderSubject } from '../planning/reminder-plan.js';

/** The days of a cohort on which more than one thing may be. */
export interface CohortCalendar {
  startsOn: string;
  endsOn: string;
  milestones: readonly { id: string; on: string }[];
}

/** A phase as its row has it: of before phases had names, too. */
type Ending = Pick<Phase, 'key' | 'endsOn'> & { name?: string | null | undefined };

type Silent = NonNullable<ReminderSubject['silent']>;

const FRIDAY = 5;

const RUNG_OF: Record<Moment, ReminderKind> = {
  first_day: 'residency.first',
  half_way: 'residency.half',
  last_month: 'residency.last_month',
  last_day: 'residency.end',
};

/** The milestone of a day for which the day itself speaks; of more than one the others speak for themselves. Pure. */
export const milestoneOn = <Row extends { id: string; on: string }>(
  milestones: readonly Row[],
  on: string,
): Row | undefined => milestones.filter((one) => one.on === on).sort((a, b) => (a.id < b.id ? -1 : 1))[0];

/** Whether a milestone closes a phase: on its last day, or on the Friday before where that lies in a weekend. Pure. */
export const closes = (on: string, { endsOn }: Pick<Phase, 'endsOn'>): boolean =>
  on <= endsOn && on >= plusDays(endsOn, -Math.max(0, weekdayOf(dayNumber(endsOn)) - FRIDAY));

/** What a notice of a day says of the phase that ends with it. Pure. */
export function phaseOf(phase: Ending | undefined, on: string): NoticeParams {
  if (!phase) return {};
  const { key, name = null, endsOn } = phase;
  return { phaseToo: endsOn === on ? 'true' : 'later', phaseKey: key, phaseName: name, phaseOn: endsOn };
}

/** What a milestone or the end of a phase leaves to others of its day. Pure. */
export const silentOf = (
  { type, id }: Pick<ReminderSubject, 'type' | 'id'>,
  on: string,
  calendar: CohortCalendar,
): Silent => (type === 'phase' ? silentOfPhase(on, calendar) : silentOfMilestone({ id, on }, calendar));

/** On a day by which everybody counts it is told with that day. */
function silentOfMilestone({ id, on }: { id: string; on: string }, calendar: CohortCalendar): Silent {
  const days = momentsOn(on, calendar);
  return new Map(days.length > 0 && milestoneOn(calendar.milestones, on)?.id === id ? [['milestone.day', days]] : []);
}

/** With a milestone that closes it, it is told with that one. */
function silentOfPhase(endsOn: string, calendar: CohortCalendar): Silent {
  const days = momentsOn(endsOn, calendar);
  if (calendar.milestones.some(({ on }) => closes(on, { endsOn })))
    return new Map([
      ['phase.14d', ['milestone.14d']],
      ['phase.3d', ['milestone.3d']],
      ['phase.day', ['milestone.day', ...days]],
    ]);
  return new Map(days.length > 0 ? [['phase.day', days]] : []);
}

/** The calendar with a milestone on another day. Pure. */
export const withMilestone = (calendar: CohortCalendar, id: string, on: string): CohortCalendar => ({
  ...calendar,
  milestones: calendar.milestones.map((one) => (one.id === id ? { ...one, on } : one)),
});

const momentsOn = (on: string, calendar: CohortCalendar): ReminderKind[] =>
  MOMENTS.filter((moment) => dayOfMoment(calendar, moment) === on).map((moment) => RUNG_OF[moment]);
