import { eventually } from '../../../support/eventually.js';
import { connect } from '../../../support/client.js';
import { NOW, startWorld, type TestWorld } from '../../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';

/** Topics in which each member writes one reply in so many minutes. */
let world: TestWorld;
let C: string;
let [asker, helper, staff, outsider]: TestPerson[] = [];

const MINUTE = 60_000;
const later = (minutes: number) => new Date(Date.parse(NOW) + minutes * MINUTE).toISOString();

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  asker = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  helper = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  outsider = await aMember(world, await aCohort(world), 'staff');
});

const ask = async (title = 'Where are zebras?') => {
  const asked = await asker!.client.post(`${C}/topics`, { title, body: 'In plain words' });
  expect(asked.status).toBe(201);
  return asked.body;
};
const reply = async (topicId: string, as = helper!, more: object = {}) =>
  await as.client.post(`${C}/topics/${topicId}/posts`, { body: 'In the savannah.', ...more });
const slow = async (topicId: string, body: object = { minutes: 15 }, as = staff!) =>
  await as.client.put(`${C}/topics/${topicId}/slow`, body);
const read = async (topicId: string, as = helper!) => (await as.client.get(`${C}/topics/${topicId}`)).body;
const early = (until: string) => ({ status: 409, body: { code: 'slow_mode', until } });

it('given staff make a topic slow, then each writes one reply in that time, and is told from when on', async () => {
  const { id } = await ask();
  expect(await slow(id, { minutes: 15, why: 'Take a breath' })).toMatchObject({
    status: 200,
    body: {
      slow: { minutes: 15, until: null, why: 'Take a breath', by: { id: staff!.id }, at: NOW },
      nextReplyAt: null,
    },
  });
  expect((await read(id)).nextReplyAt).toBeNull();
  expect((await reply(id)).status).toBe(201);
  expect((await read(id)).nextReplyAt).toBe(later(15));
  expect((await read(id, asker)).nextReplyAt).toBeNull();
  world.clock.advance(15 * MINUTE - 1);
  expect(await reply(id)).toMatchObject(early(later(15)));
  // Each waits for themselves, also who asked.
  expect((await reply(id, asker)).status).toBe(201);
  expect((await reply(id, asker)).status).toBe(409);
  world.clock.advance(1);
  expect((await reply(id)).status).toBe(201);
  expect((await read(id)).posts).toBe(4);
});

it('given staff, an edit, or the choice of an answer, then nobody waits', async () => {
  const { id } = await ask();
  await slow(id);
  const own = (await reply(id)).body;
  expect((await helper!.client.patch(`${C}/posts/${own.id}`, { body: 'In the plains.' })).status).toBe(200);
  expect((await reply(id, asker)).status).toBe(201);
  expect((await asker!.client.put(`${C}/topics/${id}/answer`, { postId: own.id })).status).toBe(200);
  for (let twice = 0; twice < 2; twice += 1) expect((await reply(id, staff)).status).toBe(201);
  expect((await read(id, staff)).nextReplyAt).toBeNull();
});

it('given a reply that is taken back, or written before it was slow, then it counts', async () => {
  const { id } = await ask();
  await reply(id, asker);
  world.clock.advance(10 * MINUTE);
  await slow(id);
  expect((await read(id, asker)).nextReplyAt).toBe(later(15));
  expect(await reply(id, asker)).toMatchObject(early(later(15)));
  const own = (await reply(id)).body;
  await helper!.client.delete(`${C}/posts/${own.id}`);
  expect(await reply(id)).toMatchObject(early(later(25)));
  // Another time holds from now on, from the same reply.
  await slow(id, { minutes: 5 });
  expect((await reply(id, asker)).status).toBe(201);
  await slow(id, { minutes: 1440 });
  expect((await read(id)).nextReplyAt).toBe(later(10 + 1440));
});

it('given two tabs of somebody at two processes, then one reply is written', async () => {
  for (let round = 0; round < 3; round += 1) {
    const { id } = await ask();
    await slow(id);
    const sent = await Promise.all(
      [0, 1, 0, 1].map((node) =>
        helper!.client.on(world.nodes[node]!.url).post(`${C}/topics/${id}/posts`, { body: 'Me' }),
      ),
    );
    expect(sent.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect((await read(id)).posts).toBe(2);
  }
});

it('given a reply is sent again after its answer was lost, then it is the one that is there', async () => {
  const { id } = await ask();
  await slow(id);
  const first = await reply(id, helper, { clientId: 'reply-of-ali' });
  const again = await reply(id, helper, { clientId: 'reply-of-ali' });
  expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id]);
  expect((await read(id)).posts).toBe(2);
});

it('given a draft, then it is there after it came too early', async () => {
  const { id } = await ask();
  await slow(id);
  await reply(id);
  const key = `topic-${id}`;
  await helper!.client.put(`/api/me/drafts/${key}`, { revision: 0, body: 'More of it' });
  expect((await reply(id, helper, { body: 'More of it', draft: 1 })).status).toBe(409);
  expect((await helper!.client.get(`/api/me/drafts/${key}`)).body.draft).toMatchObject({ body: 'More of it' });
});

it('given a last day, then it ends by itself; given staff end it, then at once, and both are in the trail', async () => {
  const { id } = await ask();
  const today = NOW.slice(0, 10);
  expect(await slow(id, { minutes: 60, until: '2020-01-01' })).toMatchObject({
    ...{ status: 422, body: { errors: [{ field: '/until', code: 'past' }] } },
  });
  expect((await slow(id, { minutes: 60, until: '2099-01-01' })).body.errors).toMatchObject([{ code: 'too_far' }]);
  expect((await slow(id, { minutes: 7 })).body.errors).toMatchObject([{ field: '/minutes' }]);
  expect((await slow(id, { minutes: 1440, until: today, why: 'Until tomorrow' })).body.slow.until).toBe(today);
  await reply(id);
  expect((await reply(id)).status).toBe(409);
  world.clock.advance(24 * 60 * MINUTE - MINUTE);
  expect(await read(id)).toMatchObject({ slow: null, nextReplyAt: null });
  expect((await reply(id)).status).toBe(201);
  await slow(id, { minutes: 5 });
  expect((await reply(id)).status).toBe(409);
  for (let twice = 0; twice < 2; twice += 1)
    expect((await staff!.client.delete(`${C}/topics/${id}/slow`)).body).toMatchObject({ slow: null });
  expect((await reply(id)).status).toBe(201);
  const { items } = (await helper!.client.get(`${C}/topics/${id}/acts`)).body;
  expect(items).toMatchObject([
    { what: 'hastened', by: { id: staff!.id }, minutes: null },
    { what: 'slowed', minutes: 5, until: null, why: null },
    { what: 'slowed', minutes: 1440, until: today, why: 'Until tomorrow' },
  ]);
});

it('given posts that are moved or merged into a slow topic, then they are no replies, and it stays slow', async () => {
  const [one, two] = [await ask('Where is the seal?'), await ask('Who has the seal?')];
  await slow(one.id);
  const moved = (await reply(two.id)).body;
  const move = { postIds: [moved.id], toTopicId: one.id };
  expect((await staff!.client.post(`${C}/topics/${two.id}/move`, move)).body.slow).toMatchObject({ minutes: 15 });
  expect((await reply(one.id)).status).toBe(201);
  expect((await reply(one.id)).status).toBe(409);
  const merged = await staff!.client.post(`${C}/topics/${one.id}/merge`, { intoTopicId: two.id });
  expect(merged.body).toMatchObject({ id: two.id, slow: null });
  expect((await reply(two.id)).status).toBe(201);
});

it('given somebody looks, then they see it at once', async () => {
  const { id } = await ask();
  const device = await connect(world.nodes[1]!.url, helper!.token);
  await slow(id);
  await eventually(() =>
    expect(device.events.filter(({ event }) => event === 'topic.changed')).toMatchObject([
      { payload: { topicId: id } },
    ]),
  );
  device.close();
});

it('given who is not of the staff, another cohort, or nobody, then it is not theirs to make slow', async () => {
  const { id } = await ask();
  for (const as of [asker!, helper!]) {
    expect((await slow(id, { minutes: 15 }, as)).status).toBe(403);
    expect((await as.client.delete(`${C}/topics/${id}/slow`)).status).toBe(403);
  }
  expect((await slow(id, { minutes: 15 }, outsider)).status).toBe(404);
  expect((await outsider!.client.delete(`${C}/topics/${id}/slow`)).status).toBe(404);
  const nobody = await fetch(`${world.url}${C}/topics/${id}/slow`, { method: 'DELETE' });
  expect(nobody.status).toBe(401);
  expect(await read(id)).toMatchObject({ slow: null, abilities: { slow: false } });
  expect((await read(id, staff)).abilities.slow).toBe(true);
});
