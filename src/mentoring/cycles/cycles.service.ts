import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../auth/users.repository.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { pageOf } from '../../common/cursor.js';
import { conflict, forbidden, notFound } from '../../common/problem.js';
import type { CloseCycle, Cycle, CyclesQuery, StartCycle } from '../../contracts/mentoring/cycles.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { timePlaceOf } from '../../infra/mongo/time-place.js';
import { NamedPair } from '../coaches/named-pair.js';
import { partIn } from './cycle.js';
import { CycleFollow } from './cycle-follow.js';
import type { CycleRow } from './cycle.schema.js';
import { changeOf, cycleChanged } from './cycles.events.js';
import { CyclesPresenter, subjectOf } from './cycles.presenter.js';
import { CyclesRepository } from './cycles.repository.js';

/** So many cycles two people start with each other within a day: who began one by mistake begins again. */
const MOST_IN_A_DAY = 3;

/** Starting, reading and ending cycles. That a pair has one open cycle is settled by a unique key, who ends it first by the revision. */
@Injectable()
export class CyclesService {
  constructor(
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly pairs: NamedPair,
    private readonly users: UsersRepository,
    private readonly cycles: CyclesRepository,
    private readonly follow: CycleFollow,
    private readonly presenter: CyclesPresenter,
  ) {}

  /** Mine, or all of the cohort for staff, the latest start first. */
  async list(actor: CohortActor, query: CyclesQuery): Promise<{ items: Cycle[]; nextCursor: string | null }> {
    const other = query.userId === undefined ? undefined : toId(query.userId);
    if (other === null) return { items: [], nextCursor: null };
    const seesAll = actor.role === 'staff';
    const rows = await this.cycles.page(
      {
        cohortId: idOf(actor.cohortId),
        person: seesAll ? other : idOf(actor.userId),
        other: seesAll ? undefined : other,
        open: query.state === 'open',
        after: query.cursor === undefined ? null : timePlaceOf(query.cursor),
      },
      query.limit + 1,
    );
    const { items, nextCursor } = pageOf(rows, query.limit, (row) => [row.startedAt.toISOString(), String(row._id)]);
    return { items: await this.presenter.many(actor, items), nextCursor };
  }

  async get(actor: CohortActor, cycleId: string): Promise<Cycle> {
    return await this.presenter.one(actor, await this.visible(actor, cycleId));
  }

  /**
   * Starts a cycle with the other one. Throws 409 `cycle_open` with `now`, the open one of the pair, 409 `too_many_cycles`, `cohort_closed`, 422 as
   * {@link NamedPair.of}.
   */
  async start(actor: CohortActor, body: StartCycle): Promise<Cycle> {
    if (actor.cohortState === 'closed') throw conflict('cohort_closed', 'This cohort is closed.');
    const { coachId, fellowId } = await this.pairs.of(actor, body);
    const now = this.clock.now();
    const zones = await this.users.hoursOf([idOf(fellowId)]);
    const row: CycleRow = {
      _id: newId(),
      cohortId: idOf(actor.cohortId),
      coachId: idOf(coachId),
      fellowId: idOf(fellowId),
      people: [idOf(coachId), idOf(fellowId)],
      goal: body.goal,
      timeZone: zones.get(fellowId)?.timeZone ?? actor.cohortTimeZone,
      state: 'open',
      open: true,
      turn: 1,
      startedBy: idOf(actor.userId),
      startedAt: now,
      endedAt: null,
      endedBy: null,
      word: null,
      note: null,
      seen: '',
      moved: null,
      revision: 1,
      changedAt: now,
    };
    const started = await this.insert(actor, row);
    this.bus.publish(cycleChanged, changeOf(started, 'started'));
    return await this.presenter.one(actor, started);
  }

  /** Ends it with a word. Throws 409 `stale` with `now`. */
  async close(actor: CohortActor, cycleId: string, body: CloseCycle): Promise<Cycle> {
    const row = await this.visible(actor, cycleId);
    if (partIn(actor, subjectOf(row)) === 'reader') throw forbidden();
    const now = this.clock.now();
    const change = {
      ...{ state: 'closed' as const, open: false, word: body.word },
      ...{ endedAt: now, endedBy: idOf(actor.userId) },
    };
    if (!(await this.cycles.end(row, change, now))) throw await this.stale(actor, row);
    const ended = { ...row, ...change, revision: row.revision + 1 };
    this.bus.publish(cycleChanged, changeOf(ended, 'ended'));
    return await this.presenter.one(actor, ended);
  }

  /** The cycle, when the actor has to do with it; else 404. */
  async visible(actor: CohortActor, cycleId: string): Promise<CycleRow> {
    const id = toId(cycleId);
    const row = id && (await this.cycles.inCohort(idOf(actor.cohortId), id));
    if (!row || !partIn(actor, subjectOf(row))) throw notFound();
    return row;
  }

  /** What it is now, for who was too late. */
  async stale(actor: CohortActor, row: CycleRow) {
    const [now] = await this.cycles.byIds([row._id]);
    return conflict('stale', 'It was changed meanwhile. Look again.', {
      now: now ? await this.presenter.one(actor, now) : null,
    });
  }

  /** Next in turn after the last of the pair. One that lapsed, but that no worker has looked at since, stands in nobody's way. */
  private async insert(actor: CohortActor, row: CycleRow): Promise<CycleRow> {
    for (;;) {
      const seen = await this.cycles.lastOf(row);
      if (seen?.open) await this.follow.refresh([seen]);
      const last = seen?.open ? await this.cycles.lastOf(row) : seen;
      if (last?.open) throw await this.alreadyOpen(actor, last);
      const next = { ...row, turn: (last?.turn ?? 0) + 1 };
      await this.mustBeSeldom(next);
      try {
        await this.cycles.insert(next);
        return next;
      } catch (error) {
        // Somebody was faster: theirs is found now.
        if (!isDuplicateKey(error, 'turn')) throw error;
      }
    }
  }

  /** Each is told twice, to start and to end it. That turns follow one another is settled by their key, so of many at once none passes. */
  private async mustBeSeldom(next: CycleRow): Promise<void> {
    const before = next.turn > MOST_IN_A_DAY ? await this.cycles.inTurn(next, next.turn - MOST_IN_A_DAY) : null;
    if (before && before.startedAt.getTime() > next.startedAt.getTime() - DAY)
      throw conflict('too_many_cycles', 'You two started three cycles within a day: go on tomorrow.');
  }

  private async alreadyOpen(actor: CohortActor, row: CycleRow) {
    return conflict('cycle_open', 'These two have an open cycle already.', {
      now: await this.presenter.one(actor, row),
    });
  }
}
