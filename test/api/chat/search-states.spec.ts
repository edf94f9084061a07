import { randomUUID } from 'node:crypto';
import type { SearchHit, SearchReply } from '../../../src/contracts/search.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aPrivateChannel, channelOf, say } from '../../support/rooms/chat.js';

let world: TestWorld;
let cohortId: string;
let [me, other, staff]: TestPerson[] = [];
let everybody: string;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  me = await aMember(world, cohortId, 'fellow', { name: 'Marie Dupont' });
  other = await aMember(world, cohortId, 'fellow', { name: 'Élodie Martin' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Paul Staff' });
  everybody = (await channelOf(me, 'cohort')).id;
});
afterAll(() => world.stop());

const search = async (q: string, as = me!, more: Record<string, string> = { in: 'messages' }): Promise<SearchReply> => {
  const answer = await as.client.get(`/api/search?${new URLSearchParams({ q, ...more }).toString()}`);
  expect(answer.status).toBe(200);
  return answer.body as SearchReply;
};
const found = async (q: string, as = me!, more?: Record<string, string>) =>
  (await search(q, as, more)).items.map((hit: SearchHit) => hit.id);
/** A word that no other test has. */
const aWord = () => `mot${randomUUID().replaceAll('-', '').slice(0, 12).replaceAll(/\d/g, 'x')}`;
const mark = async (what: 'pinned' | 'saved', id: string, isOn: boolean, as = me!, channelId = everybody) =>
  expect(
    (await as.client.put(`/api/channels/${channelId}/messages/${id}/${what}`, { [what]: isOn })).status,
  ).toBeLessThan(300);

describe('what is left out', () => {
  it('given a word, its other forms, a phrase or the name of a file with a dash before it, then what has it is not found', async () => {
    const word = aWord();
    const plain = await say(other!, everybody, `${word} for the ministry`);
    const draft = await say(other!, everybody, `${word} in two drafts`);
    const row = await say(other!, everybody, `${word} plan de charge`);
    expect(await found(word)).toEqual([row.id, draft.id, plain.id]);
    expect(await found(`${word} -draft`)).toEqual([row.id, plain.id]);
    expect(await found(`${word} -"plan de charge" -drafts`)).toEqual([plain.id]);
    expect(await found(`${word} -"de plan"`)).toHaveLength(3);
    // What asks for nothing finds nothing.
    expect(await found('-draft')).toEqual([]);
  });

  it('given an author, a channel or a link with a dash before it, then theirs are not found; a name that is nobody’s is said', async () => {
    const word = aWord();
    const hidden = await aPrivateChannel(me!, cohortId, [other!]);
    const mine = await say(me!, everybody, word);
    const theirs = await say(other!, everybody, `${word} https://a.example/x`);
    const aside = await say(other!, hidden, word);
    expect(await found(`${word} -from:me`)).toEqual([aside.id, theirs.id]);
    expect(await found(`${word} -de:Élodie`)).toEqual([mine.id]);
    expect(await found(`${word} -in:${hidden}`)).toEqual([theirs.id, mine.id]);
    expect(await found(`${word} -has:link from:Élodie`)).toEqual([aside.id]);
    const { items, unknown } = await search(`${word} -from:Nobody`);
    expect([items, unknown]).toEqual([[], [{ kind: 'from', value: 'Nobody' }]]);
    expect(await found(`${word} -is:thread`, staff)).toEqual([theirs.id, mine.id]);
  });

  it('given topics and workshops, then the words and authors that are left out hold for them, too', async () => {
    const word = aWord();
    const topic = async (title: string, as: TestPerson) =>
      (await as.client.post(`/api/cohorts/${cohortId}/topics`, { title, body: 'A question', tags: [] })).body
        .id as string;
    const [one, two] = [await topic(`${word} budget`, other!), await topic(`${word} calendar`, me!)];
    const all = { in: 'topics' };
    expect([...(await found(word, me, all))].sort()).toEqual([one, two].sort());
    expect(await found(`${word} -budget`, me, all)).toEqual([two]);
    expect(await found(`${word} -from:me`, me, all)).toEqual([one]);
  });
});

describe('what a message is', () => {
  it('given replies, then is:thread finds them alone', async () => {
    const word = aWord();
    const first = await say(other!, everybody, word);
    const reply = await say(me!, everybody, `${word} again`, first.id);
    expect(await found(`${word} is:thread`)).toEqual([reply.id]);
    expect(await found(`${word} est:fil`)).toEqual([reply.id]);
    expect(await found(`${word} -is:thread`)).toEqual([first.id]);
  });

  it('given pinned ones, then is:pinned finds them as long as they are', async () => {
    const word = aWord();
    const [one, two] = [await say(other!, everybody, word), await say(other!, everybody, word)];
    await mark('pinned', one.id, true);
    expect(await found(`${word} is:pinned`)).toEqual([one.id]);
    expect(await found(`${word} -is:pinned`)).toEqual([two.id]);
    await other!.client.patch(`/api/channels/${everybody}/messages/${one.id}`, { body: `${word} changed` });
    expect(await found(`${word} is:pinned`)).toEqual([one.id]);
    await mark('pinned', one.id, false);
    expect(await found(`${word} is:pinned`)).toEqual([]);
  });

  it('given who is named, by name or with all, then is:mention finds it for them alone', async () => {
    const word = aWord();
    const named = await say(other!, everybody, `${word} <@${me!.id}>`);
    const all = await say(staff!, everybody, `${word} @channel`);
    await say(other!, everybody, word);
    expect(await found(`${word} is:mention`)).toEqual([all.id, named.id]);
    expect(await found(`${word} is:mention`, other)).toEqual([all.id]);
    expect(await found(`${word} is:mention`, staff)).toEqual([]);
    expect(await found('is:mention')).toEqual([all.id, named.id]);
  });

  it('given saved ones, then is:saved finds mine, page by page, and nobody else’s; none of a channel that I left', async () => {
    const word = aWord();
    const hidden = await aPrivateChannel(other!, cohortId, [me!]);
    const there = [
      await say(other!, everybody, word),
      await say(other!, everybody, word),
      await say(other!, everybody, 'else'),
    ];
    const aside = await say(other!, hidden, word);
    for (const { id } of there) await mark('saved', id, true);
    await mark('saved', aside.id, true, me, hidden);
    expect(await found(`${word} is:saved`)).toEqual([aside.id, there[1]!.id, there[0]!.id]);
    expect(await found(`${word} is:saved`, other)).toEqual([]);
    expect(await found(`${word} -is:saved`)).toEqual([]);
    expect(await found(`${word} -is:saved`, other)).toHaveLength(3);
    const first = await search('is:saved', me, { in: 'messages', limit: '2' });
    const next = await search('is:saved', me, { in: 'messages', limit: '2', cursor: first.nextCursor! });
    expect([...first.items, ...next.items].map(({ id }) => id)).toEqual([
      aside.id,
      there[2]!.id,
      there[1]!.id,
      there[0]!.id,
    ]);
    expect((await me!.client.delete(`/api/channels/${hidden}/members/${me!.id}`)).status).toBeLessThan(300);
    expect(await found(`${word} is:saved`)).toEqual([there[1]!.id, there[0]!.id]);
  });

  it('given what no message is, then it is said', async () => {
    expect((await search('is:closed')).unknown).toEqual([{ kind: 'is', value: 'closed' }]);
  });
});
