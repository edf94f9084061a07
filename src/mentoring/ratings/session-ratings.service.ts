import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { isShownNow } from '../../common/answers/shown-together.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, forbidden } from '../../common/problem.js';
import type { GiveRating, MyRating, SessionRatings as Ratings } from '../../contracts/mentoring/session-ratings.js';
import { idOf, newId, toIds } from '../../infra/mongo/ids.js';
import { againWhenDoubled } from '../../infra/mongo/errors.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { partIn } from '../mentoring.policy.js';
import { coachIdsOf } from '../coaches/pairs.js';
import { subjectOf } from '../sessions/session.facts.js';
import { beforeNow, type Rating, sumsOfCoaches, sumsOfFellows } from './session-ratings.js';
import type { SessionRatingRow } from './session-rating.schema.js';
import { SessionRatingsRepository } from './session-ratings.repository.js';
import type { Session } from '../sessions/sessions.repository.js';
import { SessionsService } from '../sessions/sessions.service.js';

/** How sessions were, said both ways: each reads what they gave alone, staff read sums. */
@Injectable()
export class SessionRatings {
  constructor(
    private readonly clock: Clock,
    private readonly people: People,
    private readonly sessions: SessionsService,
    private readonly ratings: SessionRatingsRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Throws 404 as a session does, 403 for staff, who did not meet. */
  async mine(actor: CohortActor, sessionId: string): Promise<MyRating> {
    const session = await this.sessions.visible(actor, sessionId);
    const side = sideOf(actor, session);
    const row = await this.ratings.of(session._id, idOf(actor.userId));
    return { side, mine: row && { rating: row.rating, comment: row.comment } };
  }

  /** Throws as {@link mine}, and 409 `not_held`. */
  async give(actor: CohortActor, sessionId: string, body: GiveRating): Promise<MyRating> {
    const session = await this.sessions.visible(actor, sessionId);
    const side = sideOf(actor, session);
    if (session.status !== 'held') throw conflict('not_held', 'Only a session that took place is rated.');
    const row: SessionRatingRow = {
      ...{ _id: newId(), cohortId: session.cohortId, sessionId: session._id, raterId: idOf(actor.userId) },
      ...{ side, coachIds: toIds(coachIdsOf(session)), fellowIds: session.participantIds },
      ...{ ...body, at: this.clock.now() },
    };
    await againWhenDoubled(() => this.put(row));
    return { side, mine: body };
  }

  /** What a fellow says of a coach waits until others have said something; a coach speaks in their own name. Said again: nothing. */
  private async put(row: SessionRatingRow): Promise<void> {
    await this.transactions.run(async (session) => {
      const seen = await this.ratings.of(row.sessionId, row.raterId, session);
      if (seen?.rating === row.rating && seen.comment === row.comment) return;
      if (row.side === 'coach') {
        await this.ratings.put(row, session);
        return;
      }
      await this.ratings.put(
        { ...row, waitsFor: row.coachIds, before: seen ? beforeNow(seen, row.coachIds) : [] },
        session,
      );
      for (const coachId of row.coachIds) {
        await this.people.hold(coachId, session);
        const said = await this.ratings.said(row.cohortId, coachId, session);
        if (isShownNow(said)) await this.ratings.show(row.cohortId, coachId, session);
      }
    });
  }

  /** For staff. Two queries. */
  async sums(actor: CohortActor): Promise<Ratings> {
    const ratings = (await this.ratings.inCohort(idOf(actor.cohortId))).map(toRating);
    const [coaches, fellows] = [sumsOfCoaches(ratings), sumsOfFellows(ratings)];
    const faces = await this.people.byId(ratings.flatMap((one) => [...one.coachIds, ...one.fellowIds]));
    const withFace = <T extends object>(id: string, sum: T) => {
      const person = faces.get(id);
      return person ? [{ ...sum, person }] : [];
    };
    return {
      coaches: coaches.flatMap((sum) => withFace(sum.coachId, sum)).sort(byName),
      fellows: fellows
        .flatMap(({ comments, ...sum }) => {
          const named = comments.map(({ comment, byId }) => ({ comment, by: faces.get(byId)?.name ?? '' }));
          return withFace(sum.fellowId, { ...sum, comments: named });
        })
        .sort(byName),
    };
  }
}

function sideOf(actor: CohortActor, session: Session): MyRating['side'] {
  const part = partIn(actor, subjectOf(session));
  if (part === 'coach') return 'coach';
  if (part === 'participant') return 'fellow';
  throw forbidden();
}

const toRating = ({ side, raterId, coachIds, fellowIds, rating, comment, ...row }: SessionRatingRow): Rating => ({
  side,
  raterId: String(raterId),
  coachIds: coachIds.map(String),
  fellowIds: fellowIds.map(String),
  rating,
  comment,
  waitsFor: (row.waitsFor ?? []).map(String),
  before: (row.before ?? []).map((one) => ({ ...one, coachId: String(one.coachId) })),
});

const byName = (a: { person: { name: string } }, b: { person: { name: string } }) =>
  a.person.name.localeCompare(b.person.name);
