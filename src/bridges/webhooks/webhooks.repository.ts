import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { atFreePlace } from '../../infra/mongo/places.js';
import type { DeliveryRow, WebhookRow } from './webhook.schema.js';

const BEGINNING = new Date(0);
const OUT = { direction: 'out', active: true } as const;

/** A webhook that waits to be called, with the last place it is done with. */
export type SleepingWebhook = Pick<WebhookRow, '_id' | 'channelId' | 'sentSeq'>;

/** The only user of the `webhooks` and `webhook-deliveries` collections: some a channel, at most 10. */
@Injectable()
export class WebhooksRepository {
  constructor(
    @InjectModel('Webhook') private readonly webhooks: Model<WebhookRow>,
    @InjectModel('WebhookDelivery') private readonly deliveries: Model<DeliveryRow>,
  ) {}

  /** Writes a new one where its channel has fewer than so many. Null when it has not. */
  async insert(webhook: Omit<WebhookRow, 'place'>, most: number): Promise<WebhookRow | null> {
    const { channelId } = webhook;
    const place = await atFreePlace(
      { most, index: 'place' },
      async () => (await this.of(channelId)).map(({ place }) => place),
      async (place) => void (await this.webhooks.create([{ ...webhook, place }])),
    );
    return place === null ? null : { ...webhook, place };
  }

  /** In the order of their places. */
  async of(channelId: Types.ObjectId): Promise<WebhookRow[]> {
    return await this.webhooks.find({ channelId }).sort({ place: 1 }).lean<WebhookRow[]>();
  }

  async ofChannels(channelIds: readonly Types.ObjectId[]): Promise<WebhookRow[]> {
    if (channelIds.length === 0) return [];
    return await this.webhooks.find({ channelId: { $in: channelIds } }).lean<WebhookRow[]>();
  }

  /** Those that are switched on, in the order of their ids, after one of them. */
  async activeAfter(after: Types.ObjectId | null, limit: number): Promise<WebhookRow[]> {
    return await this.webhooks
      .find({ active: true, ...(after && { _id: { $gt: after } }) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<WebhookRow[]>();
  }

  /** Switches one off whose keeper is gone, unless somebody has taken it over since it was read. */
  async stop({ _id, takenOverAt }: WebhookRow): Promise<void> {
    await this.webhooks.updateOne(
      { _id, active: true, takenOverAt: takenOverAt ?? null },
      written({ active: false, attempts: 0, lease: null, problem: 'keeper_left' }),
    );
  }

  /** Gives one to another keeper, as long as it is kept by whom it was when it was read. False when it is not. */
  async takeOver({ _id, takenOverAt }: WebhookRow, change: Partial<WebhookRow>): Promise<boolean> {
    const taken = await this.webhooks.updateOne({ _id, takenOverAt: takenOverAt ?? null }, written(change));
    return taken.matchedCount === 1;
  }

  async find(channelId: Types.ObjectId, webhookId: Types.ObjectId): Promise<WebhookRow | null> {
    return await this.webhooks.findOne({ _id: webhookId, channelId }).lean<WebhookRow>();
  }

  async byToken(tokenHash: string): Promise<WebhookRow | null> {
    return await this.webhooks.findOne({ tokenHash }).lean<WebhookRow>();
  }

  async update(webhookId: Types.ObjectId, change: Partial<WebhookRow>): Promise<void> {
    await this.webhooks.updateOne({ _id: webhookId }, written(change));
  }

  async delete(webhookId: Types.ObjectId): Promise<void> {
    await this.webhooks.deleteOne({ _id: webhookId });
    await this.forgetLog(webhookId);
  }

  async forgetLog(webhookId: Types.ObjectId): Promise<void> {
    await this.deliveries.deleteMany({ webhookId });
  }

  /** Something was written: whoever sleeps is to look, unless it waits for its next try. Returns which. */
  async call(channelId: Types.ObjectId, now: Date): Promise<Types.ObjectId[]> {
    const out = { channelId, ...OUT };
    const isAsleep = { $and: [{ $eq: ['$lease', null] }, { $eq: ['$attempts', 0] }] };
    const called = await this.webhooks.updateMany(
      out,
      [{ $set: { calls: { $add: ['$calls', 1] }, wakeAt: { $cond: [isAsleep, now, '$wakeAt'] } } }],
      { updatePipeline: true },
    );
    if (called.matchedCount === 0) return [];
    const rows = await this.webhooks.find(out, { _id: 1 }).lean<Pick<WebhookRow, '_id'>[]>();
    return rows.map((row) => row._id);
  }

  /** Which must be looked at now: called, due for another try, or left by a process that died. */
  async due(now: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.webhooks
      .find({ ...OUT, wakeAt: { $gte: BEGINNING, $lte: now } }, { _id: 1 })
      .sort({ wakeAt: 1 })
      .limit(limit)
      .lean<Pick<WebhookRow, '_id'>[]>();
    return rows.map((row) => row._id);
  }

  /** Those that sleep, in the order of their ids, after one of them: up to where each has sent. */
  async asleep(after: Types.ObjectId | null, limit: number): Promise<SleepingWebhook[]> {
    return await this.webhooks
      .find({ ...OUT, wakeAt: null, ...(after && { _id: { $gt: after } }) }, { channelId: 1, sentSeq: 1 })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<SleepingWebhook[]>();
  }

  /** Those of them that sleep still are to look now. */
  async wake(webhookIds: readonly Types.ObjectId[], now: Date): Promise<void> {
    if (webhookIds.length === 0) return;
    const asleep = { _id: { $in: webhookIds }, ...OUT, wakeAt: null };
    await this.webhooks.updateMany(asleep, { $set: { wakeAt: now }, $inc: { calls: 1 } });
  }

  /** Takes a webhook until `until`; null when there is nothing to do or somebody else has it. */
  async claim(webhookId: Types.ObjectId, lease: string, now: Date, until: Date): Promise<WebhookRow | null> {
    return await this.webhooks
      .findOneAndUpdate(
        { _id: webhookId, active: true, wakeAt: { $lte: now } },
        { $set: { lease, wakeAt: until } },
        { returnDocument: 'after' },
      )
      .lean<WebhookRow>();
  }

  /** A message is done with. False for who has lost the lease meanwhile. */
  async advance(webhookId: Types.ObjectId, lease: string, change: Partial<WebhookRow>): Promise<boolean> {
    return (await this.webhooks.updateOne({ _id: webhookId, lease }, { $set: change })).matchedCount === 1;
  }

  /** Lets go until `wakeAt`, for another try, or for good when it is switched off. */
  async retry(webhookId: Types.ObjectId, lease: string, change: Partial<WebhookRow>): Promise<void> {
    await this.webhooks.updateOne({ _id: webhookId, lease }, written({ ...change, lease: null }));
  }

  /** Goes to sleep, unless there was a call since `calls`; then false, and the lease stays. */
  async rest(webhookId: Types.ObjectId, lease: string, calls: number): Promise<boolean> {
    const gone = await this.webhooks.updateOne(
      { _id: webhookId, lease, calls },
      { $set: { lease: null }, $unset: { wakeAt: 1 } },
    );
    return gone.matchedCount === 1;
  }

  async byId(webhookId: Types.ObjectId): Promise<WebhookRow | null> {
    return await this.webhooks.findById(webhookId).lean<WebhookRow>();
  }

  async log(delivery: Omit<DeliveryRow, '_id'>): Promise<DeliveryRow> {
    const [row] = await this.deliveries.create([delivery]);
    return row as unknown as DeliveryRow;
  }

  /** The latest tries. */
  async deliveriesOf(webhookId: Types.ObjectId, limit: number): Promise<DeliveryRow[]> {
    return await this.deliveries.find({ webhookId }).sort({ at: -1 }).limit(limit).lean<DeliveryRow[]>();
  }
}

/** What is switched off waits for nothing: nobody is to look at it turn after turn. */
const written = (change: Partial<WebhookRow>) => ({
  $set: change,
  ...(change.active === false && { $unset: { wakeAt: 1 as const } }),
});
