import { startWorld, type TestWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let [ines, leo]: TestPerson[] = [];
let cohortId: string;
let C: string;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
  await ines.client.put(`${C}/forum/subscription`, { level: 'watching' });
});

const ask = async (title: string) =>
  (await leo!.client.post(`${C}/topics`, { title, body: 'Which one?' })).body.id as string;
const reply = (topicId: string) => leo!.client.post(`${C}/topics/${topicId}/posts`, { body: 'So.' });
const mailsOf = (count: number) => world.mail.to(ines!.email, count);

type Mail = Awaited<ReturnType<typeof mailsOf>>[number];
const referencesOf = ({ references = [] }: Mail) => [references].flat();

const headerOf = (mail: Mail, key: string) =>
  mail.headerLines.find((line) => line.key === key)!.line.replace(/\r?\n\s*/g, ' ');

/** As most programs do (RFC 5256, "REFERENCES"): by the first of what a mail refers to, or by itself. */
const byReferences = (mail: Mail) => referencesOf(mail)[0] ?? mail.messageId;
/** As those do that ask for one subject besides. */
const bySubject = (mail: Mail) => `${byReferences(mail)} ${(mail.subject ?? '').replace(/^re: /i, '')}`;

describe('the mails of a watched topic', () => {
  it('given a topic, its replies and another one, then programs of both kinds put each together', async () => {
    const [one, other] = [await ask('Ropes of sixty metres'), await ask('Boots')];
    await mailsOf(2);
    await reply(one);
    await reply(one);
    const mails = await mailsOf(4);
    for (const threadOf of [byReferences, bySubject]) {
      const threads = new Map<unknown, number>();
      for (const mail of mails) threads.set(threadOf(mail), (threads.get(threadOf(mail)) ?? 0) + 1);
      expect([...threads.values()].sort()).toEqual([1, 3]);
    }
    const root = `<forum-${one}@cordee.test>`;
    const first = mails.find((mail) => mail.subject === 'Ropes of sixty metres')!;
    expect([first.messageId, first.inReplyTo]).toEqual([root, undefined]);
    const replies = mails.filter((mail) => mail.subject === 'Re: Ropes of sixty metres');
    expect(replies.map((mail) => [mail.inReplyTo, mail.references])).toEqual([
      [root, root],
      [root, root],
    ]);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(4);
    expect(mails.map(({ messageId }) => messageId)).toContain(`<forum-${other}@cordee.test>`);
  });

  it('given each mail, then it names its list, and one click mutes the topic and nothing else', async () => {
    const topicId = await ask('Ropes of sixty metres');
    await reply(topicId);
    for (const mail of await mailsOf(2)) {
      expect(headerOf(mail, 'list-id')).toBe(`List-ID: <${topicId}.forum.cordee.test>`);
      expect(headerOf(mail, 'list-archive')).toBe(`List-Archive: <http://cordee.test/c/${cohortId}/forum/${topicId}>`);
    }
    const [mail] = await mailsOf(2);
    const url = /<(.*)>/.exec(headerOf(mail!, 'list-unsubscribe'))![1]!;
    const answer = await fetch(new URL(new URL(url).pathname, world.url), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect(answer.status).toBeLessThan(300);
    expect((await ines!.client.get(`${C}/topics/${topicId}`)).body.subscription).toBe('muted');
    const other = await ask('Boots');
    expect((await ines!.client.get(`${C}/topics/${other}`)).body.subscription).toBe('watching');
  });
});
