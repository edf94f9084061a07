import { Types } from 'mongoose';
import { startWorld, type TestWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let [asker, helper, staff, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  asker = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  helper = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  staff = await aMember(world, cohortId, 'staff');
  outsider = await aMember(world, await aCohort(world), 'fellow');
});
afterAll(() => world.stop());

const ask = async (body = 'First words') => {
  const asked = await asker!.client.post(`${C}/topics`, { title: 'What did it say?', body });
  expect(asked.status).toBe(201);
  return asked.body;
};
const edit = async (postId: string, body: string, over: object = {}) => {
  const edited = await asker!.client.patch(`${C}/posts/${postId}`, { body, ...over });
  expect(edited.status).toBe(200);
  return edited.body;
};
const later = (minutes = 3) => world.clock.advance(minutes * 60_000);
const historyOf = async (postId: string, as = helper!) =>
  (await as.client.get(`${C}/posts/${postId}/history`)).body.items;

describe('what a post said before', () => {
  it('given edits, then each version is kept with who wrote it, when and why, for whoever may read the post', async () => {
    const { question } = await ask(`First words of <@${helper!.id}> and <@${outsider!.id}>`);
    expect(question.version).toBe(1);
    const first = { number: 1, by: { id: asker!.id, name: 'Zoé Asker' }, at: question.createdAt, why: null };
    expect(await historyOf(question.id)).toMatchObject([{ ...first, body: 'First words of @Ali Helper and @…' }]);
    later();
    expect((await edit(question.id, 'Second words', { why: '  the answer\n came ' })).version).toBe(2);
    later();
    const { editedAt } = await edit(question.id, 'Third words');
    expect(await historyOf(question.id)).toMatchObject([
      { number: 3, at: editedAt, why: null, body: 'Third words' },
      { number: 2, why: 'the answer came', body: 'Second words' },
      first,
    ]);
  });

  it('given edits within two minutes, then they are one; given the same words, then none', async () => {
    const { question } = await ask();
    await edit(question.id, 'One', { why: 'a typo' });
    world.clock.advance(90_000);
    expect(await edit(question.id, 'Two')).toMatchObject({ version: 2, body: 'Two' });
    world.clock.advance(31_000);
    const { editedAt } = await edit(question.id, 'Three');
    later();
    expect(await edit(question.id, 'Three')).toMatchObject({ version: 3, editedAt });
    expect(await historyOf(question.id)).toMatchObject([
      { number: 3, body: 'Three' },
      { number: 2, body: 'Two', why: 'a typo' },
      { number: 1, body: 'First words' },
    ]);
  });

  it('given more versions than are kept, then the first and the newest stay', async () => {
    const { question } = await ask();
    for (let round = 2; round <= 53; round += 1) {
      later();
      await edit(question.id, `Version ${round}`);
    }
    const items = await historyOf(question.id);
    const numbers = items.map((one: { number: number }) => one.number);
    expect(numbers).toEqual([...Array.from({ length: 49 }, (_, index) => 53 - index), 1]);
    expect(items.at(-1).body).toBe('First words');
  });

  it('given long texts, then no more than a megabyte of earlier words is kept, and an answer has the newest of them', async () => {
    const { question } = await ask('é'.repeat(30_000));
    for (let round = 0; round < 20; round += 1) {
      later();
      await edit(question.id, `${round}${'é'.repeat(29_000)}`);
    }
    const kept = await world.db
      .collection('post-versions')
      .find({ postId: new Types.ObjectId(question.id as string) })
      .sort({ number: -1 })
      .toArray();
    const earlier = Array.from({ length: 16 }, (_, index) => 20 - index);
    expect(kept.map(({ number }) => number)).toEqual([...earlier, 1]);
    const items: { number: number; body: string }[] = await historyOf(question.id);
    expect(items.map(({ number }) => number)).toEqual([21, ...earlier.slice(0, 12)]);
    expect(items.reduce((sum, { body }) => sum + body.length, 0)).toBeLessThanOrEqual(400_000);
  });

  it('given edits at once on two nodes, then no text is lost between them', async () => {
    const { question } = await ask();
    later();
    await edit(question.id, 'Before the race');
    later();
    const texts = Array.from({ length: 6 }, (_, index) => `Text ${index}`);
    const answers = await Promise.all(
      texts.map((body, index) =>
        asker!.client.on(world.nodes[index % 2]!.url).patch(`${C}/posts/${question.id}`, { body }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(texts.map(() => 200));
    const items = await historyOf(question.id);
    expect(items.map((one: { body: string }) => one.body)).toEqual([
      expect.stringMatching(/^Text \d$/),
      'Before the race',
      'First words',
    ]);
  });

  it('given a hostile text and reason, then they come back as typed', async () => {
    const { question } = await ask('[x](javascript:alert(1)) <script>alert(1)</script>');
    later();
    await edit(question.id, '> '.repeat(500), { why: '<img src=x onerror=alert(1)>' });
    expect(await historyOf(question.id)).toMatchObject([
      { why: '<img src=x onerror=alert(1)>', body: '> '.repeat(500).trim() },
      { body: '[x](javascript:alert(1)) <script>alert(1)</script>' },
    ]);
  });

  it.each([[''], ['x'.repeat(121)], [5], [{ $gt: '' }]])('given %j as the reason, then 422', async (why) => {
    const { question } = await ask();
    const answer = await asker!.client.patch(`${C}/posts/${question.id}`, { body: 'Other', why });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ field: '/why' }]);
  });
});

describe('who may read it', () => {
  it('given no login, another cohort or a former member, then nothing of it', async () => {
    const { question } = await ask();
    later();
    await edit(question.id, 'Second words');
    const path = `${C}/posts/${question.id}/history`;
    expect((await clientOf(world.url).get(path)).status).toBe(401);
    expect((await outsider!.client.get(path)).status).toBe(404);
    const former = await aMember(world, cohortId, 'fellow');
    expect((await former.client.get(path)).status).toBe(200);
    await staff!.client.delete(`${C}/members/${former.id}`);
    expect((await former.client.get(path)).status).toBe(404);
  });

  it('given a deleted post, then its history is for nobody', async () => {
    const topic = await ask();
    await helper!.client.post(`${C}/topics/${topic.id}/posts`, { body: 'A reply' });
    later();
    await edit(topic.question.id, 'Second words');
    await asker!.client.delete(`${C}/posts/${topic.question.id}`);
    for (const who of [asker!, helper!, staff!])
      expect((await who.client.get(`${C}/posts/${topic.question.id}/history`)).status).toBe(404);
  });
});
