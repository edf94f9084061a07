import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import type { NightRow } from './night.schema.js';

const NEVER = new Date(0);

/** The only user of the `nights` collection. */
@Injectable()
export class NightsRepository {
  constructor(@InjectModel('Night') private readonly nights: Model<NightRow>) {}

  /** When each of these was compared last, by id; those that never were are not in it. */
  async comparedAt(ids: readonly Types.ObjectId[]): Promise<Map<string, Date>> {
    const rows = await this.nights.find({ _id: { $in: ids } }).lean<NightRow[]>();
    return new Map(rows.map(({ _id, comparedAt }) => [String(_id), comparedAt]));
  }

  /** Takes what was not compared since `since`. False when another process has it, or has done it. */
  async hold(id: Types.ObjectId, since: Date, now: Date, until: Date): Promise<boolean> {
    try {
      const held = await this.nights.updateOne(
        { _id: id, comparedAt: { $lt: since }, heldUntil: { $lte: now } },
        { $set: { heldUntil: until }, $setOnInsert: { comparedAt: NEVER } },
        { upsert: true },
      );
      return held.matchedCount + held.upsertedCount === 1;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** It was compared as of `at`. */
  async release(id: Types.ObjectId, at: Date): Promise<void> {
    await this.nights.updateOne({ _id: id }, { $set: { heldUntil: NEVER, comparedAt: at } });
  }
}
