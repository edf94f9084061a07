import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let base: string;
let [zoe, ali, staff, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  outsider = await aMember(world, await aCohort(world), 'staff');
  const cohortId = await aCohort(world);
  base = `/api/cohorts/${cohortId}`;
  zoe = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  ali = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const ask = async (body = `Who may sign? <@${ali!.id}> knows.`) =>
  (await zoe!.client.post(`${base}/topics`, { title: 'Who signs a licence?', body })).body;
const begin = (id: string, as = zoe!) => as.client.get(`${base}/handbook/beginnings/${id}`);
const write = (fromTopic: string, as = zoe!, node = 0) =>
  as.client
    .on(world.nodes[node]!.url)
    .post(`${base}/handbook`, { en: { title: 'Who signs', body: 'The host.' }, fromTopic });
const pageOf = async (topicId: string) => (await zoe!.client.get(`${base}/topics/${topicId}`)).body.handbookPage;

describe('a page that is made from a topic', () => {
  it('begins with the question and its answer, by names, for its author and staff', async () => {
    const topic = await ask();
    const reply = (await ali!.client.post(`${base}/topics/${topic.id}/posts`, { body: 'The **host** signs.' })).body;
    await zoe!.client.put(`${base}/topics/${topic.id}/answer`, { postId: reply.id });
    for (const person of [zoe!, staff!])
      expect((await begin(topic.id, person)).body).toEqual({
        ...{ title: 'Who signs a licence?', staying: 0, pageId: null },
        body: 'Who may sign? @Ali Helper knows.\n\nThe **host** signs.',
      });
    expect((await begin(topic.id, ali)).status).toBe(403);
    expect((await begin(topic.id, outsider)).status).toBe(404);
    expect((await begin('nothing')).status).toBe(404);
    expect((await write(topic.id, ali)).status).toBe(403);
  });

  it('shows its topic, as the topic shows it, while both are there', async () => {
    const topic = await ask();
    const page = (await write(topic.id)).body;
    expect(page).toMatchObject({ topic: { id: topic.id, title: 'Who signs a licence?' } });
    expect(await pageOf(topic.id)).toBe(page.id);
    expect((await begin(topic.id)).body.pageId).toBe(page.id);
    expect((await write(topic.id, staff)).body).toMatchObject({ status: 409, code: 'already_page', pageId: page.id });
    await zoe!.client.delete(`${base}/handbook/${page.id}`);
    expect(await pageOf(topic.id)).toBeNull();
    await staff!.client.post(`${base}/handbook/${page.id}/restore`);
    expect(await pageOf(topic.id)).toBe(page.id);
    await zoe!.client.delete(`${base}/posts/${topic.question.id}`);
    expect((await zoe!.client.get(`${base}/handbook/${page.id}`)).body.topic).toBeNull();
  });

  it('given two who make it at once on two processes, then it is one page', async () => {
    const topic = await ask();
    const answers = await Promise.all([write(topic.id, zoe, 0), write(topic.id, staff, 1)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('given its topic went on as another page meanwhile, then it comes back without it; what was read stays with the other', async () => {
    const topic = await ask();
    const first = (await write(topic.id)).body;
    await zoe!.client.delete(`${base}/handbook/${first.id}`);
    const second = (await write(topic.id, staff)).body;
    expect((await staff!.client.post(`${base}/handbook/${first.id}/restore`)).body.topic).toBeNull();
    expect((await zoe!.client.get(`${base}/handbook/${first.id}`)).body.topic).toBeNull();
    expect((await zoe!.client.get(`${base}/handbook/${second.id}`)).body.topic).toMatchObject({ id: topic.id });
    await zoe!.client.delete(`${base}/handbook/${first.id}`);
    expect(await pageOf(topic.id)).toBe(second.id);
  });

  it('given both were deleted, then they come back as one, in either order', async () => {
    const topic = await ask();
    const page = (await write(topic.id)).body;
    await zoe!.client.delete(`${base}/posts/${topic.question.id}`);
    await zoe!.client.delete(`${base}/handbook/${page.id}`);
    await staff!.client.post(`${base}/handbook/${page.id}/restore`);
    await staff!.client.post(`${base}/posts/${topic.question.id}/restore`);
    expect(await pageOf(topic.id)).toBe(page.id);
    expect((await write(topic.id, staff)).body.code).toBe('already_page');
  });
});
