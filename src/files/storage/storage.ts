import { Inject, Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { CONFIG, type Config } from '../../config/config.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { type Counted as Whole, type Whose, neededBy, roomOf, storageFull, useOf } from './storage-rule.js';
import { type Amount, type UseKey, StorageUsesRepository } from './storage-uses.repository.js';

type Counted = Whole & { bytes: number };

/**
 * The room that files take. A file and its counts change in one transaction, and a count grows only where it stays within its limit: the database decides, however
 * many uploads there are at once, and on however many processes.
 */
@Injectable()
export class Storage {
  constructor(
    private readonly uses: StorageUsesRepository,
    private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Takes the room for a new file and writes it, or neither. Throws 409 `storage_full`. */
  async take(file: Counted, write: (session: ClientSession) => Promise<void>): Promise<void> {
    const cohortId = file.cohortId ?? null;
    const needed = neededBy(file).map((whose) => ({ whose, key: useOf(file, whose) }));
    const known = await this.uses.some(cohortId, [...needed.map(({ key }) => key.userId), null]);
    const isKnown = ({ userId }: UseKey) => known.some((row) => String(row.userId) === String(userId));
    for (const { key } of needed) if (!isKnown(key)) await this.uses.begin(key);
    const room = roomOf(
      this.config,
      cohortId !== null,
      known.find((row) => !row.userId),
    );
    await this.transactions.run(async (session) => {
      await write(session);
      for (const { whose, key } of needed)
        await this.add(key, whose, file.bytes, room[whose === 'call' ? 'calls' : whose] ?? 0, session);
    });
  }

  /** Files that nobody can open any more give their room back, in the transaction that lets them go. */
  async giveBack(files: readonly Counted[], session: ClientSession): Promise<void> {
    const less = new Map<string, UseKey & Amount>();
    for (const file of files) {
      for (const whose of neededBy(file)) {
        const key = useOf(file, whose);
        const name = `${String(key.cohortId)} ${String(key.userId)}`;
        const before = less.get(name) ?? { ...key, bytes: 0, files: 0 };
        less.set(name, { ...before, bytes: before.bytes + file.bytes, files: before.files + 1 });
      }
    }
    await this.uses.subtract([...less.values()], session);
  }

  private async add(key: UseKey, whose: Whose, size: number, limit: number, session: ClientSession): Promise<void> {
    if (await this.uses.add(key, size, limit, session)) return;
    const used = (await this.uses.find(key, session))?.bytes ?? 0;
    const of = whose === 'person' && key.cohortId === null ? 'direct' : whose;
    throw storageFull(of === 'call' ? 'calls' : of, { used, limit, size });
  }
}
