import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { People } from '../../auth/people.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { pageOf } from '../../common/cursor.js';
import { conflict, forbidden, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type {
  ChangeGoal,
  Goal,
  GoalReaders,
  GoalsQuery,
  ListedGoal,
  SetGoal,
} from '../../contracts/mentoring/goals.js';
import { NoteAudience } from '../../contracts/mentoring/mentoring.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, sentId, toId } from '../../infra/mongo/ids.js';
import { timePlaceOf } from '../../infra/mongo/time-place.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { countText } from '../../infra/redis/text-of-day.js';
import { NamedPair } from '../coaches/named-pair.js';
import { pairOf, pairsEver } from '../coaches/pairs.js';
import { NoteCircles } from '../notes/note-circles.js';
import { type Circle, narrowed, readersOf } from '../notes/note-readers.js';
import { named } from '../notes/note-view.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { abilities } from './goal.js';
import type { GoalRow, ListedRow, MarkRow } from './goal.schema.js';
import { changeOf, goalChanged, goalAssigned, assignmentOf } from './goals.events.js';
import { GoalsPresenter, subjectOf } from './goals.presenter.js';
import { GoalsRepository } from './goals.repository.js';

/** Far more than one works on with one person at a time. */
const MOST_OPEN = 20;

/** Shown in one session: of all its pairs. */
const MOST_IN_SESSION = 100;

/**
 * What fellows work on with their coaches. Who may read one is decided when it is saved, as of a note: a list of people that no role opens afterwards,
 * and that only ever becomes shorter, but for the coach with whom its fellow goes on.
 */
@Injectable()
export class GoalsService {
  constructor(
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly people: People,
    private readonly circles: NoteCircles,
    private readonly pairs: NamedPair,
    private readonly sessions: SessionsService,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly goals: GoalsRepository,
    private readonly presenter: GoalsPresenter,
    private readonly limits: RateLimits,
  ) {}

  /** Those that I may read, the latest set first. */
  async list(actor: CohortActor, query: GoalsQuery): Promise<{ items: ListedGoal[]; nextCursor: string | null }> {
    const person = query.userId === undefined ? undefined : toId(query.userId);
    if (person === null) return { items: [], nextCursor: null };
    const rows = await this.goals.page(
      {
        ...{ cohortId: idOf(actor.cohortId), reader: idOf(actor.userId), person },
        open: query.state === 'open',
        after: query.cursor === undefined ? null : timePlaceOf(query.cursor),
      },
      query.limit + 1,
    );
    const { items, nextCursor } = pageOf(rows, query.limit, placeOf, lengthOf);
    return { items: await this.presenter.many(actor, items), nextCursor };
  }

  /** The open ones of the pairs of a session, as far as the actor reads them. Throws 404 for who does not see the session. */
  async ofSession(actor: CohortActor, sessionId: string): Promise<{ items: ListedGoal[]; nextCursor: null }> {
    const session = await this.sessions.visible(actor, sessionId);
    const reader = idOf(actor.userId);
    const rows = await this.goals.openOfPairs(session.cohortId, pairsEver(session), reader, MOST_IN_SESSION);
    return { items: await this.presenter.many(actor, rows), nextCursor: null };
  }

  async get(actor: CohortActor, goalId: string): Promise<Goal> {
    return await this.presenter.one(actor, await this.readable(actor, goalId));
  }

  /** Who would read one that is set now with that person. Throws 422 as {@link NamedPair.of}. */
  async readers(actor: CohortActor, otherId: string): Promise<GoalReaders> {
    const other = actor.role === 'fellow' ? { coachId: otherId } : { fellowId: otherId };
    const { coachId, fellowId } = await this.pairs.of(actor, other);
    const circle = await this.circle(actor.cohortId, actor.userId, coachId, fellowId);
    const all = NoteAudience.options.map((audience) => ({ audience, readers: readersOf(audience, circle) }));
    const faces = await this.people.byId(all.flatMap(({ readers }) => readers));
    return { audiences: all.map(({ audience, readers }) => ({ audience, readers: named(readers, faces) })) };
  }

  /**
   * Sets one with the other of the two, for the people whom its audience means now. Throws 409 `cohort_closed`, `too_many_goals` beyond 20 open ones with
   * one person, 422 as {@link NamedPair.of}, 429 `text_day_full`.
   */
  async set(actor: CohortActor, body: SetGoal): Promise<Goal> {
    if (actor.cohortState === 'closed') throw conflict('cohort_closed', 'This cohort is closed.');
    const { coachId, fellowId } = await this.pairs.of(actor, body);
    await countText(this.limits, actor.userId, `${body.title}${body.why}`);
    const readers = readersOf(body.audience, await this.circle(actor.cohortId, actor.userId, coachId, fellowId));
    const row: GoalRow = {
      _id: sentId('goal', actor.cohortId, actor.userId, body.clientId),
      cohortId: idOf(actor.cohortId),
      coachId: idOf(coachId),
      fellowId: idOf(fellowId),
      pair: pairOf(idOf(coachId), idOf(fellowId)),
      authorId: idOf(actor.userId),
      ...{ title: body.title, why: body.why, measure: body.measure, until: body.until },
      ...{ state: 'open', open: true, course: [] },
      audience: body.audience,
      readers: readers.map(idOf),
      createdAt: this.clock.now(),
      endedAt: null,
      revision: 1,
    };
    const kept = await this.insert(actor, row);
    if (kept === row) this.bus.publish(goalChanged, changeOf(row));
    return await this.presenter.one(actor, kept);
  }

  /** Throws 404, 403 for what is its author's alone or of who is none of the two, 409 `stale` with `now`, `has_course`, `audience_grows`, `words_of_other` where the other wrote in its course and would read it no more, `too_many_goals` for one that is opened again, 429 `text_day_full`. */
  async change(actor: CohortActor, goalId: string, body: ChangeGoal): Promise<Goal> {
    const row = await this.readable(actor, goalId);
    const may = abilities(actor, subjectOf(row));
    const { state, revision, audience, ...words } = body;
    if (!may?.settle || (!may.edit && [audience, ...Object.values(words)].some((one) => one !== undefined)))
      throw forbidden();
    if (revision !== undefined && revision !== row.revision) throw await this.stale(actor, row);
    if (words.measure && !may.changeMeasure)
      throw conflict('has_course', 'It is recorded where it stands: the measure stays as it is.');
    if (words.title !== undefined || words.why !== undefined)
      await countText(this.limits, actor.userId, `${words.title ?? ''}${words.why ?? ''}`);
    if (Object.keys(body).every((field) => field === 'revision')) return await this.presenter.one(actor, row);
    const change = {
      ...given(words),
      ...(audience !== undefined && (await this.narrower(row, audience))),
      ...(state !== undefined && {
        ...{ state, open: state === 'open' },
        endedAt: state === 'open' ? null : (row.endedAt ?? this.clock.now()),
      }),
    };
    const isDone = await this.transactions.run(async (session) => {
      await this.actors.still(actor, session);
      if (change.open && !row.open) await this.mustHaveRoom(row, session);
      return await this.goals.update(row, change, session);
    });
    if (!isDone) throw await this.stale(actor, row);
    const changed = { ...row, ...change, revision: row.revision + 1 };
    this.bus.publish(goalChanged, changeOf(changed, row));
    return await this.presenter.one(actor, changed);
  }

  /** The goal, for its readers; else 404. */
  async readable(actor: CohortActor, goalId: string): Promise<GoalRow> {
    const id = toId(goalId);
    const row = id && (await this.goals.readable(idOf(actor.cohortId), idOf(actor.userId), id));
    if (!row) throw notFound();
    return row;
  }

  private async narrower(row: GoalRow, audience: NoteAudience): Promise<Pick<GoalRow, 'audience' | 'readers'>> {
    const circle = await this.circle(
      String(row.cohortId),
      ...([row.authorId, row.coachId, row.fellowId].map(String) as [string, string, string]),
    );
    const readers = narrowed({ audience: row.audience, readers: row.readers.map(String) }, audience, circle);
    if (!readers) throw conflict('audience_grows', 'A goal can be for fewer people than before, not for others.');
    const loses = ({ byId }: MarkRow) => row.readers.some((id) => id.equals(byId)) && !readers.includes(String(byId));
    if (row.course.some(loses)) throw conflict('words_of_other', 'The other of you two wrote in its course.');
    return { audience, readers: readers.map(idOf) };
  }

  /** Its author is held, so that of many at once each counts the others. Throws 409 `too_many_goals` beyond 20 open ones of theirs with one person. */
  async mustHaveRoom(goal: Pick<GoalRow, 'pair' | 'cohortId' | 'authorId'>, session: ClientSession): Promise<void> {
    await this.people.hold(goal.authorId, session);
    if ((await this.goals.countOpen(goal, MOST_OPEN, session)) >= MOST_OPEN)
      throw conflict('too_many_goals', '20 goals of one author are open between these two: end one first.');
  }

  /** The goal itself, or that which its author sent before, for who is in the cohort still. */
  private async insert(actor: CohortActor, row: GoalRow): Promise<GoalRow> {
    const { cohortId, authorId, _id } = row;
    try {
      return await this.transactions.run(async (session) => {
        const sent = await this.goals.readable(cohortId, authorId, _id, session);
        if (sent) return sent;
        await this.actors.heldStill(actor, session);
        await this.mustHaveRoom(row, session);
        await this.goals.insert(row, session);
        const other = row.coachId.equals(authorId) ? row.fellowId : row.coachId;
        if (row.readers.some((id) => id.equals(other)))
          await this.outbox.write(goalAssigned, assignmentOf(row, authorId, other, 'set'), session);
        return row;
      });
    } catch (error) {
      if (!isDuplicateKey(error, '_id_')) throw error;
    }
    const first = await this.goals.readable(cohortId, authorId, _id);
    if (!first) throw notFound();
    return first;
  }

  private async circle(cohortId: string, authorId: string, coachId: string, fellowId: string): Promise<Circle> {
    return await this.circles.of(cohortId, { authorId, coachIds: [coachId], participantIds: [fellowId] });
  }

  /** What it is now, for who was too late; 404 for who reads it no more. */
  async stale(actor: CohortActor, row: GoalRow) {
    const now = await this.goals.readable(row.cohortId, idOf(actor.userId), row._id);
    if (!now) return notFound();
    return conflict('stale', 'It was changed meanwhile. Look again.', { now: await this.presenter.one(actor, now) });
  }
}

/** Only the fields that were sent. */
function given({ title, why, measure, until }: Pick<ChangeGoal, 'title' | 'why' | 'measure' | 'until'>) {
  return {
    ...(title !== undefined && { title }),
    ...(why !== undefined && { why }),
    ...(measure !== undefined && { measure }),
    ...(until !== undefined && { until }),
  };
}

const placeOf = (row: ListedRow) => [row.createdAt.toISOString(), String(row._id)];

const lengthOf = ({ why }: ListedRow) => why.length;
