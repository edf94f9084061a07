import { type Part, type TakenBy, type Verdict, isStopped, verdictOf } from '../../calendar/clash.js';
import { capClaim, freePlace, timeClaims } from '../../calendar/claims.js';
import { DAY, HOUR, MINUTE } from '../../common/times/clock.js';
import type { Availability, HiddenReason } from '../../contracts/mentoring/mentoring.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import type { Placement, SecondPlace } from '../sessions/session-writes.repository.js';
import type { SessionRow } from '../sessions/session.schema.js';
import type { Taken } from '../sessions/sessions.repository.js';
import type { Offer } from '../availability/hours.js';
import { pausesOf } from '../availability/pauses.js';
import { periodsOf, refusalOf } from './slots.js';
import { type PlacedCalendar, type TakenElsewhere, calendarsOf } from '../availability/taken-time.js';

/** A meeting to be placed: instants in ms since the epoch. */
export interface Plan {
  coachId: string;
  /** A second coach, whose hours and caps count as the first one's do. */
  second?: { coachId: string; availability: Availability } | undefined;
  participantIds: readonly string[];
  from: number;
  minutes: number;
  /** The session that moves, whose own time does not stand in its way. */
  moving?: string | undefined;
  /** It stands already and one coach steps in for another: notice and horizon, which are for who books, do not count. */
  steppingIn?: boolean | undefined;
  /** Whether it is booked, or moves; over what one goes to one of these asks. Absent: booked. */
  act?: 'book' | 'move' | undefined;
  /** Who acts, over whose time they decide: `staff` over everybody's. */
  deciding?: { userId: string; staff: boolean } | undefined;
  /** They were told what is there and want it all the same. */
  despite?: boolean | undefined;
  /** What the other coach of it holds and keeps, whatever hours and caps they have by now. */
  staying?: SecondPlace | undefined;
}

/** `clash`: somebody of it goes to something then, and who acts was not asked yet. */
export type Reason = HiddenReason | 'in_the_past' | 'clash';
export type Outcome = { placement: Placement } | { reason: Reason };

export const endOf = ({ from, minutes }: Plan) => from + minutes * MINUTE;

/** The coaches of a plan, the first one first. */
export const coachesOf = (plan: Plan): string[] => [plan.coachId, ...(plan.second ? [plan.second.coachId] : [])];

/** All who would come. */
export const peopleOf = (plan: Plan): string[] => [...coachesOf(plan), ...plan.participantIds];

/** What somebody would be in it. */
const partOf = (plan: Plan, userId: string): Part => {
  if (userId === plan.coachId) return 'coach';
  return userId === plan.second?.coachId ? 'second_coach' : 'fellow';
};

/** What becomes of a plan over something in the time of one of its people. Whoever steps in takes the time of nobody else anew. */
export function verdictIn(plan: Plan, { userId, by }: { userId: string; by: TakenBy }): Verdict {
  const part = partOf(plan, userId);
  if (plan.steppingIn && (part === 'fellow' || keeps(plan, userId))) return 'told';
  const decides = plan.deciding?.staff === true || plan.deciding?.userId === userId;
  return verdictOf(plan.act ?? 'book', part, by, decides);
}

/** What the coaches of a plan offer, in their order. */
export const offersOf = (plan: Plan, availability: Availability): Map<string, Availability> =>
  new Map([
    [plan.coachId, availability],
    ...(plan.second ? [[plan.second.coachId, plan.second.availability] as const] : []),
  ]);

/** Why a start can never be, whoever has booked what; null when it may. */
export function neverIn(plan: Plan, { horizonDays }: Availability, now: number): Reason | null {
  if (plan.from < now) return 'in_the_past';
  if (plan.steppingIn) return null;
  const days = Math.min(horizonDays, plan.second?.availability.horizonDays ?? horizonDays);
  return plan.from >= now + days * DAY ? 'horizon' : null;
}

/** What is taken of all who would come. */
interface AllTaken {
  sessions: readonly Taken[];
  otherwise: readonly TakenElsewhere[];
}

/** Places plans for one coach, first come, first served: what one takes is taken for those after it. One answer for each, in order. */
export function placeAll(plans: readonly Plan[], taken: AllTaken, availability: Availability, now: number): Outcome[] {
  return inTurn(plans, taken, availability, now).outcomes;
}

/** A plan that cannot be, and why. */
export interface Refusal {
  plan: Plan;
  reason: Reason;
}

export type GroupOutcome = { placements: Placement[] } | { refused: Refusal[] };

/** The same for plans that are wanted together: of each group all are placed, or none takes anything, and all that cannot be are named. */
export function placeGroups(
  groups: readonly (readonly Plan[])[],
  { sessions, otherwise }: AllTaken,
  availability: Availability,
  now: number,
): GroupOutcome[] {
  let taken = sessions;
  return groups.map((plans) => {
    const { outcomes, after } = inTurn(plans, { sessions: taken, otherwise }, availability, now);
    const refused = plans.flatMap((plan, index): Refusal[] => {
      const outcome = outcomes[index];
      return outcome && 'reason' in outcome ? [{ plan, reason: outcome.reason }] : [];
    });
    if (refused.length > 0) return { refused };
    taken = after;
    return { placements: outcomes.flatMap((outcome) => ('placement' in outcome ? [outcome.placement] : [])) };
  });
}

function inTurn(plans: readonly Plan[], { sessions, otherwise }: AllTaken, availability: Availability, now: number) {
  let after = sessions;
  const outcomes = plans.map((plan) => {
    const others = withoutOwn(plan, after);
    const outcome = place(plan, { sessions: others, otherwise }, availability, now);
    if ('placement' in outcome) after = [...others, takenBy(plan, outcome.placement)];
    return outcome;
  });
  return { outcomes, after };
}

/** What is taken, but by the session that moves. */
export function withoutOwn(plan: Plan, sessions: readonly Taken[]): readonly Taken[] {
  return plan.moving === undefined ? sessions : sessions.filter((row) => String(row._id) !== plan.moving);
}

function place(
  plan: Plan,
  { sessions, otherwise }: { sessions: readonly Taken[]; otherwise: readonly TakenElsewhere[] },
  availability: Availability,
  now: number,
): Outcome {
  const never = neverIn(plan, availability, now);
  if (never) return { reason: never };
  const coming = new Set(peopleOf(plan));
  const offers = [...offersOf(plan, availability)].map(([coachId, offer]) => [coachId, askedOf(plan, offer)] as const);
  const there = otherwise.filter((one) => coming.has(one.userId));
  const hard = there.filter((one) => verdictIn(plan, one) === 'refused');
  const { calendars, mine } = calendarsOf(new Map(offers), plan.participantIds, sessions, hard);
  const [first, second] = calendars as [PlacedCalendar, PlacedCalendar | undefined];
  const [from, to] = [plan.from, endOf(plan)];
  const asked = [first, second].filter((one) => one !== undefined && !keeps(plan, one.coachId)) as PlacedCalendar[];
  const refusal = asked.map((one) => refusalOf(one, { now, mine }, from, to)).find((one) => one !== null);
  if (refusal) return { reason: refusal.reason };
  const placed = placementOf(plan, first, second);
  const isOver = (one: TakenElsewhere) => one.from < to && one.to > from;
  const asks = there.some((one) => isOver(one) && isStopped(verdictIn(plan, one), plan.despite === true));
  return asks && 'placement' in placed ? { reason: 'clash' } : placed;
}

const FOR_EVER_DAYS = 3660;

/** What stands already may stand on a day that was closed since. */
const askedOf = (plan: Plan, offer: Offer): Offer =>
  plan.steppingIn ? { ...offer, minNoticeHours: 0, horizonDays: FOR_EVER_DAYS, closed: undefined } : offer;

/**
 * The claims of all people and of a place under each cap of each coach. A coach's claim begins at the start and ends a pause after the
 * end: since all of a coach's claims do, none comes nearer than that to the one before or after it.
 */
function placementOf(plan: Plan, first: PlacedCalendar, second: PlacedCalendar | undefined): Outcome {
  const { from } = plan;
  const to = endOf(plan);
  const seat = (one: PlacedCalendar) =>
    plan.staying && keeps(plan, one.coachId) ? seatAt(plan.staying, from) : placeOf(one, from, to);
  const mine = seat(first);
  const theirs = second ? seat(second) : null;
  if (typeof mine === 'string') return { reason: mine };
  if (typeof theirs === 'string') return { reason: theirs };
  const { claims, coachId: _, ...place } = mine;
  return {
    placement: {
      startsAt: new Date(from),
      endsAt: new Date(to),
      cancelBy: new Date(from - first.availability.minNoticeHours * HOUR),
      claims: [
        ...claims,
        ...(theirs?.claims ?? []),
        ...plan.participantIds.flatMap((person) => timeClaims(person, from, to)),
      ],
      ...place,
      second: theirs && withoutClaims(theirs),
    },
  };
}

/** What a meeting takes of one coach, or the cap that leaves no place. */
function placeOf({ coachId, availability, dayPlaces, weekPlaces }: PlacedCalendar, from: number, to: number) {
  const held = to + pausesOf(availability).between;
  const { day, week } = periodsOf(availability, from);
  const dayPlace = freePlace(dayPlaces.get(day) ?? new Set(), availability.maxPerDay);
  const weekPlace = freePlace(weekPlaces.get(week) ?? new Set(), availability.maxPerWeek);
  if (dayPlace === null) return 'day_cap';
  if (weekPlace === null) return 'week_cap';
  return seatAt({ coachId: idOf(coachId), day, week, dayPlace, weekPlace, heldUntil: new Date(held) }, from);
}

const keeps = ({ staying }: Plan, coachId: string) => String(staying?.coachId) === coachId;

/** A place with its claims: of the time, and under the caps. */
function seatAt(place: SecondPlace, from: number): SecondPlace & { claims: string[] } {
  const coachId = String(place.coachId);
  const claims = [
    ...timeClaims(coachId, from, place.heldUntil.getTime()),
    capClaim(coachId, `d${place.day}`, place.dayPlace),
    capClaim(coachId, `w${place.week}`, place.weekPlace),
  ];
  return { ...place, claims };
}

/** The claims that a session of one coach has in the database, by its own times and by its places under the caps. */
export function claimsOf({ participantIds, startsAt, endsAt, heldUntil, ...place }: SessionRow): string[] {
  const from = startsAt.getTime();
  return [
    ...seatAt({ ...place, heldUntil: heldUntil ?? endsAt }, from).claims,
    ...participantIds.flatMap((person) => timeClaims(String(person), from, endsAt.getTime())),
  ];
}

const withoutClaims = ({ claims: _, ...place }: ReturnType<typeof seatAt>) => place;

function takenBy(plan: Plan, placement: Placement): Taken {
  return {
    ...placement,
    _id: plan.moving === undefined ? newId() : idOf(plan.moving),
    coachId: idOf(plan.coachId),
    people: peopleOf(plan).map(idOf),
  };
}
