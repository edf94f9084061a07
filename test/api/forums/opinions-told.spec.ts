import { startWorld, type TestWorld } from '../../support/app.js';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { connect } from '../../support/client.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';

/** What changes nothing is told to nobody: everybody who looks at the forum would ask for it again. */
let world: TestWorld;
let C: string;
let [asker, voter]: TestPerson[] = [];
let question: string;

const told = (events: { event: string }[]) => events.filter(({ event }) => event === 'topic.changed').length;

beforeAll(async () => {
  world = await startWorld({});
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  [asker, voter] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'fellow')];
  const topic = await asker.client.post(`${C}/topics`, { title: 'Who knows this?', body: 'Say so.' });
  question = topic.body.question.id as string;
});
afterAll(() => world.stop());

it('given votes and levels that are there already, then nothing is told and nothing planned', async () => {
  const live = await connect(world.url, asker!.token);
  const vote = `${C}/posts/${question}/vote`;
  for (let times = 0; times < 3; times += 1) expect((await voter!.client.delete(vote)).status).toBe(204);
  for (let times = 0; times < 3; times += 1) expect((await voter!.client.put(vote)).status).toBe(204);
  const [topic] = (await voter!.client.get(`${C}/topics`)).body.items as { id: string; votes: number }[];
  expect(topic!.votes).toBe(1);
  await world.settled();
  expect(live.events.filter(({ event }) => event === 'topic.changed')).toHaveLength(1);
  const rows = jest.spyOn(world.app.get(Outbox), 'write');
  for (const level of ['muted', 'muted', 'muted', 'normal'])
    await voter!.client.put(`${C}/topics/${topic!.id}/subscription`, { level });
  expect(rows.mock.calls.filter(([kind]) => kind.name === 'forum-level.changed')).toHaveLength(2);
  live.close();
});

it('given a wiki, a title and tags, an answer or a pin that are so already, then each is told once and written once for who follows', async () => {
  const staff = await aMember(world, C.slice(-24), 'staff');
  const made = await asker!.client.post(`${C}/topics`, {
    title: 'How do we meet?',
    body: 'Say so.',
    tags: ['meeting'],
  });
  const { id } = made.body as { id: string };
  const reply = (await voter!.client.post(`${C}/topics/${id}/posts`, { body: 'Like this.' })).body as { id: string };
  await world.settled();
  const live = await connect(world.url, voter!.token);
  const rows = jest.spyOn(world.app.get(Outbox), 'write');
  const writes = () =>
    rows.mock.calls.filter(([kind]) => kind.name === 'topic.changed' || kind.name === 'answer.accepted');
  const thrice = async (act: () => Promise<{ status: number }>, many: { events: number; rows: number }) => {
    const [events, before] = [told(live.events), writes().length];
    for (let times = 0; times < 3; times += 1) expect((await act()).status).toBe(200);
    await world.settled();
    expect({ events: told(live.events) - events, rows: writes().length - before }).toEqual(many);
  };
  const path = `${C}/topics/${id}`;
  await thrice(() => voter!.client.put(`${C}/posts/${reply.id}/wiki`), { events: 1, rows: 0 });
  await thrice(() => voter!.client.delete(`${C}/posts/${reply.id}/wiki`), { events: 1, rows: 0 });
  await thrice(() => asker!.client.patch(path, { title: 'How do we meet?', tags: ['meeting'] }), {
    events: 0,
    rows: 0,
  });
  await thrice(() => asker!.client.patch(path, { title: 'How do we meet now?' }), { events: 1, rows: 1 });
  await thrice(() => asker!.client.put(`${path}/answer`, { postId: reply.id }), { events: 1, rows: 1 });
  await thrice(() => staff.client.put(`${path}/pin`, { until: '2026-10-20' }), { events: 1, rows: 1 });
  live.close();
});
