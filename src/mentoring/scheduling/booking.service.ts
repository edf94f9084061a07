import { Injectable } from '@nestjs/common';
import { isStopped } from '../../calendar/clash.js';
import { Clashes, type Viewer } from '../../calendar/clashes.service.js';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { invalid } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { Availability } from '../../contracts/mentoring/mentoring.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { CoachCalendars } from '../availability/coach-calendars.js';
import { type Wish, lengthOf } from '../availability/lengths.js';
import { Coaches } from '../coaches/coaches.service.js';
import type { Along, Placement } from '../sessions/session-writes.repository.js';
import { around } from './free-times.js';
import { type Plan, type Refusal, neverIn, peopleOf, placeGroups, verdictIn } from './placing.js';
import { type Asked, Refusals, isIn, stretchesOf } from './refusals.js';

/** Who wants to be placed, and what writes it then, with what goes first in its transaction: false when there is nothing to write to any more. */
interface Ask extends Asked {
  write: (placements: Placement[], along: Along) => Promise<boolean>;
}

/** What became of an ask: whether it was written, or why not. */
type Answer = { written: boolean } | { error: unknown };

/** As often as places under a day's and a week's cap can be lost to others, and no more. */
const MAX_TRIES = 80;
const NOTHING = { sessions: [], otherwise: [] };

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
    private readonly clashes: Clashes,
    private readonly refusals: Refusals,
  ) {}

  /**
   * Finds the claims for a plan and writes with them, again with other places under the caps as long as somebody was faster. False when
   * there was nothing to write to. Throws 409 `slot_taken`, `day_cap`, `week_cap` or `you_are_busy` with `next`: three free slots, and
   * `there`: what is there, as far as the viewer may know it, and where the same people meet then already `sessionId`; 409
   * `clash` with `there`, where the plan may go on despite it; and 422 `/coachId` `not_a_coach`, or for `/startsAt`: `in_the_past`,
   * `notice`, `horizon`, `outside_hours`.
   */
  async take(
    viewer: Viewer,
    plan: Plan,
    write: (placement: Placement, along: Along) => Promise<boolean>,
  ): Promise<boolean> {
    return await this.takeAll(viewer, [plan], ([placement], along) => {
      if (!placement) throw new Error('one plan has one placement');
      return write(placement, along);
    });
  }

  /** The same for plans with one coach that are wanted together: all, by one write, or none. Which of several cannot be had is said: `date` of a 409, `/dates/<index>` of a 422. */
  async takeAll(viewer: Viewer, plans: readonly [Plan, ...Plan[]], write: Ask['write']): Promise<boolean> {
    const answer = await this.batches.ask(`${viewer.cohortId} ${plans[0].coachId}`, { viewer, plans, write });
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
    const availability = await this.coaches.offer(first.viewer.cohortId, first.plans[0].coachId);
    const answers = new Map<Ask, Answer>();
    const refused = new Map<Ask, Refusal[]>();
    let open = asks;
    for (let tries = 0; open.length > 0 && tries < MAX_TRIES; tries += 1) {
      open = await this.round(open, availability, answers, refused);
    }
    for (const ask of open)
      refused.set(
        ask,
        ask.plans.map((plan) => ({ plan, reason: 'busy' })),
      );
    for (const [ask, error] of await this.refusals.of(refused, availability)) answers.set(ask, { error });
    return asks.map((ask) => answers.get(ask) ?? { written: false });
  }

  /** Decides on what is taken now and writes. Gives back those who must be decided again: somebody elsewhere was faster. */
  private async round(
    asks: readonly Ask[],
    availability: Availability,
    answers: Map<Ask, Answer>,
    refused: Map<Ask, Refusal[]>,
  ): Promise<Ask[]> {
    const now = this.clock.now().getTime();
    const plans = asks.flatMap((ask) => ask.plans);
    const possible = plans.filter((plan) => !neverIn(plan, availability, now));
    const taken = possible.length > 0 ? await this.calendars.allOf(everybodyOf(possible)) : NOTHING;
    const outcomes = placeGroups(
      asks.map((ask) => ask.plans),
      taken,
      availability,
      now,
    );
    const again = await Promise.all(
      asks.map(async (ask, index) => {
        const outcome = outcomes[index];
        if (!outcome || 'refused' in outcome) return false;
        try {
          const written = await ask.write(outcome.placements, this.inTurn(ask.plans));
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
      if (ask && allWritten && 'refused' in outcome) refused.set(ask, outcome.refused);
    });
    return asks.filter((ask) => !answers.has(ask) && !refused.has(ask));
  }

  /** Takes the turn of all who come, and throws where one of them has something by now that stops a plan: of sessions the claims tell. */
  private inTurn(plans: readonly Plan[]): Along {
    return async (transaction) => {
      const found = await this.clashes.inTurnFirst(plans.flatMap(stretchesOf), transaction);
      const stops = found.some(
        (one) =>
          one.by !== 'session' &&
          plans.some((plan) => isIn(plan, one) && isStopped(verdictIn(plan, one), plan.despite === true)),
      );
      if (stops) throw new TakenMeanwhile();
    };
  }
}

/** What is asked of plans, the calendars elsewhere of all who come with it: over those of fellows one is asked. */
const everybodyOf = (plans: readonly Plan[]) => ({ ...around(plans), coaches: plans.flatMap(peopleOf) });
