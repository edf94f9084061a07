import { Types } from 'mongoose';
import { startWorld, type TestWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';
import { countQueries } from '../../support/queries.js';

const DAY = 86_400_000;

let world: TestWorld;
let [ines, leo, outsider]: TestPerson[] = [];
let cohortId: string;
let C: string;

beforeAll(async () => {
  world = await startWorld();
  outsider = await aMember(world, await aCohort(world), 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
});

const ask = async (title = 'How do we publish a dataset?', as = leo!, tags: readonly string[] = []) =>
  (await as.client.post(`${C}/topics`, { title, body: 'A table.', tags })).body.id as string;
const reply = async (topicId: string, as = leo!) => {
  // The clock of a test stands still: what is later must be made so.
  world.clock.advance(1000);
  return (await as.client.post(`${C}/topics/${topicId}/posts`, { body: 'Use the catalogue.' })).body.id as string;
};
const read = (topicId: string, number: number) => ines!.client.put(`${C}/topics/${topicId}/read`, { number });
const follow = (topicId: string, level: string) => ines!.client.put(`${C}/topics/${topicId}/subscription`, { level });
const listed = async (query: string, as = ines!) => {
  const { body } = await as.client.get(`${C}/topics?${query}`);
  return body.items.map(({ id }: { id: string }) => id) as string[];
};
const countOf = async (as = ines!) => (await as.client.get(`${C}/topics/counts`)).body.fresh as number;

describe('what is new', () => {
  it('given topics of others that I never opened, then they are; my own and those I opened are not', async () => {
    const first = await ask();
    world.clock.advance(1000);
    const second = await ask();
    await ask('Mine it is, of course', ines);
    expect(await listed('list=new')).toEqual([second, first]);
    await read(first, 1);
    expect(await listed('list=new')).toEqual([second]);
    // Opened once it never is new again, whatever is written in it.
    await reply(first);
    expect(await listed('list=new')).toEqual([second]);
    // What is new to me, and the reply in what I read; to the other person my own alone.
    expect(await countOf()).toBe(2);
    expect(await countOf(leo)).toBe(1);
  });

  it('given topics from before I joined, or older than 30 days, then they are not', async () => {
    const old = await ask();
    world.clock.advance(2 * DAY);
    const late = await aMember(world, cohortId, 'fellow');
    expect(await listed('list=new', late)).toEqual([]);
    await reply(old);
    expect(await listed('list=new', late)).toEqual([]);
    const fresh = await ask();
    expect(await listed('list=new', late)).toEqual([fresh]);
    world.clock.advance(31 * DAY);
    await reply(fresh);
    expect(await listed('list=new', late)).toEqual([]);
    expect(await countOf(late)).toBe(0);
  });

  it('given tags or the whole that I muted, then what has them is not, but for a tag that I chose a level for', async () => {
    const [law, geodata, both, none] = [
      await ask('A question of law', leo, ['law']),
      await ask('A question of maps', leo, ['geodata']),
      await ask('A question of both', leo, ['law', 'geodata']),
      await ask(),
    ];
    const ids = async () => new Set(await listed('list=new'));
    const level = (path: string, level: string) => ines!.client.put(`${C}/${path}/subscription`, { level });
    await level('tags/law', 'muted');
    expect(await ids()).toEqual(new Set([geodata, none]));
    await level('forum', 'muted');
    expect(await listed('list=new')).toEqual([]);
    await level('tags/law', 'normal');
    expect(await ids()).toEqual(new Set([law, both]));
    expect(await countOf()).toBe(2);
  });

  it('given one that I followed before it was kept when I read, then it is not, and stays out when I open it', async () => {
    const [id, never] = [await ask(), await ask()];
    const before = { userId: new Types.ObjectId(ines!.id), level: 'tracking', byItself: true };
    await world.db.collection('topic-subscriptions').insertMany([
      { ...before, topicId: new Types.ObjectId(id), readNumber: 1 },
      { ...before, topicId: new Types.ObjectId(never) },
    ]);
    expect(await listed('list=new')).toEqual([never]);
    await read(id, 1);
    expect(await listed('list=new')).toEqual([never]);
  });

  it.each([[true], [false]])(
    'given one in which I write, as by mail, then it is not (tracks: %s)',
    async (tracksTopics) => {
      await ines!.client.patch('/api/me', { tracksTopics });
      const id = await ask();
      await reply(id, ines);
      expect(await listed('list=new')).toEqual([]);
      expect((await ines!.client.get(`${C}/topics/${id}`)).body).toMatchObject({ readNumber: 0, unread: 1 });
    },
  );
});

describe('what is unread', () => {
  it('given topics that I watch or track, then those in which others wrote since I read them', async () => {
    const [watched, tracked, normal, muted, mine] = [
      await ask(),
      await ask(),
      await ask(),
      await ask(),
      await ask('Mine it is, of course', ines),
    ];
    await follow(watched, 'watching');
    await follow(tracked, 'tracking');
    await follow(muted, 'muted');
    await follow(normal, 'normal');
    for (const id of [watched, tracked, normal, muted]) await read(id, 1);
    expect(await listed('list=unread')).toEqual([]);
    for (const id of [tracked, watched, normal, muted, mine]) await reply(id);
    expect(await listed('list=unread')).toEqual([mine, watched, tracked]);
    expect(await countOf()).toBe(3);
    await reply(watched, ines);
    await read(tracked, 2);
    expect(await listed('list=unread')).toEqual([watched, mine]);
  });

  it('given the unread post is deleted, then the topic is read', async () => {
    const id = await ask();
    await follow(id, 'tracking');
    await read(id, 1);
    const post = await reply(id);
    expect(await listed('list=unread')).toEqual([id]);
    await leo!.client.delete(`${C}/posts/${post}`);
    expect(await listed('list=unread')).toEqual([]);
    expect(await countOf()).toBe(0);
  });

  it('given a cohort that I left, then its topics are in no list', async () => {
    const id = await ask();
    await follow(id, 'tracking');
    const elsewhere = await aCohort(world);
    const staff = await aMember(world, cohortId, 'staff');
    await staff.client.delete(`${C}/members/${ines!.id}`);
    expect((await ines!.client.get(`${C}/topics?list=unread`)).status).toBe(404);
    expect((await outsider!.client.get(`${C}/topics?list=new`)).status).toBe(404);
    const there = await aMember(world, elsewhere, 'fellow');
    expect((await there.client.get(`/api/cohorts/${elsewhere}/topics?list=unread`)).body.items).toEqual([]);
  });
});

describe('both lists', () => {
  it.each(['new', 'unread', 'fresh'])(
    'given list=%s in pages, narrowed or in another order, then as any list',
    async (list) => {
      const ids: string[] = [];
      for (let index = 0; index < 5; index += 1) {
        const id = await ask(`Question ${index} of five`, leo, index % 2 ? ['odd'] : []);
        await follow(id, 'tracking');
        ids.push(id);
        world.clock.advance(1000);
      }
      const first = (await ines!.client.get(`${C}/topics?list=${list}&limit=3`)).body;
      const second = await listed(`list=${list}&limit=3&cursor=${first.nextCursor}`);
      expect([...first.items.map(({ id }: { id: string }) => id), ...second]).toEqual(ids.toReversed());
      expect(await listed(`list=${list}&sort=oldest`)).toEqual(ids);
      expect(await listed(`list=${list}&tag=odd`)).toEqual([ids[3], ids[1]]);
      expect(await listed(`list=${list}&q=question`)).toHaveLength(5);
      expect(await listed(`list=${list}&state=solved`)).toEqual([]);
      expect(await countOf()).toBe(5);
    },
  );

  it('given more topics, then no more queries', async () => {
    for (let index = 0; index < 4; index += 1) await follow(await ask(), 'tracking');
    // What follows from these reads topics as well.
    await followOutbox(world);
    for (const [list, most] of [
      ['new', 4],
      ['unread', 6],
    ] as const)
      for (const limit of [1, 50]) {
        const queries = countQueries(world.db, ['topics', 'posts', 'topic-subscriptions']);
        await ines!.client.get(`${C}/topics?list=${list}&limit=${limit}`);
        expect(queries()).toBeLessThanOrEqual(most);
      }
  });

  it.each(['list=old', 'list=', 'list[$ne]=new'])('given %s, then 422', async (query) => {
    expect((await ines!.client.get(`${C}/topics?${query}`)).status).toBe(422);
  });
});

it('given lists that go further back than the latest topics, then each is there once, page after page, in whichever order', async () => {
  const begun: string[] = [];
  for (let index = 0; index < 7; index += 1) {
    world.clock.advance(1000);
    begun.push(await ask(`Question number ${index}`, leo, index % 2 === 0 ? ['even'] : []));
  }
  await ask('Mine it is, of course', ines);
  const [first, second] = begun as [string, string];
  for (const id of [first, second]) await follow(id, 'watching');
  for (const id of begun.slice(2, 6)) await read(id, 1);
  const all = async (query: string) => {
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path = `${C}/topics?limit=1&${query}${cursor && `&cursor=${cursor}`}`;
      const { body } = await ines!.client.get(path);
      found.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    }
    return found;
  };
  expect(await all('list=unread')).toEqual([second, first]);
  expect(await all('list=unread&sort=oldest')).toEqual([first, second]);
  expect(await all('list=unread&tag=even')).toEqual([first]);
  expect(await all('list=new')).toEqual([begun[6], second, first]);
  expect(await all('list=new&q=number&tag=even')).toEqual([begun[6], first]);
  // What is both new and unread is there once.
  await reply(begun[2]!);
  await follow(begun[2]!, 'tracking');
  expect(await all('list=fresh')).toEqual([begun[2], begun[6], second, first]);
  expect(await all('list=fresh&sort=oldest&tag=even')).toEqual([first, begun[2], begun[6]]);
  expect(await countOf()).toBe(4);
});
