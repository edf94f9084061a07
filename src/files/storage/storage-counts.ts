import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Nights } from '../../cohorts/nights/nights.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { FilesRepository } from '../files.repository.js';
import { neededBy, useOf } from './storage-rule.js';
import { type Amount, type UseKey, StorageUsesRepository } from './storage-uses.repository.js';

/**
 * Counts the files anew each night and puts right what is counted otherwise: after a restored backup, or while an older version still ran. One snapshot shows both, and
 * an upload meanwhile has the turn repeated.
 */
@Injectable()
export class StorageCounts implements OnModuleInit {
  private readonly logger = new Logger('Storage');

  constructor(
    private readonly files: FilesRepository,
    private readonly uses: StorageUsesRepository,
    private readonly transactions: Transactions,
    private readonly nights: Nights,
  ) {}

  onModuleInit(): void {
    this.nights.compareAll(() => this.mend());
  }

  async mend(): Promise<void> {
    const all = [...(await this.files.places()), ...(await this.uses.places())];
    const places = new Map(all.map((cohortId) => [String(cohortId), cohortId]));
    let mended = 0;
    for (const cohortId of places.values())
      mended += await this.transactions.run((session) => this.mendPlace(cohortId, session));
    if (mended > 0) this.logger.warn({ counts: mended }, 'counts of files were put right');
  }

  /** Returns how many counts were wrong. */
  private async mendPlace(cohortId: Types.ObjectId | null, session: ClientSession): Promise<number> {
    const right = new Map<string, UseKey & Amount>();
    for (const { bytes, files, ...of } of await this.files.sums(cohortId, session)) {
      for (const whose of neededBy({ cohortId, ...of })) {
        const use = useOf({ cohortId, ...of }, whose);
        const sum = right.get(String(use.userId)) ?? { ...use, bytes: 0, files: 0 };
        right.set(String(use.userId), { ...sum, bytes: sum.bytes + bytes, files: sum.files + files });
      }
    }
    const counted = new Map((await this.uses.inPlace(cohortId, session)).map((row) => [String(row.userId), row]));
    for (const [key, { userId }] of counted)
      if (!right.has(key)) right.set(key, { cohortId, userId: userId ?? null, bytes: 0, files: 0 });
    const wrong = [...right].filter(([key, { bytes, files }]) => {
      const row = counted.get(key);
      return row?.bytes !== bytes || row.files !== files;
    });
    await this.uses.mend(
      wrong.map(([, amount]) => amount),
      session,
    );
    return wrong.length;
  }
}
