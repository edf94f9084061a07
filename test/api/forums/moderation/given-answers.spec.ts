import { startWorld, type TestWorld } from '../../../support/app.js';
import { clientOf } from '../../../support/client.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';

/** Whom somebody helped, on their profile. */
let world: TestWorld;
let C: string;
let cohortId: string;
let [ines, leo]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({});
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo' });
});

async function answered(title: string, { by = leo!, asker = ines! } = {}) {
  const topic = (await asker.client.post(`${C}/topics`, { title, body: 'Who knows?' })).body;
  const reply = (await by.client.post(`${C}/topics/${topic.id}/posts`, { body: 'I do.' })).body;
  expect((await asker.client.put(`${C}/topics/${topic.id}/answer`, { postId: reply.id })).status).toBe(200);
  world.clock.advance(1000);
  return { topicId: topic.id as string, postId: reply.id as string };
}
const answersOf = async (person: TestPerson, as = ines!) =>
  (await as.client.get(`${C}/members/${person.id}/answers`)).body.items;

it('given answers of mine, then all members see them, the latest first, with who asked; not those to my own question', async () => {
  await answered('The first question');
  const { topicId } = await answered('The second question');
  await answered('A question of mine', { asker: leo! });
  expect(await answersOf(leo!)).toMatchObject([
    { topicId, title: 'The second question', number: 2, asker: { name: 'Inès' } },
    { title: 'The first question' },
  ]);
  expect(await answersOf(ines!)).toEqual([]);
});

it('given an answer that is withdrawn, replaced or deleted, or whose topic is, then it is not there', async () => {
  const withdrawn = await answered('To be withdrawn');
  await ines!.client.delete(`${C}/topics/${withdrawn.topicId}/answer`);
  const replaced = await answered('To be replaced');
  const other = (await leo!.client.post(`${C}/topics/${replaced.topicId}/posts`, { body: 'Better.' })).body;
  await ines!.client.put(`${C}/topics/${replaced.topicId}/answer`, { postId: other.id });
  const deleted = await answered('To be deleted');
  await leo!.client.delete(`${C}/posts/${deleted.postId}`);
  expect(await answersOf(leo!)).toMatchObject([{ title: 'To be replaced', number: 3 }]);
});

it('given another cohort, nobody, or somebody who left, then nothing is said', async () => {
  await answered('The first question');
  const outsider = await aMember(world, await aCohort(world), 'staff');
  const path = `${C}/members/${leo!.id}/answers`;
  expect((await outsider.client.get(path)).status).toBe(404);
  expect((await clientOf(world.url).get(path)).status).toBe(401);
  const staff = await aMember(world, cohortId, 'staff');
  expect((await staff.client.delete(`${C}/members/${leo!.id}`)).status).toBeLessThan(300);
  expect((await ines!.client.get(path)).status).toBe(404);
});
