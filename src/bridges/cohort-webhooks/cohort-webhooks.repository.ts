import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { isOnlyDuplicates, indexesOfErrors } from '../../infra/mongo/errors.js';
import { atFreePlace } from '../../infra/mongo/places.js';
import type { CohortNewsRow, CohortWebhookRow } from './cohort-webhook.schema.js';

const BEGINNING = new Date(0);

/** The only user of the `cohort-webhooks` and `cohort-news` collections. */
@Injectable()
export class CohortWebhooksRepository {
  constructor(
    @InjectModel('CohortWebhook') private readonly webhooks: Model<CohortWebhookRow>,
    @InjectModel('CohortNews') private readonly news: Model<CohortNewsRow>,
  ) {}

  /** Writes a new one where its cohort has fewer than so many. Null when it has not. */
  async insert(webhook: Omit<CohortWebhookRow, 'place'>, most: number): Promise<CohortWebhookRow | null> {
    const { cohortId } = webhook;
    const place = await atFreePlace(
      { most, index: 'place' },
      async () => (await this.of(cohortId)).map(({ place }) => place),
      async (place) => void (await this.webhooks.create([{ ...webhook, place }])),
    );
    return place === null ? null : { ...webhook, place };
  }

  /** In the order of their places. */
  async of(cohortId: Types.ObjectId): Promise<CohortWebhookRow[]> {
    return await this.webhooks.find({ cohortId }).sort({ place: 1 }).lean<CohortWebhookRow[]>();
  }

  async find(cohortId: Types.ObjectId, _id: Types.ObjectId): Promise<CohortWebhookRow | null> {
    return await this.webhooks.findOne({ _id, cohortId }).lean<CohortWebhookRow>();
  }

  async byId(_id: Types.ObjectId): Promise<CohortWebhookRow | null> {
    return await this.webhooks.findById(_id).lean<CohortWebhookRow>();
  }

  /** All that are switched on, of all cohorts. */
  async active(): Promise<CohortWebhookRow[]> {
    return await this.webhooks.find({ active: true }).limit(2000).lean<CohortWebhookRow[]>();
  }

  async update(_id: Types.ObjectId, change: Partial<CohortWebhookRow>): Promise<void> {
    await this.webhooks.updateOne({ _id }, { $set: change });
  }

  /** Switches one off whose keeper is gone, unless somebody has taken it over since it was read. */
  async stop({ _id, takenOverAt }: CohortWebhookRow): Promise<void> {
    await this.webhooks.updateOne(
      { _id, active: true, takenOverAt: takenOverAt ?? null },
      { $set: { active: false, problem: 'keeper_left' } },
    );
  }

  /** Gives one to another keeper, as long as it is kept by whom it was when it was read. False when it is not. */
  async takeOver({ _id, takenOverAt }: CohortWebhookRow, change: Partial<CohortWebhookRow>): Promise<boolean> {
    const taken = await this.webhooks.updateOne({ _id, takenOverAt: takenOverAt ?? null }, { $set: change });
    return taken.matchedCount === 1;
  }

  async delete(_id: Types.ObjectId): Promise<void> {
    await this.webhooks.deleteOne({ _id });
    await this.news.deleteMany({ webhookId: _id });
  }

  /** Writes news that are not known yet; returns the new ones. */
  async add(rows: readonly CohortNewsRow[]): Promise<CohortNewsRow[]> {
    if (rows.length === 0) return [];
    try {
      await this.news.collection.insertMany([...rows], { ordered: false });
      return [...rows];
    } catch (error) {
      if (!isOnlyDuplicates(error)) throw error;
      const known = new Set(indexesOfErrors(error));
      return rows.filter((_, index) => !known.has(index));
    }
  }

  async due(now: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.news
      .find({ wakeAt: { $gte: BEGINNING, $lte: now } }, { _id: 1 })
      .sort({ wakeAt: 1 })
      .limit(limit)
      .lean<{ _id: Types.ObjectId }[]>();
    return rows.map((row) => row._id);
  }

  /** Takes news until an instant, as one more attempt; null when there is nothing to do, or somebody else does it. */
  async claim(_id: Types.ObjectId, now: Date, until: Date): Promise<CohortNewsRow | null> {
    return await this.news
      .findOneAndUpdate(
        { _id, wakeAt: { $lte: now } },
        { $set: { wakeAt: until }, $inc: { attempts: 1 } },
        { returnDocument: 'after' },
      )
      .lean<CohortNewsRow>();
  }

  /** Lets go of claimed news until `wakeAt`, for another try; nothing where somebody else has taken them since. */
  async retry(claimed: CohortNewsRow, wakeAt: Date): Promise<void> {
    await this.news.updateOne(held(claimed), { $set: { wakeAt } });
  }

  /** Claimed news are done with; nothing where somebody else has taken them since. */
  async done(claimed: CohortNewsRow): Promise<void> {
    await this.news.updateOne(held(claimed), { $unset: { wakeAt: 1 } });
  }
}

/** The instant until which news were claimed tells whose they are: the next one to claim them has a later one. */
const held = ({ _id, wakeAt }: CohortNewsRow) => ({ _id, wakeAt: wakeAt ?? null });
