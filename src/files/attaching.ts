import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Clock } from '../common/times/clock.js';
import { type Claim, FilesRepository } from './files.repository.js';
import type { FileRow } from './file.schema.js';
import { LettingGo } from './letting-go.js';

/** A file was sent or swept between being looked at and being taken: look again. */
export class StaleFiles extends Error {}

/** How things of other rooms take files and let go of them, within their own transactions. */
@Injectable()
export class Attaching {
  constructor(
    private readonly files: FilesRepository,
    private readonly lettingGo: LettingGo,
    private readonly clock: Clock,
  ) {}

  /** Those of these files that wait to be sent, by id. Whose they are is said by `ownerId`, for which place by `cohortId`. */
  async waiting(fileIds: readonly Types.ObjectId[], session: ClientSession): Promise<Map<string, FileRow>> {
    if (fileIds.length === 0) return new Map();
    const rows = await this.files.waiting(fileIds, session);
    return new Map(rows.map((row) => [String(row._id), row]));
  }

  /** Keeps a person's uploads for a place, for something that takes them at `until`. Returns those that wait, by id. */
  async keep(
    fileIds: readonly Types.ObjectId[],
    whose: Pick<FileRow, 'ownerId' | 'cohortId'>,
    until: Date,
  ): Promise<ReadonlyMap<string, FileRow>> {
    if (fileIds.length === 0) return new Map();
    return new Map((await this.files.keep(fileIds, whose, until)).map((row) => [String(row._id), row]));
  }

  /** Throws away a person's uploads that nothing took. */
  async discard(fileIds: readonly Types.ObjectId[], ownerId: Types.ObjectId): Promise<void> {
    await this.lettingGo.discard(fileIds, ownerId);
  }

  /** Throws `StaleFiles` when one of them cannot be had any more. */
  async hold(claims: readonly Claim[], session: ClientSession): Promise<void> {
    if (claims.length === 0) return;
    if ((await this.files.hold(claims, this.clock.now(), session)) < claims.length) throw new StaleFiles();
  }

  /** What they hung on is deleted: nobody reads them any more, and their bytes follow. */
  async release(fileIds: readonly Types.ObjectId[], session: ClientSession): Promise<void> {
    await this.lettingGo.release(fileIds, session);
  }
}
