import { Injectable } from '@nestjs/common';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { Clock } from '../../common/times/clock.js';
import { type Problem, conflict, invalid, invalidField } from '../../common/problem.js';
import type { Availability, Slot } from '../../contracts/mentoring/mentoring.js';
import type { BusyInterval } from '../../calendar/busy-sources.js';
import { isStopped } from '../../calendar/clash.js';
import { Clashes, type Planned, type Viewer } from '../../calendar/clashes.service.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { CoachCalendars } from '../availability/coach-calendars.js';
import { Coaches } from '../coaches/coaches.service.js';
import { FreeTimes, around } from './free-times.js';
import { type Wish, lengthOf } from '../availability/lengths.js';
import { type Plan, type Reason, coachesOf, endOf, neverIn, peopleOf, placeAll, verdictIn } from './placing.js';
import type { Along, Placement } from '../sessions/session-writes.repository.js';
import type { FreeSlot } from './slots.js';
import { toSlot } from './slots.service.js';

/** Who wants to be placed, and what writes it then, with what goes first in its transaction: false when there is nothing to write to any more. */
interface Ask {
  viewer: Viewer;
  plan: Plan;
  write: (placement: Placement, along: Along) => Promise<boolean>;
}

/** What became of an ask: whether it was written, or why not. */
type Answer = { written: boolean } | { error: unknown };

/** As often as places under a day's and a week's cap can be lost to others, and no more. */
const MAX_TRIES = 80;
const NEXT = 3;
const NOTHING = { sessions: [], otherwise: [] };

/** Refusals that time or others caused: 409. The rest is a request that never could be: 422. */
const LOST: Partial<Record<Reason, { code: string; detail: string }>> = {
  busy: { code: 'slot_taken', detail: 'This time was just taken.' },
  buffer: { code: 'slot_taken', detail: 'This time is too near to another session.' },
  day_cap: { code: 'day_cap', detail: 'The coach has no session left on that day.' },
  week_cap: { code: 'week_cap', detail: 'The coach has no session left in that week.' },
  you_are_busy: { code: 'you_are_busy', detail: 'Somebody who comes has another session then.' },
};

/** Somebody took the time of one of these people for something else, since it was decided: it is to be decided anew. */
class TakenMeanwhile extends Error {}

/**
 * Takes time. The rule says what is possible; who was first is settled by the unique index of claims between sessions, and by taking turns
 * (calendar/turns.ts) between a session and a workshop. Asks for one coach that wait at the same time
 * are decided together, so that a hundred for one slot cost a few looks at the database, not some for each (docs/adr/0006).
 */
@Injectable()
export class BookingService {
  private readonly batches = new BatchPerKey<Ask, Answer>((_coach, asks) => this.settle(asks));

  constructor(
    private readonly clock: Clock,
    private readonly coaches: Coaches,
    private readonly calendars: CoachCalendars,
    private readonly free: FreeTimes,
    private readonly clashes: Clashes,
  ) {}

  /**
   * Finds the claims for a plan and writes with them, again with other places under the caps as long as somebody was faster. False when
   * there was nothing to write to. Throws 409 `slot_taken`, `day_cap`, `week_cap` or `you_are_busy` with `next`: three free slots, and
   * `there`: what is there, as far as the viewer may know it, and where the same people meet then already `sessionId`; 409
   * `clash` with `there`, where the plan may go on despite it; and 422 `/coachId` `not_a_coach`, or for `/startsAt`: `in_the_past`,
   * `notice`, `horizon`, `outside_hours`.
   */
  async take(viewer: Viewer, plan: Plan, write: Ask['write']): Promise<boolean> {
    const answer = await this.batches.ask(`${viewer.cohortId} ${plan.coachId}`, { viewer, plan, write });
    if ('error' in answer) throw answer.error;
    return answer.written;
  }

  /** How long a session of a kind lasts with a coach; without a kind, what was asked for. Throws 422 as {@link lengthOf} finds. */
  async minutesOf(cohortId: string, coachId: string, wish: Wish): Promise<number> {
    const length = wish.kind
      ? lengthOf(wish, (await this.coaches.offer(cohortId, coachId)).lengths ?? {})
      : (wish.minutes ?? 0);
    if (typeof length === 'number') return length;
    throw invalid([length]);
  }

  /** All asks are for one coach in one cohort. */
  private async settle(asks: Ask[]): Promise<Answer[]> {
    const [first] = asks;
    if (!first) return [];
    const availability = await this.coaches.offer(first.viewer.cohortId, first.plan.coachId);
    const answers = new Map<Ask, Answer>();
    const refused = new Map<Ask, Reason>();
    let open = asks;
    for (let tries = 0; open.length > 0 && tries < MAX_TRIES; tries += 1) {
      open = await this.round(open, availability, answers, refused);
    }
    for (const ask of open) refused.set(ask, 'busy');
    await this.explain(refused, availability, answers);
    return asks.map((ask) => answers.get(ask) ?? { written: false });
  }

  /** Decides on what is taken now and writes. Gives back those who must be decided again: somebody elsewhere was faster. */
  private async round(
    asks: readonly Ask[],
    availability: Availability,
    answers: Map<Ask, Answer>,
    refused: Map<Ask, Reason>,
  ): Promise<Ask[]> {
    const now = this.clock.now().getTime();
    const plans = asks.map((ask) => ask.plan);
    const possible = plans.filter((plan) => !neverIn(plan, availability, now));
    const taken = possible.length > 0 ? await this.calendars.allOf(everybodyOf(possible)) : NOTHING;
    const outcomes = placeAll(plans, taken, availability, now);
    const again = await Promise.all(
      asks.map(async (ask, index) => {
        const outcome = outcomes[index];
        if (!outcome || 'reason' in outcome) return false;
        try {
          const written = await ask.write(outcome.placement, this.inTurn(ask.plan));
          answers.set(ask, { written });
          return !written;
        } catch (error) {
          const lost = error instanceof TakenMeanwhile || isDuplicateKey(error, 'claims');
          if (!lost) answers.set(ask, { error });
          return true;
        }
      }),
    );
    // Who was refused for the sake of one that was not written may still have it.
    const allWritten = again.every((lost) => !lost);
    outcomes.forEach((outcome, index) => {
      const ask = asks[index];
      if (ask && allWritten && 'reason' in outcome) refused.set(ask, outcome.reason);
    });
    return asks.filter((ask) => !answers.has(ask) && !refused.has(ask));
  }

  /** Takes the turn of all who come, and throws where one of them has something by now that stops the plan: of sessions the claims tell. */
  private inTurn(plan: Plan): Along {
    return async (transaction) => {
      const found = await this.clashes.inTurnFirst(stretchesOf(plan), transaction);
      const stops = found.some((one) => one.by !== 'session' && isStopped(verdictIn(plan, one), plan.despite === true));
      if (stops) throw new TakenMeanwhile();
    };
  }

  /** Says why to those who were refused: what is there, and to who lost a race also what is free next. */
  private async explain(
    refused: ReadonlyMap<Ask, Reason>,
    availability: Availability,
    answers: Map<Ask, Answer>,
  ): Promise<void> {
    const lost = [...refused].filter(([, reason]) => LOST[reason]).map(([ask]) => ask);
    const over = [...refused].filter(([, reason]) => IS_OVER.has(reason)).map(([ask]) => ask);
    const next = lost.length > 0 ? await this.next(lost, refused, availability) : new Map<Ask, Slot[]>();
    const busy = await this.clashes.over(over.flatMap(({ plan }) => stretchesOf(plan)));
    for (const [ask, reason] of refused) {
      const held = IS_OVER.has(reason) ? busy.filter((one) => isIn(ask.plan, one)) : null;
      answers.set(ask, { error: await this.problemOf(ask, reason, held, next.get(ask) ?? []) });
    }
  }

  private async problemOf(
    { plan, viewer }: Ask,
    reason: Reason,
    held: readonly BusyInterval[] | null,
    next: Slot[],
  ): Promise<Problem> {
    if (reason === 'clash') return await this.clashes.asking(viewer, held ?? [], stretchesOf(plan));
    const why = LOST[reason];
    if (!why) return invalidField('/startsAt', reason);
    const stops = (held ?? []).filter((one) => isStopped(verdictIn(plan, one), plan.despite === true));
    // What a coach has refuses it whatever others have: nothing is said of these then, but to staff.
    const isReason = ({ userId }: BusyInterval) =>
      viewer.role === 'staff' || reason !== 'busy' || coachesOf(plan).includes(userId);
    const there = held ? { there: await this.clashes.shown(viewer, stops.filter(isReason), stretchesOf(plan)) } : {};
    const known = new Set(this.clashes.known(viewer, stops).map(({ id }) => id));
    const sessionId = plan.moving === undefined ? sameMeeting(plan, stops, known) : null;
    return conflict(why.code, why.detail, { next, ...there, ...(sessionId !== null && { sessionId }) });
  }

  /**
   * For each three slots that are free next. Where a coach's own time or caps refuse what they plan, only that is looked at: or a plan that
   * cannot be would ask when those are free who would come.
   */
  private async next(
    asks: readonly Ask[],
    refused: ReadonlyMap<Ask, Reason>,
    availability: Availability,
  ): Promise<Map<Ask, Slot[]>> {
    const plans = new Map(
      asks.map((ask) => [ask, isOfCoach(ask, refused.get(ask)) ? { ...ask.plan, participantIds: [] } : ask.plan]),
    );
    const free = await this.free.of([...plans.values()], availability);
    return new Map([...plans].map(([ask, plan]) => [ask, nextOf(free.get(plan) ?? [], plan.from)]));
  }
}

/** The three next free slots from the wanted time on; earlier ones where there are not enough. */
export function nextOf(free: readonly FreeSlot[], wanted: number): Slot[] {
  const later = free.filter((slot) => slot.from >= wanted).slice(0, NEXT);
  const earlier = free.filter((slot) => slot.from < wanted).slice(later.length - NEXT);
  return [...(later.length < NEXT ? earlier : []), ...later].map(toSlot);
}

/** Whether a coach, not staff, is refused for what they have themselves. */
const isOfCoach = ({ viewer, plan }: Ask, reason: Reason | undefined) =>
  viewer.role !== 'staff' && coachesOf(plan).includes(viewer.userId) && reason !== 'you_are_busy';

/** Refusals for what somebody of it has then. */
const IS_OVER: ReadonlySet<Reason> = new Set(['busy', 'you_are_busy', 'clash']);

/** What is asked of plans, the calendars elsewhere of all who come with it: over those of fellows one is asked. */
const everybodyOf = (plans: readonly Plan[]) => ({ ...around(plans), coaches: plans.flatMap(peopleOf) });

const stretchesOf = (plan: Plan): Planned[] =>
  peopleOf(plan).map((userId) => ({ userId, from: plan.from, to: endOf(plan), except: plan.moving }));

const isIn = (plan: Plan, one: BusyInterval) =>
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
