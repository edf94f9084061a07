import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type Client, type LiveClient, clientOf, connect } from '../../support/client.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';

/**
 * Who finds which words anywhere: on every route of the OpenAPI file that reads, filled with the ids of the topic, its posts and its copy, in search, cards, feeds, digests, mails and notices. Again after posts
 * were moved, topics merged, the cohort closed, people gone, and the topic taken out.
 */
let world: TestWorld;
let here: string;
let base: string;
let commonsId: string;
let topic: { id: string; question: { id: string } };
let people: Record<string, TestPerson>;
let ids: { topicId: string[]; postId: string[]; cohortId: string[] };
let feedUrl: string;
let live: LiveClient[];

const OPENED = ['Openedtitle', 'openedquestion', 'openedreply', 'neighbourly'];
const KEPT = ['declinedreply', 'unaskedreply', 'quotedreply', 'laterreply', 'editedquestion'];
const AT_ONCE = 12;
const WHO = ['author', 'writer', 'decliner', 'staff', 'neighbour', 'alumna', 'leaver', 'outsider', 'admin'] as const;
const CLOSED: readonly string[] = ['leaver', 'outsider', 'nobody'];
const OF_COHORT: readonly string[] = ['author', 'writer', 'decliner', 'staff'];

const reply = async (as: TestPerson, body: string, topicId = topic.id) => {
  world.clock.advance(60_000);
  return (await as.client.post(`${base}/topics/${topicId}/posts`, { body })).body as { id: string };
};
const carry = async (as: TestPerson, ...postIds: string[]) => {
  const done = await as.client.post(`${base}/topics/${topic.id}/commons`, { postIds });
  expect(done.status).toBe(200);
  return done.body.commonsTopicId as string;
};

beforeAll(async () => {
  world = await startWorld({ now: NOW });
  const [there, before] = [await aCohort(world), await aCohort(world)];
  here = await aCohort(world);
  base = `/api/cohorts/${here}`;
  const inHere = (role: 'fellow' | 'coach' | 'host' | 'staff', name: string) => aMember(world, here, role, { name });
  people = {
    author: await inHere('fellow', 'Zoé Author'),
    writer: await inHere('coach', 'Ali Writer'),
    decliner: await inHere('host', 'Mia Decliner'),
    staff: await inHere('staff', 'Aurore Staff'),
    neighbour: await aMember(world, there, 'fellow', { name: 'Noé Neighbour' }),
    alumna: await aMember(world, before, 'alumni', { name: 'Léa Alumna' }),
    leaver: await inHere('fellow', 'Tom Leaver'),
    outsider: await aPerson(world, { name: 'Ugo Outsider' }),
    admin: await aPerson(world, { name: 'Ada Admin', isAdmin: true }),
  };
  live = await Promise.all(
    ['leaver', 'neighbour', 'alumna', 'outsider'].map((name) => connect(world.url, people[name]!.token)),
  );
  const { author, writer, decliner, staff, neighbour, leaver } = people;
  await leaver!.client.put(`${base}/forum/subscription`, { level: 'watching' });
  const made = await leaver!.client.post(`${base}/forum/feeds`, {});
  feedUrl = new URL(made.body.url as string).pathname;
  const question = { title: 'Openedtitle of a topic', body: 'An openedquestion.', tags: ['law'] };
  topic = (await author!.client.post(`${base}/topics`, question)).body;
  const agreed = await reply(writer!, 'An openedreply.');
  const declined = await reply(decliner!, 'A declinedreply.');
  const unasked = await reply(leaver!, 'An unaskedreply.');
  const quoting = await reply(author!, '> <#3 Mia>\n> A quotedreply, declinedreply.\n\nThanks.');
  await staff!.client.delete(`${base}/members/${leaver!.id}`);
  commonsId = await carry(author!, topic.question.id, quoting.id);
  await carry(writer!, agreed.id);
  await decliner!.client.post(`${base}/topics/${topic.id}/commons/no`);
  await neighbour!.client.post(`/api/commons/topics/${commonsId}/posts`, { body: 'Something neighbourly.' });
  // What is written and edited in the cohort afterwards stays there.
  const later = await reply(writer!, 'A laterreply.');
  await author!.client.patch(`${base}/posts/${topic.question.id}`, { body: 'An editedquestion, once openedquestion.' });
  const copies = (await neighbour!.client.get(`/api/commons/topics/${commonsId}/posts`)).body.items as { id: string }[];
  ids = {
    topicId: [topic.id, commonsId],
    postId: [topic.question.id, declined.id, unasked.id, later.id, ...copies.map(({ id }) => id)],
    cohortId: [here, there, before],
  };
  await followOutbox(world);
  await world.settled();
});
afterAll(async () => {
  for (const { socket } of live) socket.disconnect();
  await world.stop();
});

/** Paths of all routes that read, with each id that there is in the place of each parameter; what has others is left out. */
async function paths(): Promise<string[]> {
  const document = (await clientOf(world.url).get('/api/openapi.json')).body;
  const reading = Object.entries(document.paths as Record<string, object>).flatMap(([path, of]) =>
    'get' in of ? [path] : [],
  );
  const filled = reading.flatMap((path) => {
    let all = [path];
    for (const [name, values] of Object.entries(ids))
      all = all.flatMap((one) =>
        one.includes(`{${name}}`) ? values.map((value) => one.replace(`{${name}}`, value)) : [one],
      );
    return all.filter((one) => !one.includes('{'));
  });
  const words = [...OPENED, ...KEPT].map((word) => word.toLowerCase());
  return [
    ...filled.filter((path) => !path.endsWith('/openapi.json') && !path.includes('metrics')),
    ...words.flatMap((word) => [
      `/api/search?q=${word}`,
      `/api/commons/topics?q=${word}`,
      `${base}/topics?q=${word}`,
      `${base}/forum/search?q=${word}`,
      `${base}/topics/similar?title=${word}`,
    ]),
    feedUrl,
  ];
}

/** The words that somebody finds, by any way. */
async function foundBy(client: Client): Promise<Set<string>> {
  const links = ids.cohortId.flatMap((cohortId) => ids.topicId.map((id) => ({ kind: 'topic' as const, cohortId, id })));
  const texts = [JSON.stringify((await client.post('/api/link-cards', { links })).body)];
  const all = await paths();
  for (let at = 0; at < all.length; at += AT_ONCE)
    texts.push(
      ...(await Promise.all(
        all.slice(at, at + AT_ONCE).map(async (path) => {
          const { status, text } = await client.get(path);
          if (status >= 500) throw new Error(`${path} answers ${status}`);
          return text;
        }),
      )),
    );
  const whole = texts.join('\n');
  return new Set([...OPENED, ...KEPT].filter((word) => whole.includes(word)));
}

async function matrix(): Promise<Record<string, string>> {
  const rows: Record<string, string> = { nobody: [...(await foundBy(clientOf(world.url)))].join(' ') };
  for (const name of WHO) {
    const found = await foundBy(people[name]!.client);
    const kept = KEPT.filter((word) => found.has(word));
    const opened = OPENED.filter((word) => found.has(word));
    rows[name] = [`opened ${opened.length}`, `kept ${kept.length}`].join(', ');
  }
  return rows;
}

const expected = (opened: number, others = opened) =>
  Object.fromEntries(
    ['nobody', ...WHO].map((name) => {
      if (name === 'nobody') return [name, ''];
      if (CLOSED.includes(name)) return [name, 'opened 0, kept 0'];
      return [name, OF_COHORT.includes(name) ? `opened ${opened}, kept 5` : `opened ${others}, kept 0`];
    }),
  );

it('shows what was opened to cohorts and alumni, and the rest to nobody else', async () => {
  expect(await matrix()).toEqual(expected(4));
});

it('tells nobody by socket, mail or notice what is not theirs', () => {
  const [leaver, ...others] = live.map(({ events }) => JSON.stringify(events));
  for (const word of KEPT) expect(others.join()).not.toContain(word);
  for (const word of ['laterreply', 'editedquestion', 'neighbourly']) expect(leaver).not.toContain(word);
  const mails = world.mail.mails.map((mail) => ({ to: JSON.stringify(mail.to), text: `${mail.subject} ${mail.text}` }));
  for (const name of ['neighbour', 'alumna', 'outsider', 'admin']) {
    const got = mails.filter(({ to }) => to.includes(people[name]!.email)).map(({ text }) => text.toLowerCase());
    for (const word of KEPT) expect(got.join('\n')).not.toContain(word);
  }
  const outsiders = mails.filter(({ to }) => to.includes(people.outsider!.email));
  expect(outsiders.filter(({ text }) => text.includes('Openedtitle'))).toEqual([]);
});

it('stays so as posts are moved, topics merged, and the cohort is closed', async () => {
  const { staff } = people;
  const posts = (await staff!.client.get(`${base}/topics/${topic.id}/posts`)).body.items as {
    id: string;
    body: string;
  }[];
  const declined = posts.find(({ body }) => body.includes('A declinedreply'))!;
  const move = await staff!.client.post(`${base}/topics/${topic.id}/move`, {
    postIds: [declined.id],
    title: 'Elsewhere',
  });
  expect(move.status).toBeLessThan(300);
  ids.topicId.push(move.body.id ?? move.body.topicId);
  const into = (await staff!.client.post(`${base}/topics`, { title: 'All of it', body: 'Here.' })).body.id as string;
  expect((await staff!.client.post(`${base}/topics/${topic.id}/merge`, { intoTopicId: into })).status).toBeLessThan(
    300,
  );
  ids.topicId.push(into);
  await followOutbox(world);
  expect((await people.writer!.client.get(`/api/commons/topics/${commonsId}`)).body.origin).toEqual({
    ...{ cohortId: here, topicId: into },
  });
  expect((await staff!.client.post(`${base}/close`)).status).toBeLessThan(300);
  await followOutbox(world);
  expect(await matrix()).toEqual(expected(4));
  for (const name of ['author', 'alumna', 'neighbour']) {
    const said = await people[name]!.client.post(`/api/commons/topics/${commonsId}/posts`, {
      body: `Still here: ${name}.`,
    });
    expect(said.status).toBe(201);
  }
});

it('ends for who leaves the last cohort, in the inbox too, and begins for who comes', async () => {
  const [neighbour, outsider] = [people.neighbour!, people.outsider!];
  await followOutbox(world);
  const inbox = async (person: TestPerson) =>
    ((await person.client.get('/api/me/inbox?limit=200')).body.items as { kind: string }[]).filter(
      ({ kind }) => kind === 'commons.replied',
    );
  expect((await inbox(neighbour)).length).toBeGreaterThan(0);
  const there = ids.cohortId[1]!;
  const chief = await aMember(world, there, 'staff');
  expect((await chief.client.delete(`/api/cohorts/${there}/members/${neighbour.id}`)).status).toBe(204);
  await followOutbox(world);
  expect(await inbox(neighbour)).toEqual([]);
  expect(await foundBy(neighbour.client)).toEqual(new Set());
  for (const [method, path] of [
    ['post', `/api/commons/topics/${commonsId}/posts`],
    ['post', `/api/commons/topics/${ids.cohortId[0]}/posts`],
  ] as const)
    expect((await neighbour.client[method](path, { body: 'Me.' })).body).toMatchObject({
      status: 403,
      code: 'no_cohort',
    });
  await join(world, there, outsider.id, 'alumni');
  expect([...(await foundBy(outsider.client))].sort()).toEqual([...OPENED].sort());
});

it('ends for all as staff take the topic out', async () => {
  expect((await people.staff!.client.delete(`/api/commons/topics/${commonsId}`)).status).toBe(204);
  await followOutbox(world);
  for (const name of ['alumna', 'admin']) expect(await foundBy(people[name]!.client)).toEqual(new Set());
  const rows = await Promise.all(
    ['commons-topics', 'commons-posts'].map((name) =>
      world.db
        .collection(name)
        .find({}, { hint: { _id: 1 } })
        .toArray(),
    ),
  );
  const left = JSON.stringify(rows);
  for (const word of [...OPENED, ...KEPT]) expect(left).not.toContain(word);
});
