import { Types } from 'mongoose';
import { MINUTE } from '../../../src/common/times/clock.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let C: string;
let [zoe, ali, bea, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}/handbook`;
  zoe = await aMember(world, cohortId, 'fellow', { name: 'Zoé Writer' });
  ali = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  bea = await aMember(world, cohortId, 'host', { name: 'Béa Reader' });
  outsider = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

type Words = { title: string; body: string } | null;
const words = (body: string, title = 'Publish code') => ({ title, body });
const aPage = async (page: { en?: Words; fr?: Words }): Promise<string> => (await zoe!.client.post(C, page)).body.id;
const edit = (id: string, seen: { en?: Words; fr?: Words }, mine: object, as = ali!, node = 0) =>
  as.client
    .on(world.nodes[node]!.url)
    .patch(`${C}/${id}`, { ...mine, seen: { en: seen.en ?? null, fr: seen.fr ?? null } });

describe('an edit of a page', () => {
  it('given one language, then the other stays; the history says by whom, when and why', async () => {
    const fr = words('Demander.', 'Publier du code');
    const id = await aPage({ en: words('Ask.'), fr });
    world.clock.advance(3 * MINUTE);
    const edited = await edit(id, { en: words('Ask.'), fr }, { en: words('Ask first.'), why: 'clearer' });
    expect(edited.body).toMatchObject({
      ...{ en: words('Ask first.'), fr, version: 2, editedBy: { id: ali!.id }, editedAt: '2026-10-13T09:48:00.000Z' },
      changed: { en: '2026-10-13T09:48:00.000Z', fr: NOW },
    });
    world.clock.advance(3 * MINUTE);
    await edit(id, { en: words('Ask first.'), fr }, { fr: words('Demander d’abord.', fr.title) }, bea);
    const { items } = (await zoe!.client.get(`${C}/${id}/history`)).body;
    expect(items.map(({ number, by, why, en, fr: other }: any) => [number, by.name, why, en.body, other.body])).toEqual(
      [
        [3, 'Béa Reader', null, 'Ask first.', 'Demander d’abord.'],
        [2, 'Ali Helper', 'clearer', 'Ask first.', 'Demander.'],
        [1, 'Zoé Writer', null, 'Ask.', 'Demander.'],
      ],
    );
    expect((await outsider!.client.get(`${C}/${id}/history`)).status).toBe(404);
  });

  it('given the same again, then it is no version; given it twice within two minutes, then one', async () => {
    const id = await aPage({ en: words('a') });
    expect((await edit(id, { en: words('a') }, { en: words('a') })).body.version).toBe(1);
    expect((await edit(id, { en: words('a') }, { en: words('b') })).body.version).toBe(2);
    world.clock.advance(MINUTE);
    expect((await edit(id, { en: words('b') }, { en: words('c') })).body.version).toBe(2);
    expect((await zoe!.client.get(`${C}/${id}/history`)).body.items).toHaveLength(2);
  });

  it('given a language is taken away, then the other is there; the last one stays', async () => {
    const fr = words('Demander.', 'Publier du code');
    const id = await aPage({ en: words('a'), fr });
    const nothing = { title: '', body: '' };
    expect((await edit(id, { en: words('a'), fr }, { en: nothing })).body).toMatchObject({ en: null, fr });
    expect((await edit(id, { fr }, { fr: nothing })).body.errors).toEqual([{ field: '/en', code: 'required' }]);
  });

  it('given both added paragraphs to it, then both are there', async () => {
    const id = await aPage({ en: words('a') });
    await edit(id, { en: words('a') }, { en: words('a\n\nby Ali') });
    const merged = await edit(id, { en: words('a') }, { en: words('a\n\nby Béa', 'Publishing code') }, bea);
    expect(merged.body.en).toEqual({ title: 'Publishing code', body: 'a\n\nby Ali\n\nby Béa' });
  });

  it('given both changed one paragraph, then both are shown, and what is settled stands', async () => {
    const id = await aPage({ en: words('a\n\nb') });
    await edit(id, { en: words('a\n\nb') }, { en: words('Ali\n\nb') });
    const refused = await edit(id, { en: words('a\n\nb') }, { en: words('Béa\n\nb') }, bea);
    expect(refused.body).toMatchObject({
      ...{ status: 409, code: 'edited_meanwhile', now: { en: words('Ali\n\nb'), version: 2 } },
      conflicts: { en: { title: null, pieces: [{ mine: 'Béa', theirs: 'Ali' }, { text: 'b' }] } },
    });
    const settled = await edit(id, { en: words('Ali\n\nb') }, { en: words('Ali and Béa\n\nb') }, bea);
    expect(settled.body.en.body).toBe('Ali and Béa\n\nb');
  });

  it('given two who write in it at once on two processes, then no paragraph is lost', async () => {
    const id = await aPage({ en: words('first') });
    const add = async (who: TestPerson, name: string, node: number) => {
      for (let at = 0; at < 6; at += 1) {
        const { en } = (await who.client.on(world.nodes[node]!.url).get(`${C}/${id}`)).body;
        const { status } = await edit(id, { en }, { en: words(`${en.body}\n\n${name} ${at}`) }, who, node);
        expect(status).toBe(200);
      }
    };
    await Promise.all([add(ali!, 'Ali', 0), add(bea!, 'Béa', 1)]);
    const { en } = (await zoe!.client.get(`${C}/${id}`)).body;
    const expected = ['Ali', 'Béa'].flatMap((name) => Array.from({ length: 6 }, (_, at) => `${name} ${at}`));
    expect(en.body.split('\n\n').sort()).toEqual(['first', ...expected].sort());
    const row = await world.db.collection('handbook-pages').findOne({ _id: new Types.ObjectId(id) });
    const versions = await world.db.collection('handbook-versions').countDocuments({ pageId: row!['_id'] });
    expect(versions).toBe(row!['edition'].number - 1);
  });

  it('given more than a page holds, then it says so', async () => {
    const id = await aPage({ en: words('x'.repeat(20_000)) });
    await edit(id, { en: words('x'.repeat(20_000)) }, { en: words(`${'x'.repeat(20_000)}\n\n${'y'.repeat(9_000)}`) });
    const more = words(`${'z'.repeat(9_000)}\n\n${'x'.repeat(20_000)}`);
    expect((await edit(id, { en: words('x'.repeat(20_000)) }, { en: more }, bea)).body.errors).toMatchObject([
      { field: '/en/body', code: 'too_big' },
    ]);
  });
});
