import { Types } from 'mongoose';
import { built, insideApp, makeHouse } from './support/house.mjs';
import { aCohort, members } from './support/people.mjs';
import { quantile } from './support/statistics.mjs';
import { timed } from './support/timed.mjs';

const CHANNELS = 200;
const UNREAD = 5;
const BATCH = 5_000;
const LONG = 200_000;

/**
 * The list of 200 channels with what is unread, with 1,000 and with 1,000,000 messages behind it, beside a find of 200 documents; and a channel of
 * 200,000 messages opened where one stopped reading.
 */
export default async function unread({ services, quick }) {
  const house = makeHouse(services, { NODE_ENV: 'test' });
  const app = await insideApp(house);
  try {
    const [{ ChannelLists }, { MessageReading }, { Migrator }, { getConnectionToken }] = [
      await built('chat/channels/channel-lists.service.js'),
      await built('chat/reading/message-reading.service.js'),
      await built('infra/mongo/migrator.js'),
      await import('@nestjs/mongoose'),
    ];
    await app.get(Migrator).run();
    const db = app.get(getConnectionToken());
    const cohortId = await aCohort(app);
    const figures = [];
    const sizes = [1_000, Number(process.env.BENCH_MESSAGES ?? (quick ? 4_000 : 1_000_000))];
    const p50s = [];
    for (const size of sizes) {
      const [me, other] = await members(app, cohortId, 'fellow', 2);
      const ids = await channelsOf(db, { cohortId, me, other, each: size / CHANNELS });
      const list = () => app.get(ChannelLists).of(me);
      const asked = await queriesOf(db, list);
      const ours = await timed(list);
      const bare = await timed(() =>
        db
          .collection('channels')
          .find({ _id: { $in: ids } })
          .toArray(),
      );
      p50s.push(quantile(ours, 0.5));
      const name = `${size.toLocaleString('en')} messages`;
      figures.push(
        {
          name: `${name}: p50 beside a find of ${CHANNELS} documents`,
          unit: 'x',
          mid: quantile(ours, 0.5) / quantile(bare, 0.5),
          atMost: 2,
        },
        { name: `${name}: p50`, unit: 'ms', mid: quantile(ours, 0.5) },
        { name: `${name}: queries of messages for what is unread`, unit: '', mid: asked.messages, atMost: 2 },
        { name: `${name}: queries in all`, unit: '', mid: asked.all },
      );
    }
    figures.push({ name: 'growth from the small to the large', unit: 'x', mid: p50s[1] / p50s[0], atMost: 1.2 });
    const length = quick ? 2_000 : LONG;
    const [me, other] = await members(app, cohortId, 'fellow', 2);
    const [long] = await channelsOf(db, { cohortId, me, other, each: length, channels: 1, unread: length / 2 });
    const actor = { userId: me, loginId: '', isAdmin: false };
    const page = (query) => app.get(MessageReading).page(actor, String(long), { limit: 150, ...query });
    const opening = await timed(() =>
      Promise.all([app.get(ChannelLists).one(actor, String(long)), page({ around: length / 2 })]),
    );
    const older = await timed(() => page({ before: length / 2, limit: 50 }));
    const newer = await timed(() => page({ after: length / 2, limit: 50 }));
    const name = `a channel of ${length.toLocaleString('en')}`;
    figures.push(
      {
        name: `${name}, half of it unread: opened at the last read, p95`,
        unit: 'ms',
        mid: quantile(opening, 0.95),
        atMost: 150,
      },
      { name: `${name}: the page before, p95`, unit: 'ms', mid: quantile(older, 0.95) },
      { name: `${name}: the page after, p95`, unit: 'ms', mid: quantile(newer, 0.95) },
    );
    return { figures, notes: [`${CHANNELS} channels, ${UNREAD} unread in each.`] };
  } finally {
    await app.close();
    await house.close();
  }
}

async function queriesOf(db, work) {
  const asked = { all: 0, messages: 0 };
  const count = ({ command }) => {
    const collection = command.find ?? command.aggregate ?? command.count;
    if (collection) asked.all += 1;
    if (collection === 'messages') asked.messages += 1;
  };
  db.getClient().on('commandStarted', count);
  await work();
  db.getClient().off('commandStarted', count);
  return asked;
}

/** Channels as the product has them, each with so many messages of somebody else. */
async function channelsOf(db, { cohortId, me, other, each, channels = CHANNELS, unread = UNREAD }) {
  const cohort = new Types.ObjectId(cohortId);
  const [userId, senderId] = [new Types.ObjectId(me), new Types.ObjectId(other)];
  const ids = Array.from({ length: channels }, () => new Types.ObjectId());
  const createdAt = new Date();
  const last = (_id) => ({ messageId: _id, senderId, excerpt: 'ordinary talk', createdAt });
  await db.collection('channels').insertMany(
    ids.map((_id, index) => ({
      ...{
        _id,
        cohortId: cohort,
        kind: 'private',
        key: `private:${_id}`,
        name: `channel-${index}`,
        nameKey: null,
        topic: '',
      },
      ...{ rev: each, headSeq: each, last: last(_id), createdAt, createdBy: null, archivedAt: null },
    })),
  );
  await db.collection('channel-members').insertMany(
    ids.flatMap((channelId) =>
      [userId, senderId].map((one) => ({
        channelId,
        cohortId: cohort,
        userId: one,
        readSeq: Math.max(0, each - unread),
        joinedAt: createdAt,
      })),
    ),
  );
  let rows = [];
  const write = async () => {
    if (rows.length > 0) await db.collection('messages').insertMany(rows, { ordered: false });
    rows = [];
  };
  for (const channelId of ids) {
    for (let seq = 1; seq <= each; seq += 1) {
      rows.push({
        ...{
          channelId,
          cohortId: cohort,
          seq,
          rev: seq,
          clientId: `bench-${seq}`,
          senderId,
          body: `message ${seq} of ordinary talk`,
        },
        ...{ names: [], threadId: null, replies: 0, lastReplyAt: null, reactions: [], topicId: null },
        ...{
          createdAt: new Date(createdAt.getTime() - (each - seq) * 1000),
          editedAt: null,
          deletedAt: null,
          tokens: [`t${seq % 50}`],
        },
      });
      if (rows.length === BATCH) await write();
    }
  }
  await write();
  return ids;
}
