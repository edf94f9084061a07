import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, Schema } from 'mongoose';
import { Clock, DAY } from '../../common/times/clock.js';
import type { NotificationKind } from '../../contracts/notifications/notifications.js';
import { endSome } from '../../infra/mongo/expiry.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';

/** More than one has to tell another of one kind in a day. */
const MOST_OF_PAIR = 20;

/** What acts of one person last told another of one kind. `_id` names both and the kind; `told` are the last ones, the oldest first; `at` is when it was last one more. */
export const toldPairSchema = new Schema(
  {
    _id: { type: String, required: true },
    told: { type: [new Schema({ key: String, at: Date }, { _id: false })], required: true },
    at: { type: Date, required: true },
  },
  { collection: 'told-pairs', versionKey: false },
);
toldPairSchema.index({ at: 1 }, { name: 'over' });

/** A row of `told-pairs`, lean. */
export interface ToldPairRow {
  _id: string;
  told: { key: string; at: Date }[];
  at: Date;
}

/** A notice to one person that another one's act alone causes; `key` names what happened. */
export interface PairAsk {
  userId: string;
  byId: string;
  kind: NotificationKind;
  key: string;
}

/** How often the acts of one person tell another something of one kind in a day, settled by the database: of many at once so many find a place. */
@Injectable()
export class ToldPairs {
  constructor(
    @InjectModel('ToldPair') private readonly pairs: Model<ToldPairRow>,
    private readonly clock: Clock,
  ) {}

  /** Whether it is told. Again for the same key: the same answer, as long as it is among the last. */
  async take(ask: PairAsk): Promise<boolean> {
    // Two first ones of a pair at once run into each other's row: who was refused once asks again.
    return (await this.placed(ask)) || (await this.isTold(ask)) || (await this.placed(ask)) || (await this.isTold(ask));
  }

  /** Forgets some of the pairs of which nothing was told for a day. Returns how many. */
  async forget(): Promise<number> {
    return await endSome(this.pairs.collection, 'at', this.since());
  }

  /** False where there is no place, or it has one: then the guard finds nothing, and the upsert runs into the row. */
  private async placed(ask: PairAsk): Promise<boolean> {
    const at = this.clock.now();
    const isFree = [{ [`told.${MOST_OF_PAIR - 1}`]: { $exists: false } }, { 'told.0.at': { $lte: this.since() } }];
    try {
      await this.pairs.updateOne(
        { _id: nameOf(ask), 'told.key': { $ne: ask.key }, $or: isFree },
        { $push: { told: { $each: [{ key: ask.key, at }], $slice: -MOST_OF_PAIR } }, $set: { at } },
        { upsert: true },
      );
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  }

  private async isTold(ask: PairAsk): Promise<boolean> {
    return (await this.pairs.exists({ _id: nameOf(ask), 'told.key': ask.key })) !== null;
  }

  private readonly since = () => new Date(this.clock.now().getTime() - DAY);
}

const nameOf = ({ userId, byId, kind }: PairAsk) => `${userId}:${byId}:${kind}`;
