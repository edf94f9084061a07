import fc from 'fast-check';
import { Types } from 'mongoose';
import type { Post, TopicSummary } from '../../../src/contracts/forums.js';
import { startWorld, type TestWorld } from '../../support/app.js';

import { type LiveClient, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { recounted } from '../../support/rooms/forum.js';

const RUNS = 5;
const BUSY_RUNS = 3;
const ACTS = 50;

let world: TestWorld;
let C: string;
let cohort: string;
let people: TestPerson[];
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
  C = `/api/cohorts/${cohort}`;
  people = await Promise.all(['Inès', 'Léo', 'Zoé'].map((name) => aMember(world, cohort, 'fellow', { name })));
  staff = await aMember(world, cohort, 'staff', { name: 'Aurore' });
});
afterAll(() => world.stop());

/** One act: who does what on which device, each of which is at another process, with what was there before. */
const act = fc.record({
  who: fc.nat(2),
  device: fc.nat(1),
  what: fc.constantFrom('reply', 'reply', 'reply', 'delete', 'read', 'read', 'read', 'mute'),
  at: fc.nat(40),
  /** Not waited for: the next act overlaps with it. */
  hasty: fc.boolean(),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

it('given any replies, deletes and reading of three people with two devices each, then pointers, counts and lists are those of a fresh recount', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: ACTS, maxLength: ACTS }), async (acts) => {
      const topicIds = await Promise.all(people.map((person) => ask(person)));
      const devices = await Promise.all(
        people.flatMap(({ token }) => world.nodes.map(({ url }) => connect(url, token))),
      );
      try {
        const furthest = new Map<string, number>();
        const hasty: Promise<void>[] = [];
        for (const one of acts) {
          const done = play(topicIds[one.at % topicIds.length]!, one, furthest);
          if (one.hasty) hasty.push(done);
          else await done;
        }
        await Promise.all(hasty);
        for (const [who, person] of people.entries()) {
          for (const topicId of topicIds)
            await isRight(person, topicId, furthest.get(`${who} ${topicId}`) ?? 0, devices.slice(who * 2, who * 2 + 2));
          await areListed(person, topicIds);
        }
      } finally {
        devices.forEach((device) => device.close());
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});

/** What staff do meanwhile, and what else moves with a post. */
const STAFF = ['move', 'split', 'merge'] as const;
const OPINIONS = ['vote', 'accept', 'restore'] as const;
const busyAct = fc.record({
  ...{ who: fc.nat(2), device: fc.nat(1), at: fc.nat(40), to: fc.nat(40), hasty: fc.boolean() },
  what: fc.constantFrom('reply', 'reply', 'reply', 'delete', 'read', 'read', 'mute', ...OPINIONS, ...STAFF, 'move'),
});
type BusyAct = typeof busyAct extends fc.Arbitrary<infer T> ? T : never;

it('given staff move posts and merge topics meanwhile, then all that was written is in one place, and counters, lists and what is unread are those of a fresh recount', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(busyAct, { minLength: ACTS, maxLength: ACTS }), async (acts) => {
      const topicIds = await Promise.all([...people, ...people].map((person) => ask(person)));
      const hasty: Promise<void>[] = [];
      for (const one of acts) {
        world.clock.advance(1000);
        const done = playBusy(topicIds, one);
        if (one.hasty) hasty.push(done);
        else await done;
      }
      await Promise.all(hasty);
      const { kept, counted } = await recounted(world, cohort);
      expect(kept).toEqual(counted);
      await areFound(topicIds);
      const there = await livingOf(topicIds);
      for (const person of people) {
        for (const topicId of there) await isCounted(person, topicId);
        await areListed(person, there);
      }
    }),
    { numRuns: BUSY_RUNS, endOnFailure: true },
  );
});

/** What cannot be done any more, since something went away meanwhile, is refused. */
async function playBusy(topicIds: string[], one: BusyAct): Promise<void> {
  const { who, device, what, at, to } = one;
  const there = await livingOf(topicIds);
  const [topicId, otherId] = [there[at % there.length]!, there[to % there.length]!];
  const path = `${C}/topics/${topicId}`;
  const [client, lead] = [people[who]!.client, staff.client].map((each) => each.on(world.nodes[device]!.url));
  if (what === 'reply' || what === 'mute') {
    await play(topicId, { ...one, what }, new Map());
    return;
  }
  const posts = await postsOf(people[who]!, topicId);
  const replies = posts.filter(({ number, deletedAt }) => number > 1 && deletedAt === null);
  const post = replies[to % Math.max(1, replies.length)];
  if (what === 'read') await client!.put(`${path}/read`, { number: 1 + (at % 12) });
  const mine = replies.filter(({ abilities }) => abilities.delete);
  const own = mine[at % Math.max(1, mine.length)];
  if (what === 'delete' && own) await client!.delete(`${C}/posts/${own.id}`);
  if (what === 'vote' && post) await client!.put(`${C}/posts/${post.id}/vote`);
  if (what === 'accept' && post) await lead!.put(`${path}/answer`, { postId: post.id });
  if (what === 'restore') {
    const gone = posts.find(({ abilities }) => abilities.restore);
    if (gone) await client!.post(`${C}/posts/${gone.id}/restore`);
  }
  const postIds = replies.slice(to % 3, (to % 3) + 1 + (at % 3)).map(({ id }) => id);
  const answers = [];
  if (what === 'move' && postIds.length > 0)
    answers.push(await lead!.post(`${path}/move`, { postIds, toTopicId: otherId }));
  if (what === 'split' && postIds.length > 0) {
    const split = await lead!.post(`${path}/move`, { postIds, title: 'What came of it' });
    if (split.status === 200) topicIds.push(split.body.id as string);
    answers.push(split);
  }
  if (what === 'merge' && there.length > 3) answers.push(await lead!.post(`${path}/merge`, { intoTopicId: otherId }));
  for (const { status } of answers) expect([200, 404, 409, 422]).toContain(status);
}

async function livingOf(topicIds: readonly string[]): Promise<string[]> {
  const _id = { $in: topicIds.map((id) => new Types.ObjectId(id)) };
  const rows = await world.db.collection('topics').find({ _id, deletedAt: null }).toArray();
  return rows.map((row) => String(row._id));
}

/** Every place where a post was leads to where it is, unless that topic was deleted with it. */
async function areFound(topicIds: readonly string[]): Promise<void> {
  const posts = world.db.collection<{ topicId: Types.ObjectId; number: number; moved?: { postId: Types.ObjectId } }>(
    'posts',
  );
  for (const topicId of topicIds)
    for (const row of await posts.find({ topicId: new Types.ObjectId(topicId) }).toArray()) {
      const post = row.moved ? await posts.findOne({ _id: row.moved.postId }) : row;
      const topic = await world.db.collection('topics').findOne({ _id: post!.topicId });
      const { status, body } = await staff.client.get(`${C}/topics/${topicId}/posts/${row.number}`);
      expect(status).toBe(topic!['deletedAt'] ? 404 : 200);
      if (status === 404) continue;
      const path = `${C}/topics/${body.topicId}/posts?from=${body.number}&limit=1`;
      expect((await staff.client.get(path)).body.items[0]).toMatchObject({
        id: body.postId,
        number: body.number,
        moved: null,
      });
    }
}

async function isCounted(person: TestPerson, topicId: string): Promise<void> {
  const { readNumber, unread } = (await person.client.get(`${C}/topics/${topicId}`)).body;
  const news = (await postsOf(person, topicId)).filter(
    (post) => post.number > readNumber && post.author.id !== person.id && post.deletedAt === null,
  );
  expect({ topicId, unread }).toEqual({ topicId, unread: news.length });
}

const ask = async (person: TestPerson) =>
  (await person.client.post(`${C}/topics`, { title: 'How do we publish it?', body: 'A table.' })).body.id as string;

/** Everything of a topic, from the start; nothing where it went away. */
const postsOf = async (person: TestPerson, topicId: string) =>
  ((await person.client.get(`${C}/topics/${topicId}/posts?limit=200`)).body.items ?? []) as Post[];

/** What a person may not do (delete what is not theirs, or is gone) is refused, and changes nothing. */
async function play(topicId: string, { who, device, what, at }: Act, furthest: Map<string, number>): Promise<void> {
  const client = people[who]!.client.on(world.nodes[device]!.url);
  const path = `${C}/topics/${topicId}`;
  const key = `${who} ${topicId}`;
  const number = 1 + (at % 12);
  if (what === 'reply') await client.post(`${path}/posts`, { body: `Reply ${at}` });
  if (what === 'mute') await client.put(`${path}/subscription`, { level: at % 2 ? 'muted' : 'watching' });
  if (what === 'delete') {
    // Never the question: a topic in which nothing is left goes altogether.
    const mine = (await postsOf(people[who]!, topicId)).filter((post) => post.number > 1 && post.abilities.delete);
    const post = mine[at % Math.max(1, mine.length)];
    if (post) await client.delete(`${C}/posts/${post.id}`);
  }
  if (what === 'read') {
    const { status, body } = await client.put(`${path}/read`, { number });
    expect(status).toBe(200);
    expect(body.readNumber).toBeGreaterThanOrEqual(furthest.get(key) ?? 0);
    furthest.set(key, Math.max(furthest.get(key) ?? 0, Math.min(number, body.readNumber as number)));
  }
}

async function isRight(person: TestPerson, topicId: string, furthest: number, devices: LiveClient[]): Promise<void> {
  const posts = await postsOf(person, topicId);
  const [one, list] = await Promise.all([
    person.client.get(`${C}/topics/${topicId}`),
    person.client.on(world.nodes[1]!.url).get(`${C}/topics?limit=200`),
  ]);
  const counted = { readNumber: one.body.readNumber as number, unread: one.body.unread as number };
  const after = posts.filter(
    (post) => post.number > counted.readNumber && post.author.id !== person.id && post.deletedAt === null,
  );
  expect(counted).toEqual({ readNumber: furthest, unread: after.length });
  expect((list.body.items as TopicSummary[]).find(({ id }) => id === topicId)).toMatchObject(counted);
  if (furthest > 0)
    for (const device of devices)
      await eventually(() =>
        expect(
          Math.max(
            ...device.events
              .filter(({ event, payload }) => event === 'topic.read' && payload.topicId === topicId)
              .map(({ payload }) => payload.readNumber as number),
          ),
        ).toBe(furthest),
      );
}

/** My own lists hold of these topics what pointers and levels say, and the counts of all are those of the lists. */
async function areListed(person: TestPerson, topicIds: readonly string[]): Promise<void> {
  const topics = await Promise.all(topicIds.map(async (id) => (await person.client.get(`${C}/topics/${id}`)).body));
  const expected = {
    // Whoever wrote in one has opened it, however far they had read.
    new: topics.filter(({ readAt, author }) => readAt === null && author.id !== person.id),
    unread: topics.filter(({ unread, subscription }) => unread > 0 && ['watching', 'tracking'].includes(subscription)),
  };
  const both = new Set<string>();
  for (const list of ['new', 'unread'] as const) {
    const items = (await person.client.get(`${C}/topics?list=${list}&limit=200`)).body.items as TopicSummary[];
    items.forEach(({ id }) => both.add(id));
    const listed = items.map(({ id }) => id).filter((id) => topicIds.includes(id));
    expect(listed.sort()).toEqual(expected[list].map(({ id }) => id as string).sort());
  }
  const fresh = (await person.client.get(`${C}/topics?list=fresh&limit=200`)).body.items as TopicSummary[];
  expect(fresh.map(({ id }) => id).sort()).toEqual([...both].sort());
  expect((await person.client.get(`${C}/topics/counts`)).body.fresh).toBe(fresh.length);
}
