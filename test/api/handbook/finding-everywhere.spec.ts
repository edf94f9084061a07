import { Types } from 'mongoose';
import type { SearchHit } from '../../../src/contracts/search.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let C: string;
let [zoe, ines, outsider, both]: TestPerson[] = [];
const ids: string[] = [];

beforeAll(async () => {
  world = await startWorld();
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}/handbook`;
  zoe = await aMember(world, cohortId, 'fellow', { name: 'Zoe Roche' });
  ines = await aMember(world, cohortId, 'fellow', { name: 'Ines Petit' });
  outsider = await aMember(world, await aCohort(world), 'staff');
  both = await aMember(world, cohortId, 'coach', { name: 'Both Sides' });
  const pages = [
    {
      en: { title: 'Publish code', body: 'Choose a **licence** with your host.' },
      fr: { title: 'Publier du code', body: 'Choisir une licence.' },
    },
    { en: { title: 'Licences', body: 'Which one fits which law.' } },
  ];
  for (const page of pages) {
    world.clock.advance(60_000);
    ids.push((await zoe.client.post(C, page)).body.id);
  }
});
afterAll(() => world.stop());

async function find(person: TestPerson, q: string, more: Record<string, string> = {}): Promise<SearchHit[]> {
  const query = new URLSearchParams({ q, in: 'pages', ...more }).toString();
  const answer = await person.client.get(`/api/search?${query}`);
  expect(answer.status).toBe(200);
  return answer.body.items;
}
const found = async (...asked: Parameters<typeof find>) => (await find(...asked)).map(({ id }) => id);

describe('pages in the one search', () => {
  it('given a word, then its pages are found, the latest first; the best first where that is asked', async () => {
    expect(await found(ines!, 'licence')).toEqual([ids[1], ids[0]]);
    const [best] = await find(ines!, 'publish licence', { sort: 'best' });
    expect(best).toMatchObject({
      kind: 'pages',
      id: ids[0],
      link: `/c/${zoe!.cohortId}/handbook/${ids[0]}`,
      by: { name: 'Zoe Roche' },
      channel: null,
    });
    expect((await find(ines!, 'licence', { lang: 'fr' }))[1]!.title.map(({ text }) => text).join('')).toBe(
      'Publier du code',
    );
    expect(await found(ines!, '"host with"')).toEqual([]);
    expect(await found(ines!, 'licence -host')).toEqual([ids[1]]);
  });

  it('given nothing said of kinds, then pages stand among the rest; filters of messages leave them out', async () => {
    const all = await ines!.client.get('/api/search?q=licence');
    expect(all.body.items.map(({ kind }: SearchHit) => kind)).toEqual(['pages', 'pages']);
    expect(await found(ines!, 'licence is:pinned')).toEqual([]);
  });

  it('given who wrote it first or last, then it is found by either name', async () => {
    const en = { title: 'Whose words', body: 'Mine.' };
    const page = (await zoe!.client.post(C, { en })).body;
    expect(await found(ines!, 'whose from:ines')).toEqual([]);
    const seen = { en, fr: null };
    await ines!.client.patch(`${C}/${page.id}`, { en: { ...en, body: 'Mine and yours.' }, seen });
    expect(await found(ines!, 'whose from:ines')).toEqual([page.id]);
    expect(await found(ines!, 'whose from:zoe')).toEqual([page.id]);
    expect(await found(ines!, 'from:ines')).toEqual([page.id]);
    expect(await found(ines!, 'whose -from:zoe')).toEqual([]);
    expect((await find(ines!, 'whose'))[0]!.by?.name).toBe('Ines Petit');
    await zoe!.client.delete(`${C}/${page.id}`);
    expect(await found(ines!, 'whose')).toEqual([]);
  });

  it('given more pages than are read at once, then each is found once, page after page, and days narrow them', async () => {
    const rows = world.db.collection('handbook-pages');
    const row = (await rows.findOne({ _id: new Types.ObjectId(ids[1]) }))!;
    const made = Array.from({ length: 130 }, (_, n) => ({
      ...row,
      _id: new Types.ObjectId(),
      en: { title: `Licences ${n}`, body: 'x'.repeat(n % 2 === 0 ? 20_000 : 20) },
      createdAt: new Date(Date.UTC(2026, 0, 1 + (n % 65))),
    }));
    await rows.insertMany(made);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query = new URLSearchParams({ q: 'licences', in: 'pages', limit: '50', ...(cursor && { cursor }) });
      const { body } = await ines!.client.get(`/api/search?${query.toString()}`);
      seen.push(...body.items.map(({ id }: SearchHit) => id));
      cursor = body.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(132);
    expect(new Set(seen).size).toBe(132);
    const day = await found(ines!, 'licences after:2026-01-31 before:2026-02-02', { limit: '50' });
    expect(day).toHaveLength(2);
    await rows.deleteMany({ _id: { $in: made.map(({ _id }) => _id) } });
  });

  it('given somebody of another cohort, or who was a member, or nobody, then no page', async () => {
    expect(await found(outsider!, 'licence')).toEqual([]);
    const asked = await outsider!.client.get(`/api/search?q=licence&in=pages&cohortId=${zoe!.cohortId}`);
    expect(asked.status).toBe(404);
    expect(await found(both!, 'licence')).toHaveLength(2);
    const memberships = world.db.collection('memberships');
    const rows = await memberships.find({}).toArray();
    const mine = rows.filter(({ userId }) => String(userId) === both!.id).map((one) => one._id);
    await memberships.updateMany({ _id: { $in: mine } }, { $set: { endedAt: new Date() } });
    expect(await found(both!, 'licence')).toEqual([]);
    expect((await world.app.inject({ url: '/api/search?q=licence&in=pages' })).statusCode).toBe(401);
  });
});
