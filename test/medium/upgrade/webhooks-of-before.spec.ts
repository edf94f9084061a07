import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { cohortWebhookSchema } from '../../../src/bridges/cohort-webhooks/cohort-webhook.schema.js';
import {
  type DeliveryRow,
  type WebhookRow,
  deliverySchema,
  webhookSchema,
} from '../../../src/bridges/webhooks/webhook.schema.js';
import { WebhooksRepository } from '../../../src/bridges/webhooks/webhooks.repository.js';
import { migrations } from '../../../src/infra/mongo/migrations.js';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { freshDatabase } from '../../support/app.js';

const NEWEST = [
  '2026-12-12-news-of-cohorts-are-deliveries',
  '2026-12-01-news-of-milestones-by-day',
  '2026-12-01-webhooks-that-are-off-wait-for-nothing',
  '2026-12-03-webhooks-have-places',
];
const NOW = new Date('2026-12-01T08:00:00.000Z');
const PAST = new Date('2026-11-30T08:00:00.000Z');

let database: { connection: Connection; drop: () => Promise<void> };
let migrator: Migrator;

/** A database as the version before these left it: with people, its own indexes, and everything older applied. */
beforeEach(async () => {
  database = await freshDatabase();
  const { connection } = database;
  connection.model('CohortWebhook', cohortWebhookSchema);
  connection.model('Webhook', webhookSchema);
  connection.model('Delivery', deliverySchema);
  migrator = new Migrator(connection);
  await connection.collection('users').insertOne({ email: 'ines@example.org' });
  const applied = migrations.filter(({ name }) => !NEWEST.includes(name));
  await connection
    .collection<{ _id: string; at: Date }>('migrations')
    .insertMany(applied.map(({ name }) => ({ _id: name, at: PAST })));
  await connection
    .collection('cohort-news')
    .createIndexes([{ key: { webhookId: 1, kind: 1, subjectId: 1 }, unique: true, name: 'once' }]);
  await connection.collection('webhooks').createIndexes([{ key: { wakeAt: 1 }, sparse: true, name: 'wake' }]);
});
afterEach(() => database.drop());

const indexesOf = async (collection: string) =>
  (await database.connection.collection(collection).indexes()).map(({ name }) => name).sort();

describe('news of a cohort that were told before milestones were told by day', () => {
  const webhookId = new Types.ObjectId();
  const [milestone, gone, topic] = [new Types.ObjectId(), new Types.ObjectId(), new Types.ObjectId()];
  const oldRow = (kind: string, subjectId: Types.ObjectId) => ({
    ...{ _id: new Types.ObjectId(), webhookId, kind, subjectId, at: PAST, attempts: 1 },
  });
  const all = () => database.connection.collection('deliveries').find().sort({ _id: 1 }).toArray();

  beforeEach(async () => {
    await database.connection.collection('milestones').insertOne({ _id: milestone, on: '2026-12-04' });
    await database.connection
      .collection('cohort-news')
      .insertMany([
        oldRow('milestone.near', milestone),
        oldRow('milestone.day', gone),
        oldRow('topic.unanswered', topic),
      ]);
  });

  it('given an old database, then each of a milestone has its day, all else stays, and a second start changes nothing', async () => {
    await migrator.run();
    const rows = await all();
    const told = rows.map(({ about, tries, at, state }) => [about.kind, about.on, tries, at, state]);
    expect(told).toEqual([
      ['milestone.near', '2026-12-04', 1, PAST, 'sent'],
      ['milestone.day', null, 1, PAST, 'sent'],
      ['topic.unanswered', null, 1, PAST, 'sent'],
    ]);
    await migrator.run();
    expect(await all()).toEqual(rows);
  });
});

describe('webhooks that were switched off before they waited for nothing', () => {
  const webhook = (name: string, more: Record<string, unknown>) => ({
    ...{ _id: new Types.ObjectId(), channelId: new Types.ObjectId(), name, direction: 'out', calls: 3, sentSeq: 7 },
    ...more,
  });

  const placed = (row: object) => ({ ...row, place: 1 });

  it('given an old database, then only those that are on are looked at, none else changed, and a second start changes nothing', async () => {
    const { connection } = database;
    const rows = [
      webhook('off', { active: false, wakeAt: PAST }),
      webhook('on', { active: true, wakeAt: PAST }),
      webhook('asleep', { active: true }),
      webhook('in', { active: true, direction: 'in', tokenHash: 'a-hash' }),
    ];
    const webhooks = connection.collection('webhooks');
    await webhooks.insertMany(rows);
    await migrator.run();
    const [off, ...others] = rows;
    const { wakeAt: _, ...still } = off as { wakeAt?: Date };
    expect(await webhooks.find().sort({ _id: 1 }).toArray()).toEqual([still, ...others].map(placed));
    expect(await indexesOf('webhooks')).toEqual(['_id_', 'kept', 'place', 'token', 'turn']);
    const repository = new WebhooksRepository(
      connection.model<WebhookRow>('Webhook'),
      connection.model<DeliveryRow>('Delivery'),
    );
    expect(await repository.due(NOW, 10)).toEqual([rows[1]!._id]);
    await migrator.run();
    expect(await webhooks.find().sort({ _id: 1 }).toArray()).toEqual([still, ...others].map(placed));
  });
});

describe('webhooks of before they had places', () => {
  it('given eleven of one channel and one of another, then each channel has its own from 1 on, and the full one takes no more', async () => {
    const { connection } = database;
    const [full, other] = [new Types.ObjectId(), new Types.ObjectId()];
    const row = (channelId: Types.ObjectId) => ({
      ...{ _id: new Types.ObjectId(), channelId, direction: 'in' as const, name: 'CI', active: true, calls: 0 },
      ...{ sentSeq: 0, attempts: 0, createdBy: new Types.ObjectId(), createdAt: PAST },
    });
    await connection.collection('webhooks').createIndexes([{ key: { channelId: 1, direction: 1 }, name: 'channel' }]);
    await connection.collection('webhooks').insertMany([row(other), ...Array.from({ length: 11 }, () => row(full))]);
    await migrator.run();
    const repository = new WebhooksRepository(
      connection.model<WebhookRow>('Webhook'),
      connection.model<DeliveryRow>('Delivery'),
    );
    const places = async (id: Types.ObjectId) => (await repository.of(id)).map(({ place }) => place);
    expect(await places(full)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(await places(other)).toEqual([1]);
    expect(await repository.insert(row(full) as WebhookRow, 10)).toBeNull();
    expect(await repository.insert(row(other) as WebhookRow, 10)).toMatchObject({ place: 2 });
    expect(await places(other)).toEqual([1, 2]);
  });
});
