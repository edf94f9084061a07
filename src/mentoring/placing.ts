import { capClaim, freePlace, timeClaims } from '../calendar/claims.js';
import { DAY, HOUR, MINUTE } from '../common/clock.js';
import type { Availability, HiddenReason } from '../contracts/mentoring.js';
import { idOf, newId } from '../infra/mongo/ids.js';
import type { Placement, Taken } from './sessions.repository.js';
import { pausesOf } from './pauses.js';
import { periodsOf, refusalOf } from './slots.js';
import { type OtherwiseTaken, type PlacedCalendar, calendarsOf } from './taken-time.js';

/** A meeting to be placed: instants in ms since the epoch. */
export interface Plan {
  coachId: string;
  participantIds: readonly string[];
  from: number;
  minutes: number;
  /** The session that moves, whose own time does not stand in its way. */
  moving?: string | undefined;
}

export type Reason = HiddenReason | 'in_the_past';
export type Outcome = { placement: Placement } | { reason: Reason };

export const endOf = ({ from, minutes }: Plan) => from + minutes * MINUTE;

/** Why a start can never be, whoever has booked what; null when it may. */
export function neverIn(plan: Plan, { horizonDays }: Availability, now: number): Reason | null {
  if (plan.from < now) return 'in_the_past';
  return plan.from >= now + horizonDays * DAY ? 'horizon' : null;
}

/** Places plans for one coach, first come, first served: what one takes is taken for those after it. One answer for each, in order. */
export function placeAll(
  plans: readonly Plan[],
  { sessions, outside }: { sessions: readonly Taken[]; outside: readonly OtherwiseTaken[] },
  availability: Availability,
  now: number,
): Outcome[] {
  let taken = sessions;
  return plans.map((plan) => {
    const others = withoutOwn(plan, taken);
    const outcome = place(plan, { sessions: others, outside }, availability, now);
    if ('placement' in outcome) taken = [...others, takenBy(plan, outcome.placement)];
    return outcome;
  });
}

/** What is taken, but by the session that moves. */
export function withoutOwn(plan: Plan, sessions: readonly Taken[]): readonly Taken[] {
  return plan.moving === undefined ? sessions : sessions.filter((row) => String(row._id) !== plan.moving);
}

function place(
  plan: Plan,
  { sessions, outside }: { sessions: readonly Taken[]; outside: readonly OtherwiseTaken[] },
  availability: Availability,
  now: number,
): Outcome {
  const never = neverIn(plan, availability, now);
  if (never) return { reason: never };
  const { calendars, mine } = calendarsOf(
    new Map([[plan.coachId, availability]]),
    plan.participantIds,
    sessions,
    outside,
  );
  const calendar = calendars[0] as PlacedCalendar;
  const refusal = refusalOf(calendar, { now, mine }, plan.from, endOf(plan));
  return refusal ? { reason: refusal.reason } : placementOf(plan, calendar);
}

/**
 * The claims of all people and of a place under each cap. The coach's claim begins at the start and ends a pause after the end: since
 * all of a coach's claims do, none comes nearer than that to the one before or after it.
 */
function placementOf(plan: Plan, { availability, dayPlaces, weekPlaces }: PlacedCalendar): Outcome {
  const { coachId, from } = plan;
  const to = endOf(plan);
  const held = to + pausesOf(availability).between;
  const { day, week } = periodsOf(availability, from);
  const dayPlace = freePlace(dayPlaces.get(day) ?? new Set(), availability.maxPerDay);
  const weekPlace = freePlace(weekPlaces.get(week) ?? new Set(), availability.maxPerWeek);
  if (dayPlace === null) return { reason: 'day_cap' };
  if (weekPlace === null) return { reason: 'week_cap' };
  return {
    placement: {
      startsAt: new Date(from),
      endsAt: new Date(to),
      heldUntil: new Date(held),
      cancelBy: new Date(from - availability.minNoticeHours * HOUR),
      claims: [
        ...timeClaims(coachId, from, held),
        ...plan.participantIds.flatMap((person) => timeClaims(person, from, to)),
        capClaim(coachId, `d${day}`, dayPlace),
        capClaim(coachId, `w${week}`, weekPlace),
      ],
      day,
      week,
      dayPlace,
      weekPlace,
    },
  };
}

function takenBy(plan: Plan, placement: Placement): Taken {
  return {
    ...placement,
    _id: plan.moving === undefined ? newId() : idOf(plan.moving),
    coachId: idOf(plan.coachId),
    people: [plan.coachId, ...plan.participantIds].map(idOf),
  };
}
