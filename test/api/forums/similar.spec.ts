import { startWorld, type TestWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let [ines, staff, outsider]: TestPerson[] = [];
let C: string;

beforeAll(async () => {
  world = await startWorld();
  outsider = await aMember(world, await aCohort(world), 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow');
  staff = await aMember(world, cohortId, 'staff');
});

const ask = async (title: string, tags: string[] = [], body = 'So?') => {
  world.clock.advance(1000);
  return (await ines!.client.post(`${C}/topics`, { title, body, tags })).body;
};
const idsOf = async (path: string, as = ines!) =>
  (await as.client.get(`${C}/${path}`)).body.items.map(({ id }: any) => id as string);
const like = (title: string, as = ines!) => idsOf(`topics/similar?title=${encodeURIComponent(title)}`, as);
const synonyms = (tag: string, words: string[], as = staff!) =>
  as.client.put(`${C}/tags/${encodeURIComponent(tag)}/synonyms`, { words });

describe('topics like a title that is typed', () => {
  it('given other forms of their words, in both languages, then they are found, titles first', async () => {
    const body = await ask('A question', [], 'About published datasets.');
    const title = await ask('Publish a dataset');
    const fr = await ask('Les événements de la rentrée');
    expect(await like('Publishing datasets')).toEqual([title.id, body.id]);
    expect(await like('Un evenement')).toEqual([fr.id]);
    expect(await like('Nothing of the kind')).toEqual([]);
  });

  it('given other words for a tag, then what has the tag is found; without them it is not', async () => {
    const { id } = await ask('Who owns our code?', ['law']);
    expect(await like('Which licence?')).toEqual([]);
    expect((await synonyms('law', ['Licence', 'droit'])).status).toBe(204);
    expect(await like('Which licences?')).toEqual([id]);
    expect(await like('Une question de droit')).toEqual([id]);
    expect((await ines!.client.get(`${C}/tags/synonyms`)).body.items).toEqual([
      { tag: 'law', words: ['Licence', 'droit'] },
    ]);
    await synonyms('law', []);
    expect(await like('Which licence?')).toEqual([]);
    expect((await ines!.client.get(`${C}/tags/synonyms`)).body.items).toEqual([]);
  });

  it('given a deleted one, then it is not among them', async () => {
    const { question } = await ask('Publish a dataset');
    await ines!.client.delete(`${C}/posts/${question.id}`);
    expect(await like('dataset')).toEqual([]);
  });
});

describe('topics close to a topic', () => {
  it('given others that share words or tags, then three at most, without itself', async () => {
    const others = [];
    for (let at = 0; at < 4; at += 1) others.push((await ask(`Knots ${at}`, ['ropes'])).id);
    const topic = await ask('The best knot', ['ropes']);
    await ask('Lunch');
    expect(await idsOf(`topics/${topic.id}/close`)).toEqual(others.reverse().slice(0, 3));
    expect((await ines!.client.get(`${C}/topics/nothing/close`)).status).toBe(404);
  });
});

describe('who may', () => {
  it('given another cohort, no login, or no staff, then not', async () => {
    const topic = await ask('Publish a dataset', ['data']);
    const paths = ['topics/similar?title=dataset', `topics/${topic.id}/close`, 'tags/synonyms'];
    for (const path of paths) {
      expect((await outsider!.client.get(`${C}/${path}`)).status).toBe(404);
      expect((await clientOf(world.url).get(`${C}/${path}`)).status).toBe(401);
    }
    expect((await synonyms('data', ['dataset'], ines)).status).toBe(403);
    expect((await synonyms('data', ['dataset'], outsider)).status).toBe(404);
    expect((await synonyms('not a tag', ['x y'])).status).toBe(404);
    expect((await synonyms('data', ['x'])).status).toBe(422);
    expect(
      (
        await synonyms(
          'data',
          Array.from({ length: 11 }, (_, at) => `word ${at}`),
        )
      ).status,
    ).toBe(422);
  });
});
