import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Turns } from '../../calendar/turns.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import type { Import, ImportSource } from '../../contracts/bridges/imports.js';
import { MAX_KEPT_IMPORTS } from '../../contracts/limits.js';
import type { Person } from '../../contracts/primitives.js';
import { fileNameFrom } from '../../files/file-name.js';
import { fits, storageFull } from '../../files/storage/storage-rule.js';
import { StorageService } from '../../files/storage/storage.service.js';
import { FileStore } from '../../infra/files/file-store.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { ImportWorker, SHELF } from './import-worker.js';
import type { ImportRow } from './import.schema.js';
import { ImportsRepository } from './imports.repository.js';

/** Exports of another chat or forum, handed over by staff: looked at first, brought in when they say so. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly worker: ImportWorker,
    private readonly store: FileStore,
    private readonly people: People,
    private readonly storage: StorageService,
    private readonly turns: Turns,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Takes an export in and has it checked. Throws 422 `/file` `empty`, 409 `cohort_closed`, `too_many_imports` (with `most`), `not_ready` when it was discarded meanwhile. */
  async create(
    actor: CohortActor,
    source: ImportSource,
    { path, size, name }: { path: string; size: number; name: string },
  ): Promise<Import> {
    if (actor.cohortState === 'closed') throw conflict('cohort_closed', 'This cohort is closed.');
    if (size === 0) throw invalidField('/file', 'empty');
    const now = this.clock.now();
    const row = {
      ...{
        _id: newId(),
        cohortId: idOf(actor.cohortId),
        source,
        fileName: fileNameFrom(name),
        size,
        state: 'arriving' as const,
      },
      ...{ createdBy: idOf(actor.userId), createdAt: now, wakeAt: new Date(now.getTime() + DAY) },
    };
    await this.transactions.run(async (session) => {
      // An upload takes as long as its sender likes.
      await this.actors.heldAsStaff(actor, session);
      await this.turns.takeToCount(actor.cohortId, 'imports', session);
      const most = MAX_KEPT_IMPORTS;
      if ((await this.imports.countKept(row.cohortId, most, session)) >= most)
        throw conflict('too_many_imports', 'Bring one in, or forget one first.', { most });
      await this.imports.insert(row, session);
    });
    try {
      await this.store.put(SHELF, String(row._id), { path });
      return await this.begin(actor, String(row._id), ['arriving'], 'checking');
    } catch (error) {
      // Discarded meanwhile, or not stored: nothing of it stays.
      await this.imports.discard(row._id, ['arriving']);
      if (await this.imports.isDiscarded(row._id)) await this.worker.empty(row._id);
      throw error;
    }
  }

  async list(actor: CohortActor, source: ImportSource): Promise<{ items: Import[] }> {
    const rows = await this.imports.inCohort(idOf(actor.cohortId), source);
    const faces = await this.people.byId(rows.map((row) => String(row.createdBy)));
    const whole = await this.storage.wholeOf(actor.cohortId);
    return { items: rows.map((row) => present(row, faces, whole)) };
  }

  /** Throws 404. */
  async get(actor: CohortActor, importId: string): Promise<Import> {
    const row = await this.find(actor, importId);
    const faces = await this.people.byId([String(row.createdBy)]);
    return present(row, faces, await this.storage.wholeOf(actor.cohortId));
  }

  /** Brings it in, or brings the rest in after a failure. Throws 404, 409 `not_ready`, `storage_full`, `cohort_closed`. */
  async run(actor: CohortActor, importId: string): Promise<Import> {
    if (actor.cohortState === 'closed') throw conflict('cohort_closed', 'This cohort is closed.');
    const row = await this.find(actor, importId);
    // Said before it begins; each file asks once more. How much the rest of a stopped one needs is not known.
    const room = { ...(await this.storage.wholeOf(actor.cohortId)), size: row.counts?.fileBytes ?? 0 };
    if (row.state === 'ready' && room.size > 0 && !fits(room)) throw storageFull('cohort', room);
    return await this.begin(actor, importId, ['ready', 'failed'], 'running');
  }

  /** Forgets it; what it brought stays. Throws 404, 409 `running`. */
  async discard(actor: CohortActor, importId: string): Promise<void> {
    const { _id } = await this.find(actor, importId);
    // While its bytes come, whoever stores them finds that nobody wants them.
    if (await this.imports.discard(_id, ['arriving'])) return;
    const wakeAt = this.clock.now();
    if (!(await this.imports.discard(_id, ['ready', 'refused', 'done', 'failed'], { wakeAt })))
      throw conflict('running', 'It is being worked on: wait until that is over.');
    await this.worker.empty(_id);
  }

  private async begin(
    actor: CohortActor,
    importId: string,
    from: readonly ImportRow['state'][],
    state: 'checking' | 'running',
  ): Promise<Import> {
    const row = await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      return await this.imports.begin(idOf(importId), from, state, this.clock.now(), session);
    });
    if (!row) throw conflict('not_ready', 'It is not ready: look at it again.');
    await this.worker.look(row._id);
    const faces = await this.people.byId([String(row.createdBy), actor.userId]);
    return present(row, faces, await this.storage.wholeOf(actor.cohortId));
  }

  private async find(actor: CohortActor, importId: string): Promise<ImportRow> {
    const id = toId(importId);
    const row = id && (await this.imports.byId(id));
    if (!row || String(row.cohortId) !== actor.cohortId) throw notFound();
    return row;
  }
}

function present(
  row: ImportRow,
  faces: ReadonlyMap<string, Person>,
  { used, limit }: { used: number; limit: number },
): Import {
  return {
    id: String(row._id),
    source: row.source ?? 'slack',
    fileName: row.fileName,
    size: row.size,
    state: row.state === 'arriving' || row.state === 'discarded' ? 'checking' : row.state,
    problem: row.problem ?? null,
    counts: row.counts ?? null,
    forum: row.forum ?? null,
    done: row.done,
    room:
      row.state === 'ready' && row.counts ? { needed: row.counts.fileBytes, free: Math.max(0, limit - used) } : null,
    by: faces.get(String(row.createdBy)) ?? null,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
