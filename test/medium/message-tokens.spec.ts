import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { messageTokens } from '../../src/common/texts/search-words.js';
import { migrations } from '../../src/infra/mongo/migrations.js';
import { freshDatabase } from '../support/app.js';

let database: { connection: Connection; drop: () => Promise<void> };
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const migrate = () => migrations.find(({ name }) => name.includes('found-by-words'))!.up(database.connection);
const senderId = new Types.ObjectId();
const message = (body: string, more = {}) => ({
  _id: new Types.ObjectId(),
  senderId,
  body,
  rev: 1,
  deletedAt: null,
  ...more,
});

describe('giving old messages what they are found by', () => {
  it('given more than a batch, some of them done or deleted, then each has its own, and a second run changes nothing', async () => {
    const messages = database.connection.collection('messages');
    const many = Array.from({ length: 1_200 }, (_, index) => message(`Événement ${index}`));
    const done = message('newer words', { tokens: ['kept'] });
    const deleted = message('', { deletedAt: new Date() });
    await messages.insertMany([...many, done, deleted]);
    await migrate();
    const rows = await messages.find().toArray();
    expect(rows.filter((row) => !Array.isArray(row.tokens))).toEqual([]);
    const tokensOf = (id: Types.ObjectId) => rows.find((row) => row._id.equals(id))!.tokens as string[];
    expect(tokensOf(many[1_100]!._id)).toEqual(messageTokens(many[1_100]!));
    expect(tokensOf(done._id)).toEqual(['kept']);
    expect(tokensOf(deleted._id)).toEqual([]);
    await migrate();
    expect(await messages.find().toArray()).toEqual(rows);
  });

  it('given a run that was cut off, then the next one goes on with what is left', async () => {
    const messages = database.connection.collection('messages');
    await messages.updateMany({ body: { $regex: '[02468]$' } }, { $unset: { tokens: 1 } });
    await migrate();
    expect(await messages.countDocuments({ tokens: { $exists: false } })).toBe(0);
  });
});

describe('giving old texts their excerpts', () => {
  it('given messages and workshops, some of them done, then each has the plain words of its own, and a second run changes nothing', async () => {
    const up = () => migrations.find(({ name }) => name.includes('excerpts'))!.up(database.connection);
    const [messages, workshops] = ['messages', 'workshops'].map((name) => database.connection.collection(name));
    const named = message(`**Look**, <@${'a'.repeat(24)}>`);
    const done = message('newer', { excerpt: 'kept' });
    await messages!.insertMany([named, done, ...Array.from({ length: 600 }, (_, index) => message(`_${index}_`))]);
    const workshop = { _id: new Types.ObjectId(), description: '# Bring\n\n- a [laptop](https://a.example)' };
    await workshops!.insertMany([workshop]);
    await up();
    const excerptOf = async (id: Types.ObjectId) => (await messages!.findOne({ _id: id }))!.excerpt as string;
    expect(await excerptOf(named._id)).toBe(`Look, <@${'a'.repeat(24)}>`);
    expect(await excerptOf(done._id)).toBe('kept');
    expect((await workshops!.findOne({ _id: workshop._id }))!.excerpt).toBe('Bring a laptop');
    expect(await messages!.countDocuments({ excerpt: { $exists: false } })).toBe(0);
    const rows = await messages!.find().toArray();
    await up();
    expect(await messages!.find().toArray()).toEqual(rows);
  });
});
