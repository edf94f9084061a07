import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import { HOUR } from '../../../src/common/times/clock.js';
import { TEXT_OF_DAY } from '../../../src/infra/redis/text-of-day.js';
import { PLANS_OF_DAY } from '../../../src/bridges/scheduled-messages/scheduled.service.js';
import { MAX_OPEN_CHANNELS, MAX_UNSPOKEN } from '../../../src/chat/channels/channel-room.js';
import { NEW_OF_DAY } from '../../../src/chat/channels/channels.service.js';
import { type Limit, RateLimits } from '../../../src/infra/redis/rate-limits.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { channelOf, say } from '../../support/rooms/chat.js';

/** What one person writes and makes in chat has an end, so that nobody fills the disk with it. */
let world: TestWorld;
let cohortId: string;
let [ines, leo]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { RATE_LIMITS: 'on' } });
  cohortId = await aCohort(world);
});
afterAll(() => world.stop());
beforeEach(async () => {
  ines = await aMember(world, cohortId, 'fellow');
  leo = await aMember(world, cohortId, 'fellow');
});

/** As if a person had used up all of their day but so much. */
const leave = async (limit: Limit, left: number, { id }: TestPerson) =>
  await world.app.get(RateLimits).take(limit, id, limit.points - left);
const send = async (person: TestPerson, channelId: string, body: string) =>
  (await person.client.post(`/api/channels/${channelId}/messages`, { clientId: randomUUID(), body })).status;
const LONG = '界'.repeat(8000);

it('given texts without end, then their bytes and their number have one in a day, edited ones too; others write on', async () => {
  const { id } = await channelOf(ines!, 'cohort');
  await leave(TEXT_OF_DAY, 53_000, ines!);
  const first = await say(ines!, id, LONG);
  const edit = async (body: string) =>
    (await ines!.client.patch(`/api/channels/${id}/messages/${first.id}`, { body })).status;
  expect(await edit(`${LONG.slice(1)}.`)).toBe(200);
  // 4,000 bytes are left: eight rows of some letters.
  const few: number[] = [];
  for (let n = 0; n < 9; n += 1) few.push(await send(ines!, id, 'x'));
  expect(few.filter((status) => status === 201).length).toBeGreaterThan(5);
  expect(few.at(-1)).toBe(429);
  expect([await edit('shorter'), await send(leo!, id, LONG)]).toEqual([429, 201]);
  // A page that is told to wait for a moment would wait for it in silence; this one says why.
  const live = await connect(world.nodes[1]!.url, ines!.token);
  const refused = await live.ask('channel:send', { channelId: id, clientId: randomUUID(), body: 'x' });
  expect(refused).toMatchObject({ ok: false, error: { code: 'text_day_full' } });
  live.close();
});

it('given a whole day of talk, then nobody is held up', () => {
  // Six hundred messages of half a page.
  expect(TEXT_OF_DAY.points).toBeGreaterThan(600 * 2000);
});

it('given channels that one person made, then so many are open at once, also made together on two nodes; closing one makes room', async () => {
  const made = new Types.ObjectId(ines!.id);
  const createdAt = world.clock.now();
  const row = (index: number, more: object = {}) => {
    const _id = new Types.ObjectId();
    return {
      ...{ _id, cohortId: new Types.ObjectId(cohortId), kind: 'private', key: `private:${String(_id)}` },
      ...{ name: `c${index}`, nameKey: null, topic: '', rev: 0, headSeq: 0, last: null, createdBy: made, createdAt },
      ...{ archivedAt: null as Date | null, ...more },
    };
  };
  const open = Array.from({ length: MAX_OPEN_CHANNELS - 1 }, (_, index) => row(index));
  const others = [row(900, { archivedAt: createdAt }), row(901, { key: `slack:${cohortId}:C1` })];
  await world.db.collection('channels').insertMany([...open, ...others]);
  const make = (node = 0, person = ines!) =>
    person.client.on(world.nodes[node]!.url).post(`/api/cohorts/${cohortId}/channels`, { name: 'one more' });
  const answers = await Promise.all([make(0), make(1), make(0), make(1)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
    code: 'too_many_channels',
    most: MAX_OPEN_CHANNELS,
  });
  expect((await make(0, leo)).status).toBe(201);
  const { id } = answers.find(({ status }) => status === 201)!.body as { id: string };
  const close = async (archived: boolean) =>
    (await ines!.client.patch(`/api/channels/${id}`, { archived })).body.code as string | undefined;
  expect(await close(true)).toBeUndefined();
  expect((await make()).status).toBe(201);
  expect(await close(false)).toBe('too_many_channels');
});

it('given conversations that one person only opened, then so many are there; a word in one makes room, also for the next at once', async () => {
  const createdBy = new Types.ObjectId(ines!.id);
  const row = () => {
    const _id = new Types.ObjectId();
    return {
      ...{ _id, cohortId: null, kind: 'direct', key: `direct:${[ines!.id, String(_id)].sort().join(',')}`, name: '' },
      ...{ nameKey: null, topic: '', rev: 0, headSeq: 0, last: null, createdBy, archivedAt: null },
      createdAt: world.clock.now(),
    };
  };
  await world.db.collection('channels').insertMany(Array.from({ length: MAX_UNSPOKEN - 1 }, row));
  const others = [leo!, await aMember(world, cohortId, 'coach'), await aMember(world, cohortId, 'host')];
  const open = (other: TestPerson, node = 0) =>
    ines!.client.on(world.nodes[node]!.url).post('/api/direct', { userIds: [other.id] });
  const answers = await Promise.all(others.map((other, at) => open(other, at % 2)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  const refused = answers.find(({ status }) => status === 409);
  expect(refused?.body).toMatchObject({ code: 'too_many_unspoken', most: MAX_UNSPOKEN });
  const { id } = answers.find(({ status }) => status === 200)!.body as { id: string };
  await say(ines!, id, 'Hello');
  const left = others.filter((_, at) => answers[at]?.status === 409);
  expect([(await open(left[0]!)).status, (await open(left[1]!)).status]).toEqual([200, 409]);
});

it('given channels that are made and closed again and again, then a day of them has an end', async () => {
  await leave(NEW_OF_DAY, 1, ines!);
  const make = async () => (await ines!.client.post(`/api/cohorts/${cohortId}/channels`, { name: 'again' })).status;
  expect([await make(), await make()]).toEqual([201, 429]);
});

it('given messages for later that were sent, then their rows end, those that wait do not, and a day of them has an end', async () => {
  const dueAt = new Date(world.clock.now().getTime() + HOUR).toISOString();
  const note = async () => {
    const wanted = { clientId: randomUUID(), body: 'Water', dueAt };
    return (await ines!.client.post('/api/scheduled/notes', wanted)) as { status: number; body: { id: string } };
  };
  const [sent, waits] = [(await note()).body, (await note()).body];
  expect((await ines!.client.post(`/api/scheduled/${sent.id}/send`)).status).toBeLessThan(300);
  const rows = world.db.collection('scheduled');
  await eventually(async () => {
    const row = await rows.findOne({ _id: new Types.ObjectId(sent.id) });
    // As the database counts, whatever the clock of the domain says.
    expect(Math.abs(Date.now() - Number(row?.['sentAt']))).toBeLessThan(HOUR);
  });
  expect(await rows.findOne({ _id: new Types.ObjectId(waits.id) })).not.toHaveProperty('sentAt');
  const ends = (await rows.indexes()).find(({ key }) => 'sentAt' in key);
  expect(ends).toMatchObject({ expireAfterSeconds: 7 * 86_400 });
  await leave(PLANS_OF_DAY, 2, leo!);
  const later = async () =>
    (await leo!.client.post('/api/scheduled/notes', { clientId: randomUUID(), body: 'x', dueAt })).status;
  expect([await later(), await later(), await later()]).toEqual([201, 201, 429]);
});
