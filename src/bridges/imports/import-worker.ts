import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { Problem } from '../../common/problem.js';
import { FileStore } from '../../infra/files/file-store.js';
import { Alarms } from '../../infra/queue/alarms.js';
import { JobQueues, defineJob } from '../../infra/queue/job-queues.js';
import type { ImportRow } from './import.schema.js';
import { ImportsRepository } from './imports.repository.js';
import { DiscourseImport } from '../discourse/discourse-import.js';
import { SlackImport } from '../slack/slack-import.js';

/** Where the bytes of exports lie. */
export const SHELF = 'imports';
const imports = defineJob<{ id: string }>('import', 'imports');

const LEASE_MS = MINUTE;
const HEARTBEAT_MS = 20_000;
const MAX_TRIES = 3;

class Lost extends Error {}

/** Checks and runs imports. The row says what is to be done, so a lost job or a killed worker only delays it. */
@Injectable()
export class ImportWorker implements OnModuleInit {
  private readonly logger = new Logger('Imports');

  constructor(
    private readonly rows: ImportsRepository,
    private readonly slack: SlackImport,
    private readonly discourse: DiscourseImport,
    private readonly store: FileStore,
    private readonly queues: JobQueues,
    private readonly alarms: Alarms,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.alarms.watch({
      kind: imports,
      due: (now, limit) => this.rows.due(now, limit),
      work: (id) => this.work(id),
      inQueue: true,
    });
  }

  /** Has a worker look at an import. */
  async look(id: Types.ObjectId): Promise<void> {
    await this.queues.add(imports, { id: String(id) });
  }

  /** Removes the bytes of one that was discarded, or is over; then it rests, or is forgotten. */
  async empty(id: Types.ObjectId): Promise<void> {
    await this.store.remove(SHELF, String(id));
    await this.rows.emptied(id);
  }

  /** Removes what nobody came back to, and bytes that somebody died before removing. */
  private async sweep(id: Types.ObjectId): Promise<void> {
    const now = this.clock.now();
    await this.rows.discard(id, ['arriving', 'ready', 'failed'], { dueBy: now });
    if (await this.rows.isToEmpty(id, now)) await this.empty(id);
  }

  private async work(id: Types.ObjectId): Promise<void> {
    const lease = randomUUID();
    const row = await this.rows.claim(id, lease, this.clock.now(), this.leaseEnd());
    if (!row) {
      await this.sweep(id);
      return;
    }
    // Whoever was at it died each time: it may have been of what the file holds.
    if (row.tries > MAX_TRIES) {
      await this.end(row, lease);
      return;
    }
    const heart = setInterval(
      () => void this.rows.keep(id, lease, this.leaseEnd()).catch(() => undefined),
      HEARTBEAT_MS,
    );
    try {
      await this.withFile(id, (path) =>
        row.state === 'checking' ? this.check(row, lease, path) : this.run(row, lease, path),
      );
    } catch (error) {
      if (error instanceof Lost) return;
      await this.fail(row, lease, error);
    } finally {
      clearInterval(heart);
    }
  }

  private async check(row: ImportRow, lease: string, path: string): Promise<void> {
    const cohortId = String(row.cohortId);
    const held =
      row.source === 'discourse'
        ? { forum: await this.discourse.check(path, cohortId) }
        : { counts: await this.slack.check(path, cohortId) };
    await this.rows.end(row._id, lease, { state: 'ready', ...held, wakeAt: this.sweepAt() });
  }

  private async run(row: ImportRow, lease: string, path: string): Promise<void> {
    const who = { cohortId: String(row.cohortId), byId: String(row.createdBy) };
    const source = row.source === 'discourse' ? this.discourse : this.slack;
    await source.run(path, who, async (done: number) => {
      if (!(await this.rows.keep(row._id, lease, this.leaseEnd(), done))) throw new Lost();
    });
    const endedAt = this.clock.now();
    if (await this.rows.end(row._id, lease, { state: 'done', endedAt, wakeAt: endedAt })) await this.empty(row._id);
  }

  /** What is wrong with the file is said and final; what is wrong with the moment is tried again. Without room it waits for staff to make some. */
  private async fail(row: ImportRow, lease: string, error: unknown): Promise<void> {
    const endedAt = this.clock.now();
    if (error instanceof Problem && error.code === 'storage_full') {
      await this.rows.end(row._id, lease, { state: 'failed', problem: error.code, endedAt, wakeAt: this.sweepAt() });
      return;
    }
    if (error instanceof Problem) {
      const problem = error.more.errors?.[0]?.code ?? error.code;
      if (await this.rows.end(row._id, lease, { state: 'refused', problem, endedAt, wakeAt: endedAt }))
        await this.empty(row._id);
      return;
    }
    this.logger.error({ import: String(row._id), try: row.tries, err: error }, 'an import failed');
    if (row.tries < MAX_TRIES) await this.rows.end(row._id, lease, { wakeAt: this.clock.now() });
    else await this.end(row, lease);
  }

  /** It failed, until staff ask for it again. */
  private async end(row: ImportRow, lease: string): Promise<void> {
    const endedAt = this.clock.now();
    await this.rows.end(row._id, lease, { state: 'failed', problem: 'failed', endedAt, wakeAt: this.sweepAt() });
  }

  private async withFile(id: Types.ObjectId, use: (path: string) => Promise<void>): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'cordee-import-'));
    try {
      const bytes = await this.store.open(SHELF, String(id));
      if (!bytes) throw new Problem(422, 'file_gone', 'The file of this import is gone.');
      const path = join(folder, 'export.zip');
      await pipeline(bytes, createWriteStream(path));
      await use(path);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private readonly leaseEnd = () => new Date(this.clock.now().getTime() + LEASE_MS);

  /** A week is time enough to come back. */
  private readonly sweepAt = () => new Date(this.clock.now().getTime() + 7 * 24 * 60 * MINUTE);
}
