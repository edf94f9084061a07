import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let C: string;
let [zoe, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld();
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}/handbook`;
  zoe = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, await aCohort(world), 'staff');
  const pages = [
    {
      en: { title: 'Publish code', body: 'Choose a **licence** with your host.' },
      fr: { title: 'Publier du code', body: 'Choisir une licence. Les événements sont annoncés.' },
    },
    { en: { title: 'Licences', body: 'Which one fits which law.' } },
    { fr: { title: 'Première semaine', body: 'Badge, clés, déjeuner.' } },
  ];
  for (const page of pages) expect((await zoe.client.post(C, page)).status).toBe(201);
});
afterAll(() => world.stop());

const find = async (q: string, lang = 'en') =>
  (await zoe!.client.get(`${C}/search?lang=${lang}&q=${encodeURIComponent(q)}`)).body.items;
const titles = async (q: string, lang = 'en') =>
  (await find(q, lang)).map(({ title }: any) => title.map(({ text }: any) => text).join(''));

describe('search in a handbook', () => {
  it('given a word, then titles come first, whatever its form', async () => {
    expect(await titles('licence')).toEqual(['Licences', 'Publish code']);
    expect(await titles('licences host')).toEqual(['Publish code']);
    expect(await titles('“your host”')).toEqual(['Publish code']);
    expect(await titles('“host your”')).toEqual([]);
    expect(await titles('')).toEqual([]);
  });

  it('given words of one language, then the page is shown in it; of both, in that of who asks', async () => {
    expect(await titles('evenement')).toEqual(['Publier du code']);
    expect(await titles('licence', 'fr')).toEqual(['Licences', 'Publier du code']);
    expect(await find('semaine')).toMatchObject([
      { language: 'fr', title: [{ text: 'Première ' }, { text: 'semaine', hit: true }] },
    ]);
  });

  it('given a page that is edited or deleted, then it is found by what it says now', async () => {
    const page = { en: { title: 'Old words', body: '' } };
    const { id } = (await zoe!.client.post(C, page)).body;
    await zoe!.client.patch(`${C}/${id}`, { en: { title: 'New letters', body: '' }, seen: { ...page, fr: null } });
    expect([await titles('old words'), await titles('letters')]).toEqual([[], ['New letters']]);
    await zoe!.client.delete(`${C}/${id}`);
    expect(await titles('letters')).toEqual([]);
  });

  it('given somebody of another cohort, then nothing', async () => {
    expect((await outsider!.client.get(`${C}/search?q=licence`)).status).toBe(404);
    const own = `/api/cohorts/${outsider!.cohortId}/handbook/search?q=licence`;
    expect((await outsider!.client.get(own)).body.items).toEqual([]);
  });
});
