import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { placeholderIn } from '../../../src/auth/users.repository.js';
import { userSchema } from '../../../src/auth/user.schema.js';
import { messageTokens } from '../../../src/common/texts/search-words.js';
import { migrations } from '../../../src/infra/mongo/migrations.js';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { partPlaceholders } from '../../../src/infra/mongo/migrations/placeholders.migration.js';
import { freshDatabase } from '../../support/app.js';

const NEWEST = '2026-12-07-placeholders-of-one-cohort';
const PAST = new Date('2026-11-30T08:00:00.000Z');
const COLLECTIONS = ['users', 'channels', 'messages', 'message-reports', 'message-edits', 'posts', 'files'];

const id = () => new Types.ObjectId();
const [one, other] = [id(), id()];
const [marie, zoe, nobody, unused, person, elsewhere] = [id(), id(), id(), id(), id(), id()];
const [inOne, inOther, plain] = [id(), id(), id()];
const [hello, shared, gone] = [id(), id(), id()];

let database: { connection: Connection; drop: () => Promise<void> };

const rowsOf = (name: string) => database.connection.collection(name).find().sort({ _id: 1 }).toArray();
const all = async (): Promise<Record<string, any[]>> =>
  Object.fromEntries(await Promise.all(COLLECTIONS.map(async (name) => [name, await rowsOf(name)])));
const row = async (collection: string, _id: Types.ObjectId) =>
  (await database.connection.collection(collection).findOne({ _id }))!;
const migrate = () => new Migrator(database.connection).run();

const user = (_id: Types.ObjectId, name: string, placeholderFor?: string) => ({
  ...{ _id, name, email: `${String(_id)}@placeholder.invalid`, passwordHash: null, locale: 'en', timeZone: 'UTC' },
  ...{ words: [name.toLowerCase()], gives: [], createdAt: PAST, ...(placeholderFor && { placeholderFor }) },
});

/** Each time that a database is filled it is with another workspace. */
let workspace = 0;
const ofMarie = () => `mail:marie@${workspace}.example`;
const ofZoe = () => `mail:zoe@${workspace}.example`;
const ofNobody = () => `slack:T${workspace}:U3`;

let seq = 0;
const message = (
  channelId: Types.ObjectId,
  senderId: Types.ObjectId,
  body: string,
  more: Record<string, unknown> = {},
) => {
  seq += 1;
  const said = { _id: id(), channelId, senderId, body, seq, rev: seq, names: [], reactions: [], deletedAt: null };
  const whole = { ...said, imported: true, excerpt: body, ...more };
  return { ...whole, tokens: messageTokens(whole) };
};

/** A database as the version before left it: two cohorts that brought one workspace in, everything older applied. */
beforeEach(async () => {
  database = await freshDatabase();
  const { connection } = database;
  await connection.model('User', userSchema).createIndexes();
  await connection
    .collection<{ _id: string; at: Date }>('migrations')
    .insertMany(migrations.filter(({ name }) => name !== NEWEST).map(({ name }) => ({ _id: name, at: PAST })));
  await seed(1100);
});
afterEach(() => database.drop());

async function seed(many: number): Promise<void> {
  workspace += 1;
  const { connection } = database;
  await connection
    .collection('users')
    .insertMany([
      user(marie, 'Marie', ofMarie()),
      user(zoe, 'Zoé', ofZoe()),
      user(nobody, 'Nobody', ofNobody()),
      user(unused, 'Unused', `mail:unused@${workspace}.example`),
      ...[user(person, 'A person'), user(elsewhere, 'Done', `${String(id())}:mail:done@a.example`)],
    ]);
  await connection.collection('channels').insertMany([
    { _id: inOne, key: `slack:${String(one)}:C1`, cohortId: one, guests: [marie, nobody, person], awaits: [marie] },
    {
      ...{ _id: inOther, key: `slack:${String(other)}:C1`, cohortId: other },
      ...{ guests: [person, marie], awaits: [zoe, marie] },
      last: { messageId: shared, senderId: marie, excerpt: `to <@${String(nobody)}>`, createdAt: PAST },
    },
    { _id: plain, key: 'private:1', cohortId: other, last: null },
  ]);
  await connection.collection('messages').insertMany([
    message(inOne, marie, 'one of Marie', { _id: hello }),
    message(inOne, person, `to <@${String(nobody)}>`),
    message(inOther, marie, `to <@${String(nobody)}> and <@${String(person)}>`, {
      ...{ _id: shared, attachments: [{ fileId: gone, name: 'plan', alt: '' }] },
      reactions: [{ emoji: '🎉', userIds: [person, marie, zoe] }],
    }),
    message(inOther, marie, '', { deletedAt: PAST }),
    ...Array.from({ length: many }, (_, at) => message(inOther, at % 2 ? nobody : zoe, `number ${at}`)),
    message(plain, person, 'elsewhere'),
  ]);
  const said = { messageId: shared, channelId: inOther };
  await connection
    .collection('message-reports')
    .insertOne({ ...said, authorId: marie, reporterId: person, text: 'to' });
  await connection.collection('message-edits').insertOne({ ...said, rev: 1, body: `<@${String(marie)}> before` });
  await connection.collection('posts').insertMany([
    {
      ...{ cohortId: other, authorId: person, body: 'own' },
      quotes: [
        { messageId: shared, authorId: marie, bot: null, body: `to <@${String(nobody)}>` },
        { messageId: id(), authorId: person, bot: null, body: null },
      ],
    },
    { cohortId: one, authorId: person, quotes: [{ messageId: hello, authorId: marie, bot: null, body: 'one' }] },
  ]);
  await connection.collection('files').insertOne({ _id: gone, ownerId: marie, cohortId: other });
}

/** The first report, earlier text, post and file. */
const hanging = async () =>
  await Promise.all(
    ['message-reports', 'message-edits', 'posts', 'files'].map(async (name) => (await rowsOf(name))[0]),
  );

const keyed = async (cohortId: Types.ObjectId, standsFor: string) =>
  (await database.connection.collection('users').findOne({ placeholderFor: placeholderIn(cohortId, standsFor) }))!;

describe('placeholders that were one for all cohorts', () => {
  it('given two cohorts show them, then the first keeps the row and the other one gets a twin by the same name', async () => {
    await migrate();
    expect((await keyed(one, ofMarie()))._id).toEqual(marie);
    expect((await keyed(one, ofNobody()))._id).toEqual(nobody);
    expect((await keyed(other, ofZoe()))._id).toEqual(zoe);
    const twin = await keyed(other, ofMarie());
    const { _id, email, placeholderFor: _, ...same } = await row('users', marie);
    expect(twin).toMatchObject(same);
    expect([twin._id, twin.email]).not.toEqual([_id, email]);
    expect(twin.email).toMatch(/^[0-9a-f]{24}@placeholder\.invalid$/);
    expect(await database.connection.collection('users').countDocuments()).toBe(8);
  });

  it('given channels, messages and what hangs on them, then those of the other cohort say the twins, everywhere', async () => {
    const before = await all();
    await migrate();
    const [{ _id: twin }, { _id: none }] = [await keyed(other, ofMarie()), await keyed(other, ofNobody())];
    const text = `to <@${String(none)}> and <@${String(person)}>`;
    expect(await row('channels', inOther)).toMatchObject({
      ...{ guests: [person, twin], awaits: [zoe, twin] },
      last: { messageId: shared, senderId: twin, excerpt: `to <@${String(none)}>` },
    });
    const said = await row('messages', shared);
    expect(said).toMatchObject({
      ...{ senderId: twin, body: text, excerpt: text },
      reactions: [{ emoji: '🎉', userIds: [person, twin, zoe] }],
    });
    expect(said.tokens).toEqual(messageTokens(said as never));
    const messages = await database.connection
      .collection('messages')
      .find({ channelId: inOther })
      .sort({ seq: 1 })
      .toArray();
    expect(new Set(messages.map(({ senderId }) => String(senderId)))).toEqual(new Set([twin, none, zoe].map(String)));
    expect(messages[1]).toMatchObject({ senderId: twin, tokens: [] });
    const [report, edit, quoting, file] = await hanging();
    expect([report!.authorId, edit!.body, file!.ownerId]).toEqual([twin, `<@${String(twin)}> before`, twin]);
    expect(quoting!.quotes).toMatchObject([
      { authorId: twin, body: `to <@${String(none)}>` },
      { authorId: person, body: null },
    ]);
    // Nothing of the first cohort, of another channel, nor of anybody else.
    const after = await all();
    const without = (name: string, ...ids: Types.ObjectId[]) =>
      [before, after].map((rows) =>
        rows[name]!.filter(({ _id, channelId }) => !ids.some((one) => one.equals(_id) || one.equals(channelId))),
      );
    const untouched = [
      without('messages', inOther),
      without('channels', inOther),
      without('posts', quoting!._id),
      without('users', ...[marie, zoe, nobody, twin, none]),
    ];
    for (const [was, is] of untouched) expect(is).toEqual(was);
    expect(untouched.map(([was]) => was!.length)).toEqual([3, 2, 1, 3]);
  });

  it('given a run that is killed at any of its writes, then the next one ends as one that was not, and one more changes nothing', async () => {
    const { connection } = database;
    for (let writes = 1; ; writes += 1) {
      for (const name of COLLECTIONS) await connection.collection(name).deleteMany({});
      await seed(20);
      let left = writes;
      const isKilled = await partPlaceholders(dying(connection.db!, () => (left -= 1) === 0)).then(
        () => false,
        () => true,
      );
      await partPlaceholders(connection.db!);
      const [twin, none] = [await keyed(other, ofMarie()), await keyed(other, ofNobody())];
      const [channel, said] = [await row('channels', inOther), await row('messages', shared)];
      expect(channel).toMatchObject({ guests: [person, twin._id], awaits: [zoe, twin._id] });
      expect(channel['last']).toMatchObject({ senderId: twin._id, excerpt: `to <@${String(none._id)}>` });
      expect([said['senderId'], said['reactions'][0].userIds]).toEqual([twin._id, [person, twin._id, zoe]]);
      const senders = await connection.collection('messages').distinct('senderId', { channelId: inOther });
      expect(senders.map(String).sort()).toEqual([twin._id, none._id, zoe].map(String).sort());
      const [report, edit, quoting, file] = await hanging();
      const quote = quoting!['quotes'][0];
      expect([report!['authorId'], quote.authorId, file!['ownerId']]).toEqual([twin._id, twin._id, twin._id]);
      expect([edit!['body'], quote.body]).toEqual([`<@${String(twin._id)}> before`, `to <@${String(none._id)}>`]);
      expect(await connection.collection('users').countDocuments()).toBe(8);
      if (isKilled) continue;
      expect(writes).toBeGreaterThan(12);
      const done = await all();
      await migrate();
      expect(await all()).toEqual(done);
      return;
    }
  });

  it('given the other cohort has a placeholder of its own by then, then that one is said and none is made', async () => {
    const { connection } = database;
    const [own, early] = [id(), id()];
    await connection
      .collection('users')
      .insertMany([
        user(own, 'Marie of other', placeholderIn(other, ofMarie())),
        user(early, 'Zoé of other', placeholderIn(other, ofZoe())),
      ]);
    await migrate();
    expect(await row('channels', inOther)).toMatchObject({ guests: [person, own], awaits: [early, own] });
    expect((await row('messages', shared)).senderId).toEqual(own);
    expect((await row('users', own)).name).toBe('Marie of other');
    expect(await connection.collection('messages').countDocuments({ senderId: zoe })).toBe(0);
  });
});

const WRITES = new Set(['updateOne', 'updateMany', 'bulkWrite', 'findOneAndUpdate']);

/** A database whose writes fail, done or not, once it is time. */
function dying(db: NonNullable<Connection['db']>, isTime: () => boolean): NonNullable<Connection['db']> {
  const collection = (name: string) =>
    new Proxy(db.collection(name), {
      get(target, key) {
        const value = Reflect.get(target, key) as unknown;
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          if (WRITES.has(String(key)) && isTime()) throw new Error('killed');
          return (value as (...args: unknown[]) => unknown).apply(target, given);
        };
      },
    });
  return { collection } as NonNullable<Connection['db']>;
}
