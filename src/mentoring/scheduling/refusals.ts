import { Injectable } from '@nestjs/common';
import type { BusyInterval } from '../../calendar/busy-sources.js';
import { isStopped } from '../../calendar/clash.js';
import { Clashes, type Planned, type Viewer } from '../../calendar/clashes.service.js';
import { Problem, conflict, invalid, invalidField } from '../../common/problem.js';
import type { There } from '../../contracts/calendar.js';
import type { Availability, Slot } from '../../contracts/mentoring/mentoring.js';
import { FreeTimes } from './free-times.js';
import { type Plan, type Reason, type Refusal, coachesOf, endOf, peopleOf, verdictIn } from './placing.js';
import type { FreeSlot } from './slots.js';
import { toSlot } from './slots.service.js';

/** Who asks for what: one plan, or several that are wanted together. */
export interface Asked {
  viewer: Viewer;
  plans: readonly [Plan, ...Plan[]];
}

/** What one is told of what they asked for, and all of it that cannot be. */
interface Told<One extends Asked = Asked> extends Refusal {
  ask: One;
  all: readonly Refusal[];
}

const NEXT = 3;

/** Refusals that time or others caused: 409. The rest is a request that never could be: 422. */
const LOST: Partial<Record<Reason, { code: string; detail: string }>> = {
  busy: { code: 'slot_taken', detail: 'This time was just taken.' },
  buffer: { code: 'slot_taken', detail: 'This time is too near to another session.' },
  day_cap: { code: 'day_cap', detail: 'The coach has no session left on that day.' },
  week_cap: { code: 'week_cap', detail: 'The coach has no session left in that week.' },
  you_are_busy: { code: 'you_are_busy', detail: 'Somebody who comes has another session then.' },
};

/** Refusals for what somebody of it has then. */
const IS_OVER: ReadonlySet<Reason> = new Set(['busy', 'you_are_busy', 'clash']);

/** Those of them for what who comes has, and not the coach alone. */
const IS_OF_ALL: ReadonlySet<Reason> = new Set(['you_are_busy', 'clash']);

/** Says why what was asked for cannot be: what is there, and to who lost a race also what is free next. */
@Injectable()
export class Refusals {
  constructor(
    private readonly free: FreeTimes,
    private readonly clashes: Clashes,
  ) {}

  /** What each of some asks for one coach is answered with. Of several plans the one that is named refuses them all. */
  async of<One extends Asked>(
    refused: ReadonlyMap<One, readonly Refusal[]>,
    availability: Availability,
  ): Promise<Map<One, Problem>> {
    const busy = await this.overAll([...refused.values()].flat());
    const told = [...refused].flatMap(([ask, all]): Told<One>[] => {
      const first = firstToTell(ask.viewer, all, busy);
      return first ? [{ ask, all, ...first }] : [];
    });
    const next = await this.next(
      told.filter(({ reason }) => LOST[reason]),
      availability,
    );
    return new Map(
      await Promise.all(
        told.map(async (one) => {
          const problem = await this.problemOf(one, busy, next.get(one.ask) ?? []);
          return [one.ask, withDate(problem, one.ask.plans, one.plan)] as const;
        }),
      ),
    );
  }

  /** What lies over plans that are refused for that. One query. */
  async overAll(refused: readonly Refusal[]): Promise<BusyInterval[]> {
    const over = refused.filter(({ reason }) => IS_OVER.has(reason));
    return await this.clashes.over(over.flatMap(({ plan }) => stretchesOf(plan)));
  }

  /** What of it refuses one of them, as far as who looks may know it. */
  async there(viewer: Viewer, { plan, reason }: Refusal, busy: readonly BusyInterval[]): Promise<There[]> {
    if (!IS_OVER.has(reason)) return [];
    const held = busy.filter((one) => isIn(plan, one));
    const stops = reason === 'clash' ? held : reasonsAmong(viewer, { plan, reason }, held);
    return await this.clashes.shown(viewer, stops, stretchesOf(plan));
  }

  private async problemOf(
    { ask: { viewer }, all, plan, reason }: Told,
    busy: readonly BusyInterval[],
    next: Slot[],
  ): Promise<Problem> {
    if (reason === 'clash') return await this.asking(viewer, all, busy);
    const held = busy.filter((one) => isIn(plan, one));
    const why = LOST[reason];
    if (!why) return invalidField('/startsAt', reason);
    const there = IS_OVER.has(reason) ? { there: await this.there(viewer, { plan, reason }, busy) } : {};
    const stops = IS_OVER.has(reason) ? stopsOf(plan, held) : [];
    const known = new Set(this.clashes.known(viewer, stops).map(({ id }) => id));
    const sessionId = plan.moving === undefined ? sameMeeting(plan, stops, known) : null;
    return conflict(why.code, why.detail, { next, ...there, ...(sessionId !== null && { sessionId }) });
  }

  /** Whoever says yes says so to all of them, and is shown what lies over each. */
  private async asking(viewer: Viewer, all: readonly Refusal[], busy: readonly BusyInterval[]): Promise<Problem> {
    const plans = all.filter(({ reason }) => reason === 'clash').map(({ plan }) => plan);
    const held = busy.filter((one) => plans.some((plan) => isIn(plan, one)));
    return await this.clashes.asking(viewer, held, plans.flatMap(stretchesOf));
  }

  /**
   * For each three slots that are free next. Where a coach's own time or caps refuse what they plan, only that is looked at: or a plan that
   * cannot be would ask when those are free who would come.
   */
  private async next(lost: readonly Told[], availability: Availability): Promise<Map<Asked, Slot[]>> {
    if (lost.length === 0) return new Map();
    const plans = new Map(
      lost.map(({ ask, plan, reason }) => [
        ask,
        isOfCoach(ask.viewer, plan, reason) ? { ...plan, participantIds: [] } : plan,
      ]),
    );
    const free = await this.free.of([...plans.values()], availability);
    return new Map([...plans].map(([ask, plan]) => [ask, nextOf(free.get(plan) ?? [], plan.from)]));
  }
}

/**
 * Which of several plans is named. What the coach has goes before what others have, and one's own before that of others: of their time nothing is told that would be
 * refused anyway, or a plan that cannot be would ask for it and change nothing.
 */
function firstToTell(
  { userId }: Viewer,
  refused: readonly Refusal[],
  busy: readonly BusyInterval[],
): Refusal | undefined {
  const rankOf = ({ plan, reason }: Refusal): number => {
    if (!IS_OF_ALL.has(reason)) return 0;
    const isOwn = busy.some((one) => one.userId === userId && isIn(plan, one));
    return (isOwn ? 1 : 3) + (reason === 'clash' ? 1 : 0);
  };
  return [...refused].sort((one, other) => rankOf(one) - rankOf(other))[0];
}

/** Of several plans the one that refuses is named: `date` of a 409, `/dates/<index>` of a 422. */
function withDate(problem: Problem, plans: readonly Plan[], plan: Plan): Problem {
  if (plans.length === 1) return problem;
  const { status, code, detail, more } = problem;
  if (more.errors)
    return invalid(
      more.errors.map((error) =>
        error.field === '/startsAt' ? { ...error, field: `/dates/${plans.indexOf(plan)}` } : error,
      ),
    );
  return new Problem(status, code, detail, { ...more, date: new Date(plan.from).toISOString() });
}

/** The three next free slots from the wanted time on; earlier ones where there are not enough. */
export function nextOf(free: readonly FreeSlot[], wanted: number): Slot[] {
  const later = free.filter((slot) => slot.from >= wanted).slice(0, NEXT);
  const earlier = free.filter((slot) => slot.from < wanted).slice(later.length - NEXT);
  return [...(later.length < NEXT ? earlier : []), ...later].map(toSlot);
}

const stopsOf = (plan: Plan, held: readonly BusyInterval[]) =>
  held.filter((one) => isStopped(verdictIn(plan, one), plan.despite === true));

/** What a coach has refuses it whatever others have: nothing is said of these then, but to staff. */
const reasonsAmong = (viewer: Viewer, { plan, reason }: Refusal, held: readonly BusyInterval[]) =>
  stopsOf(plan, held).filter(
    ({ userId }) => viewer.role === 'staff' || reason !== 'busy' || coachesOf(plan).includes(userId),
  );

/** Whether a coach, not staff, is refused for what they have themselves. */
const isOfCoach = ({ role, userId }: Viewer, plan: Plan, reason: Reason) =>
  role !== 'staff' && coachesOf(plan).includes(userId) && reason !== 'you_are_busy';

/** The time that a plan takes of all who come. */
export const stretchesOf = (plan: Plan): Planned[] =>
  peopleOf(plan).map((userId) => ({ userId, from: plan.from, to: endOf(plan), except: plan.moving }));

/** Whether something of somebody who comes lies over a plan. */
export const isIn = (plan: Plan, one: BusyInterval) =>
  peopleOf(plan).includes(one.userId) &&
  (one.id === null || one.id !== plan.moving) &&
  one.startsAt.getTime() < endOf(plan) &&
  one.endsAt.getTime() > plan.from;

/** The session in which all who would come meet at that very time, by its id: of those that may be known. */
function sameMeeting(plan: Plan, held: readonly BusyInterval[], known: ReadonlySet<string | null>): string | null {
  const people = peopleOf(plan);
  const sessions = held.filter(
    ({ by, id, startsAt }) => by === 'session' && known.has(id) && startsAt.getTime() === plan.from,
  );
  const withAll = sessions.find(({ id }) =>
    people.every((person) => sessions.some((one) => one.id === id && one.userId === person)),
  );
  return withAll?.id ?? null;
}
