import type { SearchReply } from '../../../../src/contracts/search.js';
import { MessageFinder } from '../../../../src/chat/search/message-finder.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { countQueries } from '../../../support/queries.js';
import { channelOf, say } from '../../../support/rooms/chat.js';

let world: TestWorld;
let me: TestPerson;
let rosa: TestPerson;
let everybody: string;

beforeAll(async () => {
  world = await startWorld();
  const cohortId = await aCohort(world);
  me = await aMember(world, cohortId, 'fellow', { name: 'Ines Fellow' });
  for (let n = 0; n < 24; n += 1) await aMember(world, cohortId, 'fellow', { name: `Marie Number${n}` });
  rosa = await aMember(world, cohortId, 'fellow', { name: 'Rosa Only' });
  everybody = (await channelOf(me, 'cohort')).id;
});
afterAll(() => world.stop());
afterEach(() => jest.restoreAllMocks());

const search = (q: string) => me.client.get(`/api/search?${new URLSearchParams({ q, in: 'messages' }).toString()}`);
const asked = async (q: string) => {
  const queries = countQueries(world.db, ['users', 'memberships']);
  expect((await search(q)).status).toBe(200);
  return queries();
};

it('given ten names, then the people are read as often as for one', async () => {
  const names = ['marie', 'rosa', 'ines', 'number1', 'number2', 'number3', 'only', 'fellow', 'number4', 'mar'];
  expect(await asked(names.map((name) => `from:${name}`).join(' '))).toBe(await asked('from:marie'));
});

it('given a filter again and again, then it is one; given eleven different ones of a kind, then 422 says how many may be', async () => {
  const { id } = await say(rosa, everybody, 'a word of mine');
  const again = await search(`${'de:Rosa from:rosa '.repeat(15)} in:${everybody}`);
  expect((again.body as SearchReply).items.map((hit) => hit.id)).toContain(id);
  for (const kind of ['from', 'in', 'before', 'after', 'has']) {
    const refused = await search(Array.from({ length: 11 }, (_, n) => `${kind}:name${n}`).join(' '));
    expect([refused.status, refused.body.code, refused.body.most]).toEqual([422, 'too_many_filters', 10]);
  }
});

it('given names that many have, then twenty people are looked for, and nobody whose name one has is left out', async () => {
  const { id } = await say(rosa, everybody, 'another word of mine');
  const find = jest.spyOn(world.app.get(MessageFinder), 'find');
  const { body } = await search('from:marie from:number from:rosa');
  expect((body as SearchReply).items.map((hit) => hit.id)).toContain(id);
  expect(find.mock.calls[0]![0].groups.flat()).toHaveLength(20);
});
