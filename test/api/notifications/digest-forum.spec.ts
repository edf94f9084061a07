import { Types } from 'mongoose';
import { ForumDigests } from '../../../src/forums/digest/forum-digests.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type NewPerson, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followCommands } from '../../support/queries.js';

const ASKED = '2026-10-09T08:00:00.000Z';
const DUE = '2026-10-13T06:30:00.000Z';
/** Tuesdays at 08:30 in Paris. */
const WEEKLY = { every: 'week', at: '08:30', weekday: 2, kinds: [], without: ['channels', 'slots', 'workshops'] };

let world: TestWorld;
let cohort: string;
let C: string;
let staff: TestPerson;
let zoe: TestPerson;
let leo: TestPerson;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(ASKED);
  cohort = await aCohort(world);
  C = `/api/cohorts/${cohort}`;
  staff = await aMember(world, cohort, 'staff', { name: 'Sam Vidal' });
  zoe = await aMember(world, cohort, 'fellow', { name: 'Zoé Martin' });
  leo = await aMember(world, cohort, 'fellow', { name: 'Léo Fabre' });
});

/** Somebody with a weekly digest of the forum. */
const aReader = async (gives: string[] = [], person: NewPerson = {}, cohortId = cohort) => {
  const reader = await aMember(world, cohortId, 'fellow', person);
  if (gives.length > 0) expect((await reader.client.patch('/api/me', { gives })).status).toBeLessThan(300);
  const { kinds, quietHours } = (await reader.client.get('/api/me/preferences')).body;
  const chosen = await reader.client.put('/api/me/preferences', { kinds, quietHours, digest: WEEKLY });
  expect([chosen.status, chosen.body.code]).toEqual([200, undefined]);
  return reader;
};
const ask = async (by: TestPerson, title: string, tags: string[] = []): Promise<string> => {
  const { status, body } = await by.client.post(`${C}/topics`, { title, body: 'Who knows?', tags });
  expect(status).toBe(201);
  return body.id;
};
const reply = async (by: TestPerson, topicId: string, body: string): Promise<string> =>
  (await by.client.post(`${C}/topics/${topicId}/posts`, { body })).body.id;
const accept = async (topicId: string, postId: string) =>
  expect((await staff.client.put(`${C}/topics/${topicId}/answer`, { postId })).status).toBeLessThan(300);
const answered = async (title: string, body = 'Marianne, in 16 points.') => {
  const topicId = await ask(zoe, title);
  const postId = await reply(leo, topicId, body);
  await accept(topicId, postId);
  return { topicId, postId };
};
const listsOf = async ({ client }: TestPerson): Promise<Record<string, any[]>> => {
  const { lists } = (await client.get('/api/me/digest')).body;
  return Object.fromEntries(lists.map(({ key, items }: { key: string; items: any[] }) => [key, items]));
};
const titles = async (person: TestPerson, key: 'answers' | 'questions') =>
  ((await listsOf(person))[key] ?? []).map(({ title }) => title);

describe('the best answers in a digest', () => {
  it('given an answer was accepted, and a reply thanked for, then both are named with who gave them and a link to the post', async () => {
    const reader = await aReader();
    await answered('Which font?', `**Marianne**, as <@${zoe.id}> said.`);
    const topicId = await ask(zoe, 'Which grid?');
    const postId = await reply(leo, topicId, 'Twelve columns.');
    for (const one of [zoe, staff]) await one.client.put(`${C}/posts/${postId}/vote`);
    await reply(leo, await ask(zoe, 'Which paper?'), 'No idea.');
    world.clock.set(DUE);
    const { answers } = await listsOf(reader);
    expect(answers).toEqual([
      {
        title: 'Which font?',
        body: 'Léo Fabre: Marianne, as @Zoé Martin said.',
        link: expect.stringMatching(/\/forum\/[0-9a-f]{24}#post-2$/),
      },
      { title: 'Which grid?', body: 'Léo Fabre: Twelve columns.', link: `/c/${cohort}/forum/${topicId}#post-2` },
    ]);
  });

  it('given an answer that quotes a post which is deleted, then none of its words, and of one that is there its own first', async () => {
    const reader = await aReader();
    for (const [title, isDeleted] of [
      ['Quotes what is gone?', true],
      ['Quotes what is there?', false],
    ] as const) {
      const topicId = await ask(zoe, title);
      const quoted = await reply(zoe, topicId, 'My password is hunter2.');
      await accept(topicId, await reply(leo, topicId, '> <#2>\n> My password is hunter2.\n\nNever say so.'));
      if (isDeleted) expect((await staff.client.delete(`${C}/posts/${quoted}`)).status).toBe(204);
    }
    world.clock.set(DUE);
    const { answers } = await listsOf(reader);
    expect(answers!.map(({ body }) => body)).toEqual(['Léo Fabre: Never say so.', 'Léo Fabre: Never say so.']);
  });

  it('given who asked, who answered, who muted the topic, another cohort and who left, then nothing of it', async () => {
    const [reader, muter] = [await aReader(), await aReader()];
    const outsider = await aReader([], {}, await aCohort(world, { name: 'Other' }));
    const { topicId } = await answered('Which font?');
    await muter.client.put(`${C}/topics/${topicId}/subscription`, { level: 'muted' });
    for (const one of [zoe, leo]) {
      const { kinds, quietHours } = (await one.client.get('/api/me/preferences')).body;
      await one.client.put('/api/me/preferences', { kinds, quietHours, digest: WEEKLY });
    }
    world.clock.set(DUE);
    expect(await titles(reader, 'answers')).toEqual(['Which font?']);
    for (const one of [zoe, leo, muter, outsider]) expect(await titles(one, 'answers')).toEqual([]);
    expect((await staff.client.delete(`${C}/members/${reader.id}`)).status).toBeLessThan(300);
    expect(await titles(reader, 'answers')).toEqual([]);
  });

  it('given it was deleted, withdrawn, or named in the digest before, then it is not; a moved one stands where it is', async () => {
    const reader = await aReader();
    const [deleted, withdrawn, moved] = [
      await answered('Deleted?'),
      await answered('Withdrawn?'),
      await answered('Moved?'),
    ];
    const other = await ask(zoe, 'Other?');
    expect((await staff.client.delete(`${C}/posts/${deleted.postId}`)).status).toBe(204);
    expect((await staff.client.delete(`${C}/topics/${withdrawn.topicId}/answer`)).status).toBeLessThan(300);
    const merged = await staff.client.post(`${C}/topics/${moved.topicId}/merge`, { intoTopicId: other });
    expect(merged.status).toBe(200);
    for (const one of [zoe, staff]) await one.client.put(`${C}/posts/${moved.postId}/vote`);
    world.clock.set(DUE);
    expect(await titles(reader, 'answers')).toEqual(['Other?']);
    world.clock.set('2026-10-20T06:30:00.000Z');
    expect(await titles(reader, 'answers')).toEqual([]);
  });
});

describe('the questions in a digest', () => {
  it('given questions that wait for what somebody gives, then three at most, to them alone, with why', async () => {
    const [knows, other] = [await aReader(['Accessibility audits']), await aReader(['SQL'])];
    for (const title of ['The first question', 'The second question', 'The third question', 'The fourth question']) {
      await ask(zoe, title, ['accessibility']);
      world.clock.advance(60_000);
    }
    world.clock.set(DUE);
    const { questions } = await listsOf(knows);
    expect(questions!.map(({ title }) => title)).toEqual([
      'The fourth question',
      'The third question',
      'The second question',
    ]);
    expect(questions![0]).toMatchObject({
      body: 'Zoé Martin asked on Friday 9 October. You can help with: Accessibility audits.',
    });
    expect(await titles(other, 'questions')).toEqual([]);
  });

  it('given one that is muted, was asked of them, is answered, closed or their own, then it is not named', async () => {
    const knows = await aReader(['Accessibility']);
    const [muted, asked, solved, closed] = await Promise.all(
      ['Muted?', 'Asked?', 'Solved?', 'Closed?'].map((title) => ask(zoe, title, ['accessibility'])),
    );
    await ask(knows, 'Mine?', ['accessibility']);
    await ask(zoe, 'Open?', ['accessibility']);
    await knows.client.put(`${C}/topics/${muted}/subscription`, { level: 'muted' });
    const asks = await zoe.client.post(`${C}/topics/${asked}/helpers`, { userIds: [knows.id] });
    expect(asks.body.items).toMatchObject([{ person: { id: knows.id }, askedAt: expect.any(String) }]);
    await accept(solved!, await reply(leo, solved!, 'So.'));
    expect((await staff.client.post(`${C}/topics/${closed}/close`, {})).status).toBeLessThan(300);
    world.clock.set(DUE);
    expect(await titles(knows, 'questions')).toEqual(['Open?']);
  });

  it('given one of their craft, then it is named once', async () => {
    const knows = await aReader(['Design'], { craft: 'designer' });
    await ask(zoe, 'Which grid?', ['designer', 'design']);
    world.clock.set(DUE);
    const lists = await listsOf(knows);
    expect([lists.unanswered?.length, lists.questions]).toEqual([1, undefined]);
  });
});

it('given digests in both languages, then their letters name it in these, and one link leaves a part out for its reader alone', async () => {
  const [english, french] = [
    await aReader(['Accessibility'], { locale: 'en' }),
    await aReader(['Accessibility'], { locale: 'fr' }),
  ];
  await answered('Which font?');
  await ask(zoe, 'Which contrast?', ['accessibility']);
  world.clock.set(DUE);
  await deliver(world);
  const mailTo = async ({ email }: TestPerson) =>
    await eventually(() => {
      const isTheirs = (mail: { messageId?: string; to?: unknown }) =>
        mail.messageId?.startsWith('<digest-') && JSON.stringify(mail.to).includes(email);
      const [mail, ...others] = world.mail.mails.filter(isTheirs);
      expect([mail === undefined, others.length]).toEqual([false, 0]);
      return mail!;
    });
  const [mine, theirs] = [await mailTo(english), await mailTo(french)];
  for (const words of [
    'Best answers in the forum',
    'Which font?',
    'Questions you may know the answer to',
    'Which contrast?',
  ])
    expect(mine.text).toContain(words);
  for (const words of ['Les meilleures réponses du forum', 'Des questions dont vous savez peut-être la réponse'])
    expect(theirs.text).toContain(words);
  const [, stop] = /Which font\?[\s\S]*?href="([^"]+)"[^>]*>Leave this out</.exec(String(mine.html))!;
  expect((await fetch(new URL(new URL(stop!).pathname, world.url), { method: 'POST' })).status).toBe(200);
  expect(await titles(english, 'answers')).toEqual([]);
  expect(await titles(french, 'answers')).toEqual(['Which font?']);
});

it('given 200 digests that leave at once, then the forum is read for all of them together', async () => {
  await answered('Which font?');
  await ask(zoe, 'Which contrast?', ['accessibility']);
  const since = new Date(ASKED);
  const members = Array.from({ length: 200 }, () => ({
    ...{ userId: String(new Types.ObjectId()), gives: ['Accessibility'], since, besides: null },
  }));
  const commands = followCommands(world.db);
  const found = await Promise.all(members.map((member) => world.app.get(ForumDigests).of(cohort, member)));
  const reads = commands().filter((command) => /^find (posts|topics|topic-asks|subscriptions|users)/.test(command));
  expect(found.every(({ answers, questions }) => answers.length === 1 && questions.length === 1)).toBe(true);
  expect(reads.length).toBeLessThanOrEqual(24);
});
