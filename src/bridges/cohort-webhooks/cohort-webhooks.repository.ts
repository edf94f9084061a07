import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { atFreePlace } from '../../infra/mongo/places.js';
import type { CohortWebhookRow } from './cohort-webhook.schema.js';

/** The only user of the `cohort-webhooks` collection. */
@Injectable()
export class CohortWebhooksRepository {
  constructor(@InjectModel('CohortWebhook') private readonly webhooks: Model<CohortWebhookRow>) {}

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

  /** What came of a post stands at it, unless it has another address or keeper by now. */
  async note({ _id, url, takenOverAt }: CohortWebhookRow, change: Partial<CohortWebhookRow>): Promise<void> {
    await this.webhooks.updateOne({ _id, url, takenOverAt: takenOverAt ?? null }, { $set: change });
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
  }
}
