import { startWorld, type TestWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { photo, uploaded } from '../../support/rooms/files.js';

let world: TestWorld;
let [ines, leo, staff, outsider]: TestPerson[] = [];
let C: string;

beforeAll(async () => {
  world = await startWorld();
  outsider = await aMember(world, await aCohort(world), 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
  staff = await aMember(world, cohortId, 'staff');
});

const ask = async (title: string, body: string, tags: string[] = [], as = ines!) => {
  // The clock of a test stands still: what is later must be made so.
  world.clock.advance(60_000);
  return (await as.client.post(`${C}/topics`, { title, body, tags })).body;
};
const reply = async (topicId: string, body: string, as = leo!) => {
  world.clock.advance(60_000);
  return (await as.client.post(`${C}/topics/${topicId}/posts`, { body })).body;
};
const search = (q: string, more: Record<string, string> = {}, as = ines!) =>
  as.client.get(`${C}/forum/search?${new URLSearchParams({ q, ...more }).toString()}`);
/** What is found: ids of topics, with the number of the post where one is meant. */
const found = async (q: string, as = ines!) =>
  (await search(q, {}, as)).body.items.map((hit: any) => (hit.number ? `${hit.topicId}#${hit.number}` : hit.topicId));

describe('words', () => {
  it('given accents, plurals and capitals, then they do not count, in French and English', async () => {
    const fr = await ask('Les événements de la rentrée', 'Qui les annonce ?');
    const en = await ask('Signed commits', 'Which keys do we use?');
    expect(await found('EVENEMENT')).toEqual([fr.id]);
    expect(await found('commit key')).toEqual([en.id]);
  });

  it('given a word in a title, a question and replies, then titles come first, then posts, the newest first', async () => {
    const asked = await ask('Where to begin?', 'My harness is too large.');
    const titled = await ask('Which harness do you use?', 'Mine is old.');
    const other = await ask('Knots', 'Which ones?');
    const early = await reply(other.id, 'Check the harness first.');
    const late = await reply(titled.id, 'The blue harness.');
    expect(early.number).toBe(2);
    expect(await found('harness')).toEqual([titled.id, `${titled.id}#${late.number}`, `${other.id}#2`, asked.id]);
  });

  it('given a word, an author, a tag, a state or a poll with a dash before it, then what has it is left out', async () => {
    const one = await ask('Granite or slate?', 'Both are wet.', ['stone']);
    const two = await ask('Granite in winter', 'It is cold.', ['winter'], leo);
    const dry = await reply(two.id, 'Granite dries soon.', ines);
    expect(await found('granite')).toEqual([two.id, one.id, `${two.id}#${dry.number}`]);
    expect(await found('granite -slate')).toEqual([two.id, `${two.id}#${dry.number}`]);
    expect(await found('granite -dries -slate')).toEqual([two.id]);
    expect(await found('granite -wet')).toEqual([two.id, `${two.id}#${dry.number}`]);
    expect(await found('granite -from:me')).toEqual([two.id]);
    expect(await found('granite -tag:winter')).toEqual([one.id]);
    expect(await found('granite -est:résolu')).toHaveLength(3);
    expect(await found('granite -is:unanswered -is:solved')).toEqual([two.id, `${two.id}#${dry.number}`]);
    expect(await found('granite -has:image')).toHaveLength(3);
    expect((await search('granite -tag:nowhere')).body.unknown).toEqual([{ kind: 'tag', value: 'nowhere' }]);
  });

  it('given words of which the title has one and the question the other, then the topic is found', async () => {
    const { id } = await ask('GPG for beginners', 'How do I sign a tag?', ['security']);
    expect(await found('gpg sign')).toEqual([id]);
    expect(await found('gpg unknownword')).toEqual([]);
  });

  it('given a phrase, then only what has its words in a row', async () => {
    const { id } = await ask('Plans', 'The plan of the building is lost.');
    await ask('Building plans', 'The building, and a plan.');
    expect(await found('"plan of the building"')).toEqual([id]);
  });

  it('given a hit, then its words are marked, and the post says where it is', async () => {
    const topic = await ask('Ropes', 'Which length?');
    await reply(topic.id, 'Sixty **metres** are enough for most walls.');
    const [hit] = (await search('metre')).body.items;
    expect(hit).toMatchObject({ topicId: topic.id, number: 2, author: { name: 'Léo Fabre' }, state: 'open' });
    expect(hit.snippet.filter((piece: any) => piece.hit).map((piece: any) => piece.text)).toEqual(['metres']);
  });
});

describe('what was changed', () => {
  it('given an edited post, then its new words find it and its old ones do not', async () => {
    const topic = await ask('Boots', 'Which size?');
    const post = await reply(topic.id, 'Take the quagga ones.');
    expect(await found('quagga')).toEqual([`${topic.id}#2`]);
    await leo!.client.patch(`${C}/posts/${post.id}`, { body: 'Take the gnu ones.' });
    expect(await found('quagga')).toEqual([]);
    expect(await found('gnu')).toEqual([`${topic.id}#2`]);
    await ines!.client.patch(`${C}/posts/${topic.question.id}`, { body: 'Which okapi?' });
    expect(await found('size')).toEqual([]);
    expect(await found('okapi')).toEqual([topic.id]);
    await ines!.client.patch(`${C}/topics/${topic.id}`, { title: 'Sandals, rather', tags: ['shoes'] });
    expect(await found('boots')).toEqual([]);
    expect(await found('sandal')).toEqual([topic.id]);
    expect(await found('tag:shoes')).toEqual([topic.id]);
  });

  it('given a deleted post or topic, then nothing finds it until it is restored', async () => {
    const topic = await ask('Zebras here', 'A zebra?');
    const post = await reply(topic.id, 'A giraffe.');
    await leo!.client.delete(`${C}/posts/${post.id}`);
    expect(await found('giraffe')).toEqual([]);
    await ines!.client.delete(`${C}/posts/${topic.question.id}`);
    expect(await found('zebra')).toEqual([]);
    await staff!.client.post(`${C}/posts/${topic.question.id}/restore`);
    await staff!.client.post(`${C}/posts/${post.id}/restore`);
    expect(await found('zebra')).toEqual([topic.id]);
    expect(await found('giraffe')).toEqual([`${topic.id}#2`]);
  });
});

describe('words that a post quotes', () => {
  it('given what it quotes is deleted or hidden, then nothing finds them; its own words do', async () => {
    const { id } = await ask('Plans', 'What are they called?');
    const secret = await reply(id, 'The codename is zanzibarquux for Rodolphe.');
    const mark = `> <#${secret.number} Léo>\n> The codename is zanzibarquux for Rodolphe.`;
    const quoting = await reply(id, `${mark}\n\nI agree wholeheartedly.`, staff);
    const other = (
      await staff!.client.post(`${C}/topics`, {
        title: 'On from there',
        body: `${mark.replace(`#${secret.number} Léo`, `#${secret.id}`)}\n\nMine.`,
        tags: [],
      })
    ).body;
    expect(await found('zanzibarquux')).toEqual([`${id}#${secret.number}`]);
    expect((await leo!.client.delete(`${C}/posts/${secret.id}`)).status).toBe(204);
    for (const q of ['zanzibarquux', '"codename is zanzibarquux"', '"for Rodolphe" from:Rodolphe', 'codename'])
      expect([q, (await search(q)).body.items]).toEqual([q, []]);
    expect(await found('wholeheartedly')).toEqual([`${id}#${quoting.number}`]);
    expect(await found('"I agree" wholeheartedly')).toEqual([`${id}#${quoting.number}`]);
    const everywhere = await ines!.client.get(`/api/search?${new URLSearchParams({ q: 'zanzibarquux' }).toString()}`);
    expect(everywhere.body.items).toEqual([]);
    const similar = await ines!.client.get(
      `${C}/topics/similar?${new URLSearchParams({ title: 'zanzibarquux codename' }).toString()}`,
    );
    expect(JSON.stringify(similar.body)).not.toContain(other.id);
  });
});

describe('operators', () => {
  it('given tags, people, days and states, then they narrow topics and posts', async () => {
    const law = await ask('May we publish?', 'A licence question.', ['law']);
    world.clock.advance(3 * 86_400_000);
    const other = await ask('Licence of fonts', 'Which one?', ['design'], leo);
    const answer = await reply(law.id, 'Ask for the licence.');
    expect(await found('licence tag:law')).toEqual([`${law.id}#2`, law.id]);
    expect(await found('licence de:léo')).toEqual([other.id, `${law.id}#2`]);
    expect(await found('from:me')).toEqual([law.id]);
    expect(await found('licence after:2026-10-14')).toEqual([other.id, `${law.id}#2`]);
    expect(await found('licence avant:14/10/2026')).toEqual([law.id]);
    expect(await found('is:unanswered')).toEqual([other.id]);
    await ines!.client.put(`${C}/topics/${law.id}/answer`, { postId: answer.id });
    expect(await found('est:résolu licence')).toEqual([`${law.id}#2`, law.id]);
    expect(await found('tag:law tag:design')).toEqual([]);
  });

  it('given images, then the posts that show one', async () => {
    const topic = await ask('A knot', '![the knot](/files/0123) What is it?');
    await ask('Another knot', 'Which?');
    await reply(topic.id, 'Like this: ![so](https://example.org/so.png)');
    expect(await found('has:image')).toEqual([`${topic.id}#2`, topic.id]);
    expect(await found('avec:image knot')).toEqual([topic.id]);
    const { id: fileId } = await uploaded(world.url, leo!, await photo(90, 60).png().toBuffer(), 'splice.png');
    world.clock.advance(60_000);
    const post = { body: 'A splice.', attachments: [{ fileId }] };
    const { id } = (await leo!.client.post(`${C}/topics/${topic.id}/posts`, post)).body;
    expect(await found('has:image splice')).toEqual([`${topic.id}#3`]);
    // Other words leave it there; without the image it is found no more.
    await leo!.client.patch(`${C}/posts/${id}`, { body: 'A good splice.' });
    expect(await found('has:image good')).toEqual([`${topic.id}#3`]);
    await leo!.client.patch(`${C}/posts/${id}`, { body: 'A good splice.', attachments: [] });
    expect(await found('has:image good')).toEqual([]);
  });

  it('given operators that name nothing, then the answer says which', async () => {
    const answer = await search('x tag:nothing from:nobodyknown before:soon is:open has:table in:general');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ items: [], nextCursor: null });
    expect(answer.body.unknown).toEqual([
      { kind: 'tag', value: 'nothing' },
      { kind: 'from', value: 'nobodyknown' },
      { kind: 'before', value: 'soon' },
      { kind: 'is', value: 'open' },
      { kind: 'has', value: 'table' },
      { kind: 'in', value: 'general' },
    ]);
  });

  it('given too many of a kind, too long a text, or a cursor that is not ours, then 422', async () => {
    const many = Array.from({ length: 11 }, (_, at) => `tag:t${at}`).join(' ');
    expect((await search(many)).body.code).toBe('too_many_filters');
    expect((await search('x'.repeat(301))).status).toBe(422);
    for (const place of [
      ['titles', 'x', ''],
      ['elsewhere', 1, ''],
      [1, 2],
    ]) {
      const cursor = Buffer.from(JSON.stringify(place)).toString('base64url');
      expect((await search('x', { cursor })).status).toBe(422);
    }
  });

  it.each(['', '   ', '"', 'tag:', '(.*)', '$where', '\u0000'])('given %j, then nothing breaks', async (q) => {
    expect((await search(q)).status).toBe(200);
  });
});

describe('pages', () => {
  it('given more than a page, then the pages hold each once, titles first', async () => {
    const titled = [];
    for (let at = 0; at < 3; at += 1) titled.push((await ask(`Crampons ${at}`, 'Which?')).id);
    const topic = await ask('Icefalls', 'What to bring?');
    const posts = [];
    for (let at = 0; at < 4; at += 1) posts.push(`${topic.id}#${(await reply(topic.id, `Crampons, ${at}`)).number}`);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body }: any = await search('crampon', { limit: '2', ...(cursor && { cursor }) });
      seen.push(...body.items.map((hit: any) => (hit.number ? `${hit.topicId}#${hit.number}` : hit.topicId)));
      cursor = body.nextCursor;
    } while (cursor);
    expect(seen).toEqual([...titled.reverse(), ...posts.reverse()]);
  });
});

describe('who may', () => {
  it('given another cohort, a left member or no login, then nothing', async () => {
    await ask('Secret harness', 'Ours.');
    expect((await search('harness', {}, outsider)).status).toBe(404);
    expect((await clientOf(world.url).get(`${C}/forum/search?q=harness`)).status).toBe(401);
    const theirs = await outsider!.client.get(`/api/cohorts/${outsider!.cohortId ?? ''}/forum/search?q=harness`);
    expect(theirs.body.items ?? []).toEqual([]);
  });
});
