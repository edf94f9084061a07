import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Clock } from '../common/times/clock.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { FilesRepository } from './files.repository.js';
import { Storage } from './storage/storage.js';

const AT_ONCE = 100;

/** How files come to be nobody's: from then on none can open them, and their room is free. Their bytes follow by the sweep. */
@Injectable()
export class LettingGo {
  constructor(
    private readonly files: FilesRepository,
    private readonly storage: Storage,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** What these hung on is deleted, in this transaction. */
  async release(fileIds: readonly Types.ObjectId[], session: ClientSession): Promise<void> {
    if (fileIds.length === 0) return;
    await this.storage.giveBack(await this.files.letGo(fileIds, {}, this.clock.now(), session), session);
  }

  /** Throws away those of a person's uploads that were not sent. Returns how many. */
  async discard(fileIds: readonly Types.ObjectId[], ownerId: Types.ObjectId): Promise<number> {
    return fileIds.length === 0 ? 0 : await this.letGo(fileIds, { ownerId, unsent: true });
  }

  /** Throws away what was uploaded up to `before` and never sent. */
  async expire(before: Date): Promise<void> {
    for (;;) {
      const ids = await this.files.unsent(before, AT_ONCE);
      if (ids.length > 0) await this.letGo(ids, { unsentUntil: before });
      if (ids.length < AT_ONCE) return;
    }
  }

  private async letGo(
    fileIds: readonly Types.ObjectId[],
    which: Parameters<FilesRepository['letGo']>[1],
  ): Promise<number> {
    return await this.transactions.run(async (session) => {
      const rows = await this.files.letGo(fileIds, which, this.clock.now(), session);
      await this.storage.giveBack(rows, session);
      return rows.length;
    });
  }
}
