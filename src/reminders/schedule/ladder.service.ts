import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { decodeCursor, pageOf } from '../../common/cursor.js';
import { conflict, invalid, invalidField } from '../../common/problem.js';
import type {
  LadderHistory,
  LadderRung,
  ReminderLadder,
  SaveLadder,
} from '../../contracts/reminders/reminder-ladder.js';
import type { PageQuery } from '../../contracts/primitives.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { ladderChanged } from '../reminders.events.js';
import { LADDER, type Rung, isSameSetting, ladderWith, placeholdersOf, settingOf } from './ladder.js';
import { type RungChange, changesBetween, problemsOf, unlikeDefault } from './ladder-rules.js';
import type { LadderRow } from './ladder.schema.js';
import { LaddersRepository } from './ladders.repository.js';

/** When, how and in which words a cohort is reminded: read and set by its staff, with all that was ever changed. */
@Injectable()
export class LadderService {
  constructor(
    private readonly clock: Clock,
    private readonly ladders: LaddersRepository,
    private readonly people: People,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  async get({ cohortId }: CohortActor): Promise<ReminderLadder> {
    const [row] = await this.ladders.of([idOf(cohortId)]);
    return await this.toLadder(row ?? null);
  }

  /**
   * Keeps what is not as by default; setting it as it is already changes nothing. Throws 409 `cohort_closed`, 409 `stale` with the
   * ladder as it is (`now`), 422 as {@link problemsOf} says.
   */
  async save(actor: CohortActor, { revision, rungs }: SaveLadder): Promise<ReminderLadder> {
    mustRun(actor);
    const problems = problemsOf(rungs);
    if (problems.length > 0) throw invalid(problems);
    const [before] = await this.ladders.of([idOf(actor.cohortId)]);
    if ((before?.revision ?? 0) !== revision) throw await this.stale(actor);
    const own = unlikeDefault(rungs);
    const changes = changesBetween(before?.rungs ?? [], own);
    if (changes.length === 0) return await this.toLadder(before ?? null);
    const row: LadderRow = {
      _id: idOf(actor.cohortId),
      revision: revision + 1,
      rungs: own,
      changedBy: idOf(actor.userId),
      changedAt: this.clock.now(),
    };
    if (!(await this.write(actor, row, changes))) throw await this.stale(actor);
    return await this.toLadder(row);
  }

  /** Of each rung that staff of a cohort set otherwise, what it reminds of. It checks nobody's rights. */
  async changedIn(cohortId: string): Promise<Rung['subject'][]> {
    const [row] = await this.ladders.of([idOf(cohortId)]);
    const own = new Set(unlikeDefault(row?.rungs ?? []).map(({ kind }) => kind));
    return LADDER.filter(({ kind }) => own.has(kind)).map(({ subject }) => subject);
  }

  /**
   * Sets here what another cohort has otherwise, where nobody set anything yet: done twice, it is done once. It does not ask who may read the other one. Throws 409
   * `cohort_closed`.
   */
  async copy(actor: CohortActor, fromCohortId: string): Promise<void> {
    const rows = await this.ladders.of([fromCohortId, actor.cohortId].map(idOf));
    const [from, here] = [fromCohortId, actor.cohortId].map((id) => rows.find(({ _id }) => String(_id) === id));
    const rungs = unlikeDefault(from?.rungs ?? []);
    if (here || rungs.length === 0) return;
    const own = { _id: idOf(actor.cohortId), changedBy: idOf(actor.userId), changedAt: this.clock.now() };
    // False where somebody was faster: what staff set here stays.
    await this.write(actor, { ...own, revision: 1, rungs }, changesBetween([], rungs));
  }

  async history({ cohortId }: CohortActor, { limit, cursor }: PageQuery): Promise<LadderHistory> {
    const rows = await this.ladders.history(idOf(cohortId), placeOf(cursor), limit + 1);
    const page = pageOf(rows, limit, ({ revision }) => [revision]);
    const people = await this.people.byId(page.items.map(({ byId }) => String(byId)));
    return {
      items: page.items.map(({ _id, revision, at, byId, changes }) => ({
        ...{ id: String(_id), revision, at: at.toISOString(), changes },
        by: people.get(String(byId)) ?? null,
      })),
      nextCursor: page.nextCursor,
    };
  }

  /**
   * Writes a ladder of a cohort that runs, with the fact in the outbox. False where another one was faster. Throws 409 `cohort_closed`, also where it was closed
   * a moment ago.
   */
  private async write(actor: CohortActor, row: LadderRow, changes: readonly RungChange[]): Promise<boolean> {
    try {
      return await this.transactions.run(async (session) => {
        await this.actors.heldAsStaff(actor, session);
        if (!(await this.ladders.save(row, changes, session))) return false;
        await this.outbox.write(ladderChanged, { cohortId: String(row._id) }, session);
        return true;
      });
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  private async stale(actor: CohortActor) {
    return conflict('stale', 'Somebody changed this meanwhile. Load it again.', { now: await this.get(actor) });
  }

  private async toLadder(row: LadderRow | null): Promise<ReminderLadder> {
    const [changedBy = null] = row ? await this.people.faces([String(row.changedBy)]) : [];
    return {
      revision: row?.revision ?? 0,
      changedAt: row?.changedAt.toISOString() ?? null,
      changedBy,
      rungs: ladderWith(row?.rungs ?? []).map(toRung),
    };
  }
}

const BY = {
  exact: 'before',
  wall: 'before',
  morning: 'morning',
  morningAfter: 'morning_after',
  since: 'after',
} as const;

function toRung(rung: Rung): LadderRung {
  const { subject, time, unit, bounds, canWait, onlyFor } = rung;
  const setting = settingOf(rung);
  const usual = settingOf(LADDER.find(({ kind }) => kind === rung.kind) ?? rung);
  return {
    ...setting,
    ...{ subject, by: BY[time.by], unit, min: bounds[0], max: bounds[1], canWait },
    onlyFor: [...(onlyFor ?? [])],
    placeholders: [...placeholdersOf(subject)],
    isChanged: !isSameSetting(setting, usual),
    byDefault: { count: usual.count, channels: usual.channels },
  };
}

/** Throws 422 `wrong_format`. */
function placeOf(cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  const [revision] = decodeCursor(cursor, 1);
  if (typeof revision !== 'number') throw invalidField('/cursor', 'wrong_format');
  return revision;
}
