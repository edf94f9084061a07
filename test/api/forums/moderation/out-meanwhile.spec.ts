import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from '../../../support/factories.js';
import { beforeItIsWritten } from '../../../support/meanwhile.js';
import { followOutbox } from '../../../support/outbox.js';

/** Who acts in the forum is asked again as it is written: who left writes nothing, and who is of the team no more decides nothing. */
let world: TestWorld;
let cohortId: string;
let C: string;
let [lead, helper]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  lead = await aMember(world, cohortId, 'staff');
  helper = await aMember(world, cohortId, 'coach');
});
afterAll(() => world.stop());

type Act = (who: TestPerson, topic: Asked) => PromiseLike<{ status: number; body: any }>;
interface Asked {
  id: string;
  question: string;
  reply: string;
  others: string;
  flagged: string;
}

/** A topic of one person, in which they and another replied, beside another topic; a reply of a third one is flagged. */
async function asked(who: TestPerson): Promise<Asked> {
  const topic = (await who.client.post(`${C}/topics`, { title: 'Where are zebras?', body: 'In plain words.' })).body;
  const replies = `${C}/topics/${topic.id}/posts`;
  const reply = (await who.client.post(replies, { body: 'Perhaps there.' })).body;
  const others = (await helper!.client.post(replies, { body: 'In the savannah.' })).body;
  await who.client.post(`${C}/posts/${others.id}/flag`, { kind: 'unkind' });
  await followOutbox(world);
  const { items } = (await lead!.client.get(`${C}/flag-cases?state=open`)).body;
  const flagged = items.find(({ post }: any) => post.id === others.id).id;
  return { id: topic.id, question: topic.question.id, reply: reply.id, others: others.id, flagged };
}

const stands = async ({ id }: Asked) => {
  const rows = async (name: string, filter: object) =>
    await world.db.collection(name).find(filter).sort({ _id: 1 }).toArray();
  const topicId = new Types.ObjectId(id);
  return JSON.stringify([await rows('topics', { _id: topicId }), await rows('posts', { topicId })]);
};

async function meanwhile(ends: (who: TestPerson) => PromiseLike<{ status: number }>, who: TestPerson, act: Act) {
  const topic = await asked(who);
  const topics = () => world.db.collection('topics').countDocuments({ cohortId: new Types.ObjectId(cohortId) });
  const before = [await stands(topic), await topics()];
  const came = beforeItIsWritten(world, async () => expect((await ends(who)).status).toBeLessThan(300));
  const { status } = await act(who, topic);
  expect(came()).toBe(true);
  expect([await stands(topic), await topics()]).toEqual(before);
  return status;
}

const out = (who: TestPerson) => lead!.client.delete(`${C}/members/${who.id}`);
const demoted = (who: TestPerson) => lead!.client.patch(`${C}/members/${who.id}`, { role: 'coach' });

it.each<[string, Act]>([
  ['opens a topic', ({ client }) => client.post(`${C}/topics`, { title: 'Where are mine?', body: 'Late.' })],
  ['replies', ({ client }, { id }) => client.post(`${C}/topics/${id}/posts`, { body: 'Late.' })],
  ['edits', ({ client }, { reply }) => client.patch(`${C}/posts/${reply}`, { body: 'Late.' })],
  ['deletes', ({ client }, { reply }) => client.delete(`${C}/posts/${reply}`)],
  ['votes', ({ client }, { others }) => client.put(`${C}/posts/${others}/vote`)],
  ['chooses an answer', ({ client }, { id, others }) => client.put(`${C}/topics/${id}/answer`, { postId: others })],
  ['gives a title', ({ client }, { id }) => client.patch(`${C}/topics/${id}`, { title: 'Where are mine?' })],
  ['closes the topic', ({ client }, { id }) => client.post(`${C}/topics/${id}/close`, {})],
])('given who %s leaves meanwhile, an admin too, then 404', async (_, act) => {
  for (const isAdmin of [false, true]) {
    const who = await aPerson(world, { isAdmin });
    await join(world, cohortId, who.id, 'fellow');
    expect(await meanwhile(out, who, act)).toBe(404);
  }
});

const decision = { act: 'hide', toAuthor: '', toReporters: '' };

it.each<[string, Act]>([
  ['locks', ({ client }, { id }) => client.post(`${C}/topics/${id}/lock`, { why: 'Calm down' })],
  ['deletes a post of another', ({ client }, { others }) => client.delete(`${C}/posts/${others}`)],
  [
    'puts a flag off',
    ({ client }, { flagged }) => client.post(`${C}/flag-cases/${flagged}/decision`, { act: 'defer' }),
  ],
  ['decides of a flag', ({ client }, { flagged }) => client.post(`${C}/flag-cases/${flagged}/decision`, decision)],
  [
    'moves posts',
    ({ client }, { id, others }) =>
      client.post(`${C}/topics/${id}/move`, { postIds: [others], title: 'Where else are they?' }),
  ],
])('given who %s is of the team no more meanwhile, then 403', async (_, act) => {
  const who = await aMember(world, cohortId, 'staff');
  expect(await meanwhile(demoted, who, act)).toBe(403);
});
