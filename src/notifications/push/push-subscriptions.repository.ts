import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { againWhenDoubled } from '../../infra/mongo/errors.js';
import { together } from '../../infra/mongo/together.js';
import type { PushSubscriptionRow } from './push-subscription.schema.js';

/** The only user of the `push-subscriptions` collection: one a login at most. */
@Injectable()
export class PushSubscriptionsRepository {
  constructor(@InjectModel('PushSubscription') private readonly subscriptions: Model<PushSubscriptionRow>) {}

  /** In the place of what this login had, and of whoever was at that device before. */
  async put({ _id, ...subscription }: PushSubscriptionRow): Promise<void> {
    await againWhenDoubled(async () => {
      await this.subscriptions.deleteMany({ endpoint: subscription.endpoint, _id: { $ne: _id } });
      await this.subscriptions.updateOne({ _id }, { $set: subscription }, { upsert: true });
    });
  }

  async byLogin(loginId: Types.ObjectId): Promise<PushSubscriptionRow | null> {
    return await this.subscriptions.findById(loginId).lean<PushSubscriptionRow>();
  }

  async delete(loginIds: readonly Types.ObjectId[]): Promise<void> {
    if (loginIds.length > 0) await this.subscriptions.deleteMany({ _id: { $in: loginIds } });
  }

  /** A device that takes no more; only as long as it is still the one it was. */
  async drop({ _id, endpoint }: PushSubscriptionRow): Promise<void> {
    await this.subscriptions.deleteOne({ _id, endpoint });
  }

  async of(userId: Types.ObjectId): Promise<PushSubscriptionRow[]> {
    return await this.subscriptions.find({ userId }).limit(50).lean<PushSubscriptionRow[]>();
  }

  /** Which of these people have a device that takes notices. */
  async whoOf(userIds: readonly Types.ObjectId[]): Promise<Set<string>> {
    const rows = await together(
      this.subscriptions.find({ userId: { $in: userIds } }, { _id: 0, userId: 1 }).lean<{ userId: Types.ObjectId }[]>(),
    );
    return new Set(rows.map(({ userId }) => String(userId)));
  }
}
