import { XMLParser } from 'fast-xml-parser';
import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { BY_CHANCE, countQueries } from '../../support/queries.js';

let world: TestWorld;
let [ines, leo, staff, outsider]: TestPerson[] = [];
let cohortId: string;
let C: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  outsider = await aMember(world, await aCohort(world), 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world, { name: 'Cordée & 7 <Paris>' });
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
  staff = await aMember(world, cohortId, 'staff');
});

const ask = async (title: string, tags: string[] = [], body = 'Which one?') => {
  world.clock.advance(1000);
  return (await leo!.client.post(`${C}/topics`, { title, body, tags })).body.id as string;
};
const make = (scope: object, as = ines!) => as.client.post(`${C}/forum/feeds`, scope);
const feed = async (scope: object = {}, as = ines!) => {
  const made = await make(scope, as);
  expect(made.status).toBe(201);
  return new URL(made.body.url as string);
};
const read = (url: URL, headers: Record<string, string> = {}, node = 0) =>
  fetch(new URL(url.pathname, world.nodes[node]!.url), { headers });
const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'entry' || name === 'category' });
const atomOf = async (url: URL) => parser.parse(await (await read(url)).text()).feed;
const titlesOf = async (url: URL) => ((await atomOf(url)).entry ?? []).map(textOf);
const textOf = ({ title }: any) => title['#text'] ?? title;

describe('a feed of the forum', () => {
  it('given topics, then it is Atom with each, the latest first, and says nothing that XML would misread', async () => {
    const first = await ask('Ropes & <knots> "here"', ['law'], 'A *long* one, ]]> \u0007 too.');
    const second = await ask('Boots');
    const answer = await read(await feed());
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    const { feed: atom } = parser.parse(await answer.text());
    expect(atom['@_xmlns']).toBe('http://www.w3.org/2005/Atom');
    expect(textOf(atom)).toBe('Cordée & 7 <Paris> · Forum');
    // It is HTML there: who reads it shows `<knots>`, and runs nothing.
    expect(atom.entry.map(textOf)).toEqual(['Boots', 'Ropes &amp; &lt;knots&gt; &quot;here&quot;']);
    expect(atom.entry[1]).toMatchObject({
      id: `urn:cordee:cordee.test:topic-${first}`,
      author: { name: 'Léo Fabre' },
      category: [{ '@_term': 'law' }],
    });
    expect(JSON.stringify(atom.entry[0].link)).toContain(`http://cordee.test/c/${cohortId}/forum/${second}`);
    expect(Date.parse(atom.updated)).toBe(Date.parse(atom.entry[0].updated));
  });

  it('given a list or a tag, then what is in it as its person sees it', async () => {
    const answered = await ask('Answered', ['law']);
    await ask('Waiting');
    const post = (await ines!.client.post(`${C}/topics/${answered}/posts`, { body: 'So.' })).body;
    await leo!.client.put(`${C}/topics/${answered}/answer`, { postId: post.id });
    await leo!.client.post(`${C}/topics/${answered}/posts`, { body: 'Thanks.' });
    expect(await titlesOf(await feed({ tag: 'law' }))).toEqual(['Answered']);
    expect(await titlesOf(await feed({ list: 'unanswered' }))).toEqual(['Waiting']);
    expect(await titlesOf(await feed({ list: 'solved' }))).toEqual(['Answered']);
    expect(await titlesOf(await feed({ list: 'new' }))).toEqual(['Waiting']);
    expect(await titlesOf(await feed({ list: 'unread' }))).toEqual(['Answered']);
    expect(await titlesOf(await feed({ list: 'mine' }))).toEqual([]);
    expect(await titlesOf(await feed({ list: 'mine' }, leo))).toEqual(['Waiting', 'Answered'].sort().reverse());
    expect((await make({ tag: 'nothing' })).body.errors).toMatchObject([{ field: '/tag', code: 'unknown_tag' }]);
  });

  it('given it is as it was, then 304 on each process; changed, the whole again', async () => {
    await ask('Boots');
    const url = await feed();
    const etag = (await read(url)).headers.get('etag')!;
    const same = await read(url, { 'if-none-match': etag }, 1);
    expect([same.status, await same.text()]).toEqual([304, '']);
    await ask('Ropes');
    expect((await read(url, { 'if-none-match': etag })).status).toBe(200);
  });

  it('given many topics, then as many questions as for one', async () => {
    await ask('Boots');
    const url = await feed();
    await read(url);
    const asks = async () => {
      const counted = countQueries(world.db);
      await read(url);
      return counted();
    };
    const few = await asks();
    for (let at = 0; at < 6; at += 1) await ask(`Boots ${at}`);
    expect(await asks()).toBeLessThanOrEqual(few + BY_CHANCE);
    expect(await titlesOf(url)).toHaveLength(7);
  });
});

describe('its address', () => {
  it('given it is made again or ended, then the old one is nowhere; mine are listed without theirs', async () => {
    const [old, other] = [await feed(), await feed({ list: 'solved' })];
    const next = await feed();
    expect((await read(old)).status).toBe(404);
    expect((await read(next)).status).toBe(200);
    const { items } = (await ines!.client.get(`${C}/forum/feeds`)).body;
    expect(items.map(({ list, tag }: any) => [list, tag])).toEqual([
      ['all', null],
      ['solved', null],
    ]);
    expect(JSON.stringify(items)).not.toContain('atom');
    expect((await leo!.client.delete(`${C}/forum/feeds/${items[1].id}`)).status).toBe(404);
    expect((await ines!.client.delete(`${C}/forum/feeds/${items[1].id}`)).status).toBe(204);
    expect((await read(other)).status).toBe(404);
    // Whoever reads the database cannot read it.
    const rows = await world.db
      .collection('forum-feeds')
      .find({ userId: new Types.ObjectId(ines!.id) })
      .toArray();
    expect(JSON.stringify(rows)).not.toContain(next.pathname.split('/').at(-1)!.replace('.atom', ''));
  });

  it('given a made-up one, then 404 as for one that was ended', async () => {
    for (const secret of ['x', 'a'.repeat(43), '../me', '%00'])
      expect((await fetch(`${world.url}/api/forum-feeds/${secret}.atom`)).status).toBe(404);
  });

  it('given its person leaves, then it is 404 at once, and gone', async () => {
    await ask('Boots');
    const url = await feed();
    expect((await staff!.client.delete(`${C}/members/${ines!.id}`)).status).toBeLessThan(300);
    expect((await read(url, {}, 1)).status).toBe(404);
    await world.settled();
    expect(await world.db.collection('forum-feeds').countDocuments({ userId: new Types.ObjectId(ines!.id) })).toBe(0);
  });

  it('given the account was given back to its owner, then one from before opens nothing', async () => {
    const url = await feed();
    await world.db
      .collection('users')
      .updateOne({ _id: new Types.ObjectId(ines!.id) }, { $set: { disputedUntil: world.clock.now() } });
    expect((await read(url)).status).toBe(404);
    world.clock.advance(1000);
    expect((await read(await feed())).status).toBe(200);
  });

  it('given another cohort or no login, then none is made', async () => {
    expect((await make({}, outsider)).status).toBe(404);
    expect((await outsider!.client.get(`${C}/forum/feeds`)).status).toBe(404);
    expect((await clientOf(world.url).post(`${C}/forum/feeds`, {})).status).toBe(401);
    expect((await make({ list: 'secret' })).status).toBe(422);
  });

  it('given fifty, then no more', async () => {
    const row = { userId: new Types.ObjectId(ines!.id), cohortId: new Types.ObjectId(cohortId), list: 'all' };
    await world.db.collection('forum-feeds').insertMany(
      Array.from({ length: 50 }, (_, at) => ({
        ...{ ...row, tag: `t${at}`, secretHash: `${cohortId}-${at}`, createdAt: world.clock.now(), lastReadAt: null },
      })),
    );
    expect((await make({ list: 'solved' })).body).toMatchObject({ code: 'too_many_feeds', most: 50 });
  });
});

describe('its limit', () => {
  it('given a program that asks too often, then 429', async () => {
    const limited = await startWorld({ env: { RATE_LIMITS: 'on' } });
    try {
      const cohort = await aCohort(limited);
      const reader = await aMember(limited, cohort, 'fellow');
      const { url } = (await reader.client.post(`/api/cohorts/${cohort}/forum/feeds`, {})).body;
      const { pathname } = new URL(url);
      const statuses = await Promise.all(
        Array.from({ length: 61 }, () => fetch(new URL(pathname, limited.url)).then(({ status }) => status)),
      );
      expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    } finally {
      await limited.stop();
    }
  });
});
