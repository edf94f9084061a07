import { type TestWorld, startWorld } from '../../support/app.js';
import { deliver } from '../../support/deliveries-turn.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';
import { fetchFile, filesCookieOf, uploaded } from '../../support/rooms/files.js';
import { unzipped } from '../../support/rooms/zips.js';

/**
 * The ways on which words of a forum leave its pages: zips, files, letters and digests. Each for those of the cohort, of another one, former members and strangers; again after a move, a merge, new rules
 * and the end of the cohort. The ways of the API are in visibility.spec.ts.
 */
let world: TestWorld;
let here: string;
let C: string;
let topicId: string;
let file: { id: string; url: string };
let drafted: { id: string; url: string };
let people: Record<string, TestPerson>;
let cookies: Map<string, string>;

const ASKED = '2026-10-09T08:00:00.000Z';
const DUE = '2026-10-13T06:30:00.000Z';
const WEEKLY = { every: 'week', at: '08:30', weekday: 2, kinds: [], without: [] };
/** What is of the cohort alone; `openedquestion` is of the commons too. */
const KEPT = ['keptanswer', 'keptreply', 'keptfile', 'keptpage', 'keptdraft', 'keptpoll'];
const WHO = ['author', 'writer', 'staff', 'neighbour', 'alumna', 'leaver', 'outsider', 'admin', 'nobody'] as const;
const OF_COHORT: readonly string[] = ['author', 'writer', 'staff'];

const done = async (answer: Promise<{ status: number; body: any }>) => {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
};
const reply = async (as: TestPerson, body: string, over: object = {}) => {
  world.clock.advance(60_000);
  return await done(as.client.post(`${C}/topics/${topicId}/posts`, { body, ...over }));
};

beforeAll(async () => {
  world = await startWorld({ now: ASKED });
  const [there, before] = [await aCohort(world), await aCohort(world)];
  here = await aCohort(world);
  C = `/api/cohorts/${here}`;
  people = {
    author: await aMember(world, here, 'fellow', { name: 'Zoé Author' }),
    writer: await aMember(world, here, 'coach', { name: 'Ali Writer' }),
    staff: await aMember(world, here, 'staff', { name: 'Aurore Staff' }),
    neighbour: await aMember(world, there, 'staff', { name: 'Noé Neighbour' }),
    alumna: await aMember(world, before, 'alumni', { name: 'Léa Alumna' }),
    leaver: await aMember(world, here, 'fellow', { name: 'Tom Leaver' }),
    outsider: await aPerson(world, { name: 'Ugo Outsider' }),
    admin: await aPerson(world, { name: 'Ada Admin', isAdmin: true }),
  };
  const { author, writer, staff, leaver } = people;
  for (const { client } of Object.values(people)) {
    const { kinds, quietHours } = (await client.get('/api/me/preferences')).body;
    await done(client.put('/api/me/preferences', { kinds, quietHours, digest: WEEKLY }));
  }
  await done(leaver!.client.put(`${C}/forum/subscription`, { level: 'watching' }));
  cookies = new Map([['nobody', '']]);
  for (const [name, person] of Object.entries(people)) cookies.set(name, await filesCookieOf(world.url, person));
  await done(staff!.client.delete(`${C}/members/${leaver!.id}`));

  file = await uploaded(world.url, author!, 'The keptfile.', 'kept.txt');
  const question = {
    title: 'Who signs an openedtitle?',
    body: 'An openedquestion.',
    attachments: [{ fileId: file.id }],
  };
  const topic = await done(author!.client.post(`${C}/topics`, question));
  topicId = topic.id;
  const answer = await reply(writer!, `A keptanswer for <@${author!.id}>.`);
  await reply(staff!, 'A keptreply.', { poll: { question: 'Is it a keptpoll?', options: ['Yes', 'No'] } });
  await done(author!.client.put(`${C}/topics/${topicId}/answer`, { postId: answer.id }));
  await done(staff!.client.post(`${C}/handbook`, { en: { title: 'Signing', body: 'The keptpage.' } }));
  await done(author!.client.post(`${C}/topics/${topicId}/commons`, { postIds: [topic.question.id] }));
  drafted = await uploaded(world.url, author!, 'The keptdraft.', 'draft.txt');
  const draft = { revision: 0, body: 'A keptdraft.', attachments: [{ fileId: drafted.id }] };
  const edit = { seen: 'An openedquestion.', seenAttachments: [], why: '' };
  await done(author!.client.put(`/api/me/drafts/edit-${topic.question.id}`, { ...draft, edit }));
  await followOutbox(world);
  await world.settled();
});
afterAll(() => world.stop());

/** What somebody gets at an address of files; of a zip all that lies in it, with the names. */
async function got(path: string, who: string): Promise<string> {
  const { status, headers, body } = await fetchFile(world.url, path, cookies.get(who)!);
  if (status >= 500) throw new Error(`${path} answers ${status}`);
  if (headers['content-type'] !== 'application/zip') return String(body);
  return [...(await unzipped(body))].flat().map(String).join('\n');
}

const mailsOf = (who: string) => {
  const { email } = people[who] ?? { email: 'nobody' };
  const mails = world.mail.mails.filter(({ to }) => JSON.stringify(to).includes(email));
  return mails.map((mail) => JSON.stringify(mail)).join('\n');
};

const WAYS: Record<string, (who: string) => Promise<string> | string> = {
  forum: (who) => got(`/files/cohorts/${here}/forum/export.zip`, who),
  handbook: (who) => got(`/files/cohorts/${here}/handbook.zip`, who),
  page: (who) => got(`/files/cohorts/${here}/handbook.html`, who),
  file: (who) => got(file.url, who),
  draft: (who) => got(drafted.url, who),
  letters: mailsOf,
  digest: async (who) => JSON.stringify((await people[who]?.client.get('/api/me/digest'))?.body ?? ''),
};

/** Which of the kept words each of them finds, by the way. */
async function matrix(): Promise<Record<string, Record<string, string[]>>> {
  const rows = WHO.map(async (who) => {
    const found = await Promise.all(
      Object.entries(WAYS).map(async ([way, ask]) => {
        const text = (await ask(who)).toLowerCase();
        return [way, KEPT.filter((word) => text.includes(word))] as const;
      }),
    );
    return [who, Object.fromEntries(found.filter(([, words]) => words.length > 0))] as const;
  });
  return Object.fromEntries(await Promise.all(rows));
}

/** Nothing for who is not of the cohort; what each of the others may have in any case. */
async function expectNoLeaks(): Promise<void> {
  const found = await matrix();
  for (const who of WHO.filter((one) => !OF_COHORT.includes(one))) expect([who, found[who]]).toEqual([who, {}]);
  for (const who of OF_COHORT)
    expect(found[who]).toMatchObject({ handbook: ['keptpage'], page: ['keptpage'], file: ['keptfile'] });
  expect(found['staff']).toMatchObject({ forum: ['keptanswer', 'keptreply', 'keptfile', 'keptpoll'] });
  for (const who of ['author', 'writer']) expect(found[who]).not.toHaveProperty('forum');
  expect(WHO.filter((who) => found[who]?.['draft'])).toEqual(['author']);
  expect(found['author']!['letters']).toContain('keptanswer');
}

it('given a topic with a file, an answer, a poll and a page, then each way leads those of the cohort to them, and nobody else', async () => {
  await expectNoLeaks();
});

it('given digests leave, then those of the cohort have its answer in theirs, and nobody else', async () => {
  world.clock.set(DUE);
  expect(await WAYS['digest']!('staff')).toContain('keptanswer');
  await deliver(world);
  await world.settled();
  expect(mailsOf('staff')).toContain('keptanswer');
  await expectNoLeaks();
});

it('given posts are moved, topics merged, and the rules changed, then it is the same', async () => {
  const { staff } = people;
  const { items } = await done(staff!.client.get(`${C}/topics/${topicId}/posts`));
  const postIds = [items.find(({ body }: { body: string }) => body.includes('keptreply')).id];
  await done(staff!.client.post(`${C}/topics/${topicId}/move`, { postIds, title: 'Somewhere else' }));
  const into = await done(staff!.client.post(`${C}/topics`, { title: 'All of it', body: 'Here.' }));
  await done(staff!.client.post(`${C}/topics/${topicId}/merge`, { intoTopicId: into.id }));
  topicId = into.id;
  const { revision } = await done(staff!.client.get(`${C}/forum/rules`));
  await done(staff!.client.put(`${C}/forum/rules`, { revision, texts: { en: 'Be kind.', fr: '' } }));
  await followOutbox(world);
  await expectNoLeaks();
});

it('given who wrote it leaves, and the cohort is closed, then they find nothing of it, and the others what they had', async () => {
  const { staff, writer } = people;
  const letters = mailsOf('writer');
  await done(staff!.client.delete(`${C}/members/${writer!.id}`));
  await done(staff!.client.post(`${C}/close`));
  await followOutbox(world);
  const found = await matrix();
  expect(found['writer']).toEqual(letters.includes('kept') ? { letters: expect.anything() } : {});
  for (const who of ['neighbour', 'alumna', 'leaver', 'outsider', 'admin', 'nobody'])
    expect([who, found[who]]).toEqual([who, {}]);
  expect(found['author']).toMatchObject({ file: ['keptfile'] });
});
