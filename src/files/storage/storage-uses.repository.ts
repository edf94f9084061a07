import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import type { StorageUseRow } from './storage-use.schema.js';

/** Which count: of a person at a place, or (`userId` null) of a whole cohort; of a call, or of all calls of a cohort, as `of` says. */
export interface UseKey {
  cohortId: Types.ObjectId | null;
  userId: Types.ObjectId | null;
  of?: StorageUseRow['of'];
}

/** What a count should be, or how it changes. */
export interface Amount {
  bytes: number;
  files: number;
}

/** The only user of the `storage_uses` collection. */
@Injectable()
export class StorageUsesRepository {
  constructor(@InjectModel('StorageUse') private readonly uses: Model<StorageUseRow>) {}

  async find({ cohortId, userId }: UseKey, session?: ClientSession): Promise<StorageUseRow | null> {
    return await this.uses
      .findOne({ cohortId, userId })
      .session(session ?? null)
      .lean<StorageUseRow>();
  }

  /** A count that begins at nothing, where there is none: made outside of a transaction, which a second maker would end. */
  async begin({ cohortId, userId, of }: UseKey): Promise<void> {
    const nothing = { ...(of && { of }), bytes: 0, files: 0 };
    try {
      await this.uses.updateOne({ cohortId, userId }, { $setOnInsert: nothing }, { upsert: true });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** Adds a file where the sum stays within the limit. False where it does not, or where no count was begun. */
  async add({ cohortId, userId }: UseKey, bytes: number, limit: number, session: ClientSession): Promise<boolean> {
    const { matchedCount } = await this.uses.updateOne(
      { cohortId, userId, bytes: { $lte: limit - bytes } },
      { $inc: { bytes, files: 1 } },
      { session },
    );
    return matchedCount === 1;
  }

  async subtract(less: readonly (UseKey & Amount)[], session: ClientSession): Promise<void> {
    if (less.length === 0) return;
    await this.uses.bulkWrite(
      less.map(({ cohortId, userId, bytes, files }) => ({
        updateOne: { filter: { cohortId, userId }, update: { $inc: { bytes: -bytes, files: -files } } },
      })),
      { session },
    );
  }

  /** All counts of a place: some hundred rows. */
  async inPlace(cohortId: Types.ObjectId | null, session?: ClientSession): Promise<StorageUseRow[]> {
    return await this.uses
      .find({ cohortId })
      .session(session ?? null)
      .lean<StorageUseRow[]>();
  }

  /** Those of some counts of a place that were begun. */
  async some(cohortId: Types.ObjectId | null, userIds: readonly (Types.ObjectId | null)[]): Promise<StorageUseRow[]> {
    return await this.uses.find({ cohortId, userId: { $in: [...userIds] } }).lean<StorageUseRow[]>();
  }

  /** Where anything is counted. */
  async places(): Promise<(Types.ObjectId | null)[]> {
    return await this.uses.distinct('cohortId');
  }

  /** What a person takes at some places, and what was set for these. */
  async ofPerson(userId: Types.ObjectId, places: readonly (Types.ObjectId | null)[]): Promise<StorageUseRow[]> {
    return await this.uses
      .find({ cohortId: { $in: [...places] }, userId: { $in: [userId, null] } })
      .lean<StorageUseRow[]>();
  }

  /** What is set for a cohort; `undefined` goes back to what the installation allows. Needs a count. */
  async set(
    cohortId: Types.ObjectId,
    change: { personMb?: number | null | undefined; cohortMb?: number | null | undefined },
  ): Promise<void> {
    const kept: Record<string, number> = {};
    const gone: Record<string, 1> = {};
    for (const name of ['personMb', 'cohortMb'] as const) {
      const mb = change[name];
      if (mb === null) gone[name] = 1;
      else if (mb !== undefined) kept[name] = mb;
    }
    if (Object.keys({ ...kept, ...gone }).length === 0) return;
    await this.uses.updateOne({ cohortId, userId: null }, { $set: kept, $unset: gone });
  }

  /** Puts counts right. */
  async mend(right: readonly (UseKey & Amount)[], session: ClientSession): Promise<void> {
    if (right.length === 0) return;
    await this.uses.bulkWrite(
      right.map(({ cohortId, userId, of, bytes, files }) => ({
        updateOne: {
          filter: { cohortId, userId },
          update: { $set: { bytes, files, ...(of && { of }) } },
          upsert: true,
        },
      })),
      { session },
    );
  }
}
