import { Types } from 'mongoose';
import { NoticeEnds } from '../../../src/notifications/inbox/notice-ends.js';
import { NoticeMoves } from '../../../src/notifications/inbox/notice-moves.js';
import { Notifier, type Notice } from '../../../src/notifications/notifier.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf, connect } from '../../support/client.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let world: TestWorld;
let cohort: string;
beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
});
afterAll(() => world.stop());

let told = 0;
const tell = async (person: TestPerson, by: string, notice: Partial<Notice> = {}): Promise<string> => {
  world.clock.advance(1000);
  told += 1;
  await world.app.get(Notifier).notify({
    ...{ userIds: [person.id], cohortId: cohort, kind: 'topic.replied', why: 'watching' },
    ...{ params: { by, title: 'Old codes', excerpt: '' }, link: `/c/${cohort}/forum/1`, key: `told-${told}` },
    ...notice,
  });
  return (await person.client.get('/api/me/inbox')).body.items[0].id;
};
const listOf = async (person: TestPerson, query = '') => {
  const { status, body } = await person.client.get(`/api/me/inbox${query}`);
  expect(status).toBe(200);
  return { by: body.items.map((one: any) => one.params.by), unread: body.unread };
};
const put = async (person: TestPerson, body: object) => (await person.client.put('/api/me/inbox/place', body)).status;
const inAWhile = (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString();
/** Without its mail, which goes its own way. */
const rowOf = (id: string) =>
  world.db.collection('notifications').findOne({ _id: new Types.ObjectId(id) }, { projection: { mail: 0 } });

describe('done', () => {
  it('given notices that are done, then they leave the inbox and its count for a list of their own, on all devices; taken back they are as they were', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const [first, second, third] = [await tell(fellow, 'A'), await tell(fellow, 'B'), await tell(fellow, 'C')];
    await fellow.client.post('/api/me/inbox/read', { ids: [second] });
    const devices = await Promise.all(world.nodes.map((node) => connect(node.url, fellow.token)));
    world.clock.advance(1000);
    expect(await put(fellow, { place: 'done', ids: [first, second] })).toBe(204);
    expect(await listOf(fellow)).toEqual({ by: ['C'], unread: 1 });
    expect(await listOf(fellow, '?unread=true')).toEqual({ by: ['C'], unread: 1 });
    expect((await listOf(fellow, '?place=done')).by).toEqual(['B', 'A']);
    expect((await fellow.client.get('/api/me/inbox?place=done')).body.items[0]).toMatchObject({
      ...{ id: second, place: 'done', at: world.clock.now().toISOString(), readAt: expect.any(String) },
    });
    expect(await put(fellow, { place: 'inbox', ids: [first, second] })).toBe(204);
    const { items } = (await fellow.client.get('/api/me/inbox')).body;
    expect(items.map(({ id, readAt, at, createdAt }: any) => [id, readAt !== null, at === createdAt])).toEqual([
      [third, false, true],
      [second, true, true],
      [first, false, true],
    ]);
    for (const device of devices) {
      await eventually(() =>
        expect(device.events.filter(({ event }) => event === 'notification.moved').map((one) => one.payload)).toEqual([
          { ids: [first, second], place: 'done' },
          { ids: [first, second], place: 'inbox' },
        ]),
      );
      device.close();
    }
  });

  it('given a double click, also on two processes at once, then it is done once, and stands where it stood when taken back', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const id = await tell(fellow, 'A');
    const before = await rowOf(id);
    const put2 = (body: object) =>
      Promise.all(
        world.nodes.map((node) => clientOf(node.url, fellow.token).put('/api/me/inbox/place', { ids: [id], ...body })),
      );
    expect((await put2({ place: 'done' })).map(({ status }) => status)).toEqual([204, 204]);
    const once = await rowOf(id);
    world.clock.advance(1000);
    expect(await put(fellow, { place: 'done', ids: [id] })).toBe(204);
    expect(await rowOf(id)).toEqual(once);
    await put2({ place: 'inbox' });
    expect(await rowOf(id)).toEqual(before);
    await put2({ place: 'snoozed', until: inAWhile(HOUR) });
    await put(fellow, { place: 'done', ids: [id] });
    await put2({ place: 'inbox' });
    expect(await rowOf(id)).toEqual(before);
  });

  it('given many, then their list comes in pages, the last done first', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    for (const by of ['A', 'B', 'C', 'D', 'E']) {
      const id = await tell(fellow, by);
      if (by !== 'C') await put(fellow, { place: 'done', ids: [id] });
    }
    const first = (await fellow.client.get('/api/me/inbox?place=done&limit=2')).body;
    const rest = await listOf(fellow, `?place=done&limit=2&cursor=${first.nextCursor}`);
    expect([first.items.map((one: any) => one.params.by), rest.by]).toEqual([
      ['E', 'D'],
      ['B', 'A'],
    ]);
  });
});

describe('snoozed', () => {
  it('given one that is snoozed, then it comes back at its time, unread and first, and pages that are open hear of that once', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const [first, second] = [await tell(fellow, 'A'), await tell(fellow, 'B')];
    await fellow.client.post('/api/me/inbox/read', { ids: [second] });
    const until = inAWhile(HOUR);
    expect(await put(fellow, { place: 'snoozed', ids: [first, second], until })).toBe(204);
    expect(await put(fellow, { place: 'snoozed', ids: [first, second], until })).toBe(204);
    const third = await tell(fellow, 'C');
    expect(await listOf(fellow)).toEqual({ by: ['C'], unread: 1 });
    expect((await listOf(fellow, '?place=snoozed')).by).toEqual(['A', 'B']);
    expect((await fellow.client.get('/api/me/inbox?place=snoozed')).body.items[0]).toMatchObject({
      ...{ id: first, place: 'snoozed', at: until, readAt: null },
    });
    // "All read" is about what stands in the inbox.
    await fellow.client.post('/api/me/inbox/read', { before: inAWhile(0) });
    await fellow.client.post('/api/me/inbox/read', { ids: [first] });
    world.clock.advance(HOUR - 2000);
    expect(await listOf(fellow)).toEqual({ by: ['C'], unread: 0 });

    const device = await connect(world.nodes[1]!.url, fellow.token);
    const hints = () => device.events.filter(({ event }) => event === 'notification.moved').map((one) => one.payload);
    world.clock.advance(2000);
    await Promise.all(world.nodes.map((node) => node.app.get(NoticeMoves).turn()));
    const back = () => hints().flatMap(({ place, ids }: any) => (place === 'inbox' ? ids : []));
    await eventually(() => expect(back().sort()).toEqual([first, second]));
    await world.app.get(NoticeMoves).turn();
    await put(fellow, { place: 'done', ids: [third] });
    await eventually(() => expect(hints().at(-1)).toEqual({ ids: [third], place: 'done' }));
    expect(back().sort()).toEqual([first, second]);
    await put(fellow, { place: 'inbox', ids: [third] });
    device.close();
    const { items, unread } = (await fellow.client.get('/api/me/inbox')).body;
    expect(items.map(({ id, place, at, readAt }: any) => [id, place, at === until, readAt === null])).toEqual([
      [second, 'inbox', true, true],
      [first, 'inbox', true, true],
      [third, 'inbox', false, false],
    ]);
    expect(unread).toBe(2);
    expect((await listOf(fellow, '?place=snoozed')).by).toEqual([]);
  });

  it('given a mail that waited as its notice was snoozed, then neither that nor another leaves', async () => {
    const [fellow, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const before = world.clock.now();
    world.clock.set('2026-10-13T19:30:00.000Z'); // 21:30 in Paris
    const id = await tell(fellow, 'A');
    await tell(other, 'A');
    await put(fellow, { place: 'snoozed', ids: [id], until: '2026-10-14T05:00:00.000Z' });
    world.clock.set('2026-10-14T06:00:00.000Z');
    await deliver(world);
    expect(await world.mail.to(other.email)).toHaveLength(1);
    expect(world.mail.mails.filter((one) => JSON.stringify(one.to).includes(fellow.email))).toEqual([]);
    expect(await listOf(fellow)).toEqual({ by: ['A'], unread: 1 });
    world.clock.set(before);
  });

  it('given one that came back and becomes a mention then, then it is told like one that never was away', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const before = world.clock.now();
    world.clock.set('2026-10-13T19:30:00.000Z'); // 21:30 in Paris
    const id = await tell(fellow, 'A', { key: 'comes-back' });
    await put(fellow, { place: 'snoozed', ids: [id], until: '2026-10-14T04:00:00.000Z' });
    world.clock.set('2026-10-14T04:30:00.000Z');
    await world.app.get(Notifier).notify({
      ...{ userIds: [fellow.id], cohortId: cohort, kind: 'forum.mentioned', why: 'mentioned', key: 'comes-back' },
      ...{ params: { by: 'A', title: 'What $set costs', excerpt: '$name' }, link: `/c/${cohort}/forum/1` },
    });
    expect(await rowOf(id)).toMatchObject({
      ...{ kind: 'forum.mentioned', snoozedUntil: null, readAt: null },
      params: { title: 'What $set costs', excerpt: '$name' },
    });
    world.clock.set('2026-10-14T06:00:00.000Z');
    await deliver(world);
    expect(await world.mail.to(fellow.email)).toMatchObject([{ subject: expect.stringContaining('$set costs') }]);
    world.clock.set(before);
  });

  it('given one that grows in strength while it is snoozed, then no device shows it', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const id = await tell(fellow, 'A', { key: 'grows' });
    await put(fellow, { place: 'snoozed', ids: [id], until: inAWhile(HOUR) });
    const device = await connect(world.nodes[1]!.url, fellow.token);
    const mentioned: Partial<Notice> = { kind: 'forum.mentioned', why: 'mentioned' };
    await world.app.get(Notifier).notify({
      ...{ userIds: [fellow.id], cohortId: cohort, link: '/', key: 'grows', ...mentioned },
      ...{ kind: 'forum.mentioned', why: 'mentioned', params: { by: 'A', title: 'Old codes', excerpt: '' } },
    });
    expect(await rowOf(id)).toMatchObject({ kind: 'forum.mentioned' });
    await tell(fellow, 'B');
    const created = () => device.events.filter(({ event }) => event === 'notification.created');
    await eventually(() => expect(created()).toHaveLength(1));
    expect(created()[0]?.payload).toMatchObject({ params: { by: 'B' } });
    device.close();
  });

  it('given bad times, then a problem says which, and nothing moves', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const id = await tell(fellow, 'A');
    const problem = async (until: string) =>
      (await fellow.client.put('/api/me/inbox/place', { place: 'snoozed', ids: [id], until })).body.errors;
    expect(await problem(inAWhile(0))).toEqual([{ field: '/until', code: 'past' }]);
    expect(await problem(inAWhile(367 * DAY))).toEqual([{ field: '/until', code: 'too_far' }]);
    const now = world.clock.now();
    // By then it is deleted.
    world.clock.advance(100 * DAY);
    expect(await problem(inAWhile(300 * DAY))).toEqual([{ field: '/until', code: 'too_far' }]);
    world.clock.set(now);
    expect(await listOf(fellow)).toEqual({ by: ['A'], unread: 1 });
  });
});

describe('the lists', () => {
  it('given kinds of all sorts, then the inbox is narrowed to mentions, to a group, and to what belongs to none', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    await tell(fellow, 'reply');
    await tell(fellow, 'forum', { kind: 'forum.mentioned', why: 'mentioned' });
    await tell(fellow, 'chat', {
      kind: 'chat.mentioned',
      why: 'mentioned',
      params: { by: 'chat', channel: 'G', excerpt: '' },
    });
    await tell(fellow, 'self', {
      kind: 'note.self',
      why: 'self',
      params: { by: 'self', channel: 'none', excerpt: '' },
    });
    const by = async (query: string) => (await listOf(fellow, query)).by;
    expect(await by('?about=mentions')).toEqual(['chat', 'forum']);
    expect(await by('?about=forum')).toEqual(['forum', 'reply']);
    expect(await by('?about=chat&unread=true')).toEqual(['chat']);
    expect(await by('?about=other')).toEqual(['self']);
    expect(await by('?about=workshops')).toEqual([]);
    expect((await fellow.client.get('/api/me/inbox?about=all')).status).toBe(422);
    expect((await fellow.client.get('/api/me/inbox?place=gone')).status).toBe(422);
  });

  it('given notices of another person, or no login, then nothing moves', async () => {
    const [fellow, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const [mine, theirs] = [await tell(fellow, 'mine'), await tell(other, 'theirs')];
    for (const place of [{ place: 'done' }, { place: 'inbox' }, { place: 'snoozed', until: inAWhile(HOUR) }]) {
      expect(await put(fellow, { ...place, ids: [theirs] })).toBe(404);
      expect((await clientOf(world.url).put('/api/me/inbox/place', { ...place, ids: [mine] })).status).toBe(401);
    }
    expect(await put(fellow, { place: 'done', ids: [mine, theirs, 'nonsense'] })).toBe(204);
    expect(await listOf(fellow)).toEqual({ by: [], unread: 0 });
    expect(await listOf(other)).toEqual({ by: ['theirs'], unread: 1 });
    expect(await put(fellow, { place: 'done', ids: [] })).toBe(422);
    expect(await put(fellow, { place: 'snoozed', ids: [mine] })).toBe(422);
    expect(await put(fellow, { place: 'done', ids: [mine], until: inAWhile(HOUR) })).toBe(422);
  });

  it('given old notices, then done and snoozed ones end as all do', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const [done, snoozed] = [await tell(fellow, 'done'), await tell(fellow, 'snoozed')];
    await put(fellow, { place: 'done', ids: [done] });
    await put(fellow, { place: 'snoozed', ids: [snoozed], until: inAWhile(300 * DAY) });
    const now = world.clock.now();
    world.clock.advance(401 * DAY);
    while ((await world.app.get(NoticeEnds).turn()) > 0);
    expect([await rowOf(done), await rowOf(snoozed)]).toEqual([null, null]);
    world.clock.set(now);
  });
});
