import { Types } from 'mongoose';
import { MINUTE } from '../../../src/common/times/clock.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let C: string;
let [zoe, ali, bea, staff, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  zoe = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  ali = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  bea = await aMember(world, cohortId, 'host', { name: 'Béa Reader' });
  staff = await aMember(world, cohortId, 'staff');
  outsider = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const aPost = async (body: string): Promise<string> =>
  (await zoe!.client.post(`${C}/topics`, { title: 'Refusals so far', body, kind: 'discussion' })).body.question.id;
const aWiki = async (body: string) => {
  const id = await aPost(body);
  expect((await zoe!.client.put(`${C}/posts/${id}/wiki`)).status).toBe(200);
  return id;
};
const edit = async (id: string, seen: string | undefined, body: string, as = ali!, node = 0) =>
  await as.client.on(world.nodes[node]!.url).patch(`${C}/posts/${id}`, { body, ...(seen !== undefined && { seen }) });
const bodyOf = async (id: string) =>
  (await world.db.collection('posts').findOne({ _id: new Types.ObjectId(id) }))!['body'] as string;

describe('who opens a post to all', () => {
  it('given its author or staff, then every member edits it, also a host, and nobody once it is closed again', async () => {
    const id = await aPost('one');
    expect((await edit(id, 'one', 'two')).status).toBe(403);
    for (const [who, status] of [
      [ali!, 403],
      [outsider!, 404],
    ] as const)
      expect([
        (await who.client.put(`${C}/posts/${id}/wiki`)).status,
        (await who.client.delete(`${C}/posts/${id}/wiki`)).status,
      ]).toEqual([status, status]);
    expect((await clientOf(world.url).put(`${C}/posts/${id}/wiki`)).status).toBe(401);
    expect((await staff!.client.put(`${C}/posts/${id}/wiki`)).body).toMatchObject({ wiki: true });
    world.clock.advance(3 * MINUTE);
    const edited = await edit(id, 'one', 'two', bea);
    expect(edited.body).toMatchObject({
      ...{ body: 'two', wiki: true, author: { id: zoe!.id }, editedBy: { id: bea!.id } },
      abilities: { edit: true, delete: false, wiki: false },
    });
    expect((await edit(id, 'two', 'three', outsider)).status).toBe(404);
    await zoe!.client.delete(`${C}/posts/${id}/wiki`);
    expect((await edit(id, 'two', 'three', bea)).status).toBe(403);
    expect((await edit(id, undefined, 'three', zoe)).status).toBe(200);
  });

  it('given a deleted one, then it is opened by nobody', async () => {
    const id = await aPost('one');
    const topic = (await zoe!.client.get(`${C}/topics`)).body.items[0];
    await ali!.client.post(`${C}/topics/${topic.id}/posts`, { body: 'A reply' });
    await zoe!.client.delete(`${C}/posts/${id}`);
    expect((await zoe!.client.put(`${C}/posts/${id}/wiki`)).status).toBe(404);
  });
});

describe('an edit of a wiki', () => {
  it('says from which text it began, and its history says by whom it was', async () => {
    const id = await aWiki('one');
    expect((await edit(id, undefined, 'two')).body.errors).toEqual([{ field: '/seen', code: 'required' }]);
    world.clock.advance(3 * MINUTE);
    await edit(id, 'one', 'two');
    await edit(id, 'two', 'three', bea);
    const { items } = (await zoe!.client.get(`${C}/posts/${id}/history`)).body;
    expect(items.map(({ body, by }: any) => [body, by.name])).toEqual([
      ['three', 'Béa Reader'],
      ['two', 'Ali Helper'],
      ['one', 'Zoé Asker'],
    ]);
  });

  it('given others edited other paragraphs since, then both stand', async () => {
    const id = await aWiki('one\n\ntwo\n\nthree');
    await edit(id, 'one\n\ntwo\n\nthree', 'ONE\n\ntwo\n\nthree', bea);
    const merged = await edit(id, 'one\n\ntwo\n\nthree', 'one\n\ntwo\n\nthree\n\nfour');
    expect(merged.body.body).toBe('ONE\n\ntwo\n\nthree\n\nfour');
  });

  it('given both changed one paragraph, then the later one is shown both, nothing is changed, and what they settle stands', async () => {
    const id = await aWiki('one\n\ntwo');
    await edit(id, 'one\n\ntwo', 'one\n\nTWO', bea);
    const refused = await edit(id, 'one\n\ntwo', 'one\n\n2');
    expect([refused.status, refused.body]).toEqual([
      409,
      expect.objectContaining({
        code: 'edited_meanwhile',
        now: expect.objectContaining({ body: 'one\n\nTWO' }),
        pieces: [{ text: 'one' }, { mine: '2', theirs: 'TWO' }],
      }),
    ]);
    expect(await bodyOf(id)).toBe('one\n\nTWO');
    expect((await edit(id, 'one\n\nTWO', 'one\n\nTWO\n\n2')).body.body).toBe('one\n\nTWO\n\n2');
  });

  it('given both together are too long, then it is refused', async () => {
    const id = await aWiki('one');
    await edit(id, 'one', `one\n\n${'a'.repeat(20_000)}`, bea);
    const refused = await edit(id, 'one', `one\n\n${'b'.repeat(20_000)}`);
    expect([refused.status, refused.body.errors[0].field]).toEqual([422, '/body']);
  });

  it('given two people who edit it at once, many times on two nodes, then each paragraph of both is there, or was shown to them', async () => {
    const begin = Array.from({ length: 6 }, (_, at) => `paragraph ${at}`).join('\n\n');
    const id = await aWiki(begin);
    const shown: string[] = [];
    const written: string[] = [];
    for (let round = 0; round < 15; round += 1) {
      world.clock.advance(MINUTE);
      const seen = await bodyOf(id);
      const answers = await Promise.all(
        [ali!, bea!].map(async (who, node) => {
          const paragraphs = seen.split('\n\n');
          const mark = `round ${round} by ${node}`;
          // Sometimes they meet in one paragraph, sometimes both add at the end.
          const at =
            round % 3 === 0 ? paragraphs.length : (round + (round % 3 === 1 ? node * 2 : 0)) % paragraphs.length;
          const text = paragraphs.toSpliced(at, round % 3 === 0 ? 0 : 1, `${paragraphs[at] ?? 'new'}; ${mark}`);
          written.push(mark);
          return { mark, answer: await edit(id, seen, text.join('\n\n'), who, node) };
        }),
      );
      for (const { mark, answer } of answers) {
        expect([200, 409]).toContain(answer.status);
        if (answer.status === 200) continue;
        expect(JSON.stringify(answer.body.pieces)).toContain(mark);
        shown.push(mark);
      }
      expect(answers.some(({ answer }) => answer.status === 200)).toBe(true);
    }
    const end = await bodyOf(id);
    expect(written.filter((mark) => !end.includes(mark)).sort()).toEqual(shown.sort());
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.length).toBeLessThan(15);
  });
});
