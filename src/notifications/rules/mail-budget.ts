import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type AnyBulkWriteOperation, type Model, Schema, type Types } from 'mongoose';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { indexesOfErrors, isOnlyDuplicates } from '../../infra/mongo/errors.js';

/** The mails of a person's day that could have waited. `_id` is the person's id, `day` a plain date of their zone. */
export const mailDaySchema = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    day: { type: String, required: true },
    /** What was mailed: a try again costs nothing. */
    ids: { type: [Schema.Types.ObjectId], required: true },
  },
  { collection: 'mail-days', versionKey: false },
);

/** A row of `mail-days`, lean. */
export interface MailDayRow {
  _id: Types.ObjectId;
  day: string;
  ids: Types.ObjectId[];
}

/** One mail that asks for its place among those of a day. */
export interface BudgetAsk {
  userId: Types.ObjectId;
  day: string;
  mailId: Types.ObjectId;
  /** So many a day; null: no limit. */
  most: number | null;
}

/** How many mails a person gets on a day, settled by the database: of two processes one gets the last place. */
@Injectable()
export class MailBudget {
  private readonly asks = new BatchPerKey<BudgetAsk, boolean>((_, asks) => this.settle(asks));

  constructor(@InjectModel('MailDay') private readonly days: Model<MailDayRow>) {}

  /** Whether this mail may leave today. Again for the same mail: the same answer. */
  async take(ask: BudgetAsk): Promise<boolean> {
    return ask.most === null || (await this.asks.ask('mails', ask));
  }

  private async settle(asks: readonly BudgetAsk[]): Promise<boolean[]> {
    const refused = await this.refused(asks);
    if (refused.length === 0) return asks.map(() => true);
    // Two first mails of a person at once run into each other's row as well: who was refused once asks again.
    const again = asks.filter((_, index) => refused.includes(index));
    const full = new Set((await this.refused(again)).map((index) => again[index]));
    return asks.map((ask) => !full.has(ask));
  }

  /** Which of them found no place, by their index. Where none is left, the guard finds nothing and the upsert runs into the person's row. */
  private async refused(asks: readonly BudgetAsk[]): Promise<number[]> {
    try {
      await this.days.bulkWrite(asks.map(placeOf), { ordered: false });
      return [];
    } catch (error) {
      if (!isOnlyDuplicates(error)) throw error;
      return indexesOfErrors(error);
    }
  }
}

function placeOf({ userId, day, mailId, most }: BudgetAsk): AnyBulkWriteOperation<MailDayRow> {
  const today = { $cond: [{ $eq: ['$day', day] }, '$ids', []] };
  return {
    updateOne: {
      filter: {
        _id: userId,
        $or: [{ day: { $ne: day } }, { ids: mailId }, { [`ids.${(most ?? 1) - 1}`]: { $exists: false } }],
      },
      update: [{ $set: { day, ids: { $setUnion: [today, [mailId]] } } }],
      upsert: true,
    },
  };
}
