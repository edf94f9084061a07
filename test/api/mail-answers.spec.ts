import type { ParsedMail } from 'mailparser';
import { Types } from 'mongoose';
import { type SendMailOptions, type Transporter, createTransport } from 'nodemailer';
import { MailAddresses } from '../../src/infra/mail/mail-addresses.js';
import { MailReceiver } from '../../src/infra/mail/mail-receiver.js';
import { NoticeMails } from '../../src/notifications/notice-mails.js';
import { type Notice, Notifier } from '../../src/notifications/notifier.js';
import { type TestWorld, startWorld } from '../support/app.js';
import { aCoach, aSession } from '../support/coaching.js';
import { eventually } from '../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../support/factories.js';

let world: TestWorld;
let cohort: string;
let server: Transporter;
const C = () => `/api/cohorts/${cohort}`;

beforeAll(async () => {
  world = await startWorld({ env: { MAIL_REPLY_DOMAIN: 'reply.cordee.test', MAIL_IN_PORT: '0', RATE_LIMITS: 'on' } });
  cohort = await aCohort(world);
  const port = world.app.get(MailReceiver).port!;
  server = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
});
afterAll(async () => {
  server.close();
  await world.stop();
});

const addresses = () => world.app.get(MailAddresses);
/** A topic of somebody with a reply, so that its author got a mail that can be answered. */
async function aTopic() {
  const [asker, helper] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
  const topic = await asker.client.post(`${C()}/topics`, {
    title: 'Old commune codes?',
    body: 'I look for them.',
    tags: [],
  });
  expect(topic.status).toBe(201);
  await helper.client.post(`${C()}/topics/${topic.body.id}/posts`, { body: 'They are in the register.' });
  const [mail] = await world.mail.to(asker.email);
  return { asker, helper, topicId: topic.body.id as string, mail: mail! };
}
const postsOf = async (person: TestPerson, topicId: string) =>
  (await person.client.get(`${C()}/topics/${topicId}/posts`)).body.items as { body: string; author: { id: string } }[];
const replyTo = (mail: ParsedMail) => mail.replyTo!.value[0]!.address!;

/** What a mail program sends when somebody answers. */
const answer = (person: TestPerson, mail: ParsedMail, text: string, more: SendMailOptions = {}) =>
  server.sendMail({
    from: { name: 'Me', address: person.email },
    to: replyTo(mail),
    subject: `Re: ${mail.subject}`,
    inReplyTo: mail.messageId,
    text: `${text}\n\nOn Tue, 13 Oct 2026 at 11:45, Cordée <no-reply@cordee.test> wrote:\n\n> They are in the register.\n`,
    ...more,
  });
/** The letter that says why an answer was not taken. */
const refusal = async (person: TestPerson, count: number) => (await world.mail.to(person.email, count)).at(-1)!;

describe('two processes of one machine', () => {
  it('given the port is taken, then the second starts all the same, and the first takes mails in', async () => {
    const { port } = world.app.get(MailReceiver);
    const second = await startWorld({ env: { MAIL_REPLY_DOMAIN: 'reply.cordee.test', MAIL_IN_PORT: String(port) } });
    expect(second.app.get(MailReceiver).port).toBeNull();
    await second.stop();
    expect(world.app.get(MailReceiver).port).toBe(port);
  });
});

describe('an answer by mail', () => {
  it('given a reply in my topic, then what I write above the quote is a post of mine, once though it comes twice', async () => {
    const { asker, topicId, mail } = await aTopic();
    expect(mail.text).toContain('You can answer this email');
    const more = { messageId: '<once@phone.test>' };
    await answer(asker, mail, 'Thank **you**.', more);
    await answer(asker, mail, 'Thank **you**.', more);
    const posts = await postsOf(asker, topicId);
    expect(posts.map(({ body }) => body)).toEqual(['I look for them.', 'They are in the register.', 'Thank **you**.']);
    expect(world.mail.asked(asker.email)).toBe(1);
  });

  it('given the process died after it was written, then the next try of the mail server writes it no second time', async () => {
    const { asker, topicId, mail } = await aTopic();
    const coach = await aCoach(world, cohort);
    const { id } = await aSession(cohort, asker, coach.id, '2026-10-21T08:00:00.000Z');
    const [booked] = await world.mail.to(coach.email);
    for (let time = 0; time < 2; time += 1) {
      await answer(asker, mail, 'Thanks.', { messageId: '<died@phone.test>' });
      await answer(coach, booked!, 'Bring it.', { messageId: '<died@phone.test>' });
      await world.db
        .collection('mail-answers')
        .updateMany({ _id: { $exists: true } }, { $set: { done: false, takenUntil: new Date(0) } });
    }
    expect((await postsOf(asker, topicId)).map(({ body }) => body).slice(2)).toEqual(['Thanks.']);
    expect((await asker.client.get(`${C()}/sessions/${id}/notes`)).body.items).toHaveLength(1);
  });

  it('given a direct message, then the answer stands in the conversation', async () => {
    const [from, to] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const direct = (await from.client.post('/api/direct', { userIds: [to.id] })).body.id as string;
    await from.client.post(`/api/channels/${direct}/messages`, { clientId: `c-${direct}`, body: 'are you there?' });
    const place = addresses().answer('d', direct, to.id)!;
    await server.sendMail({ from: to.email, to: place, text: 'I am.' });
    const { items } = (await from.client.get(`/api/channels/${direct}/messages`)).body;
    expect(items.map((one: any) => [one.senderId, one.body])).toEqual([
      [from.id, 'are you there?'],
      [to.id, 'I am.'],
    ]);
  });

  it('given a session, then a note that those who take part read, as the mail says', async () => {
    const coach = await aCoach(world, cohort);
    const fellow = await aMember(world, cohort, 'fellow');
    const other = await aMember(world, cohort, 'fellow');
    const { id } = await aSession(cohort, fellow, coach.id, '2026-10-20T08:00:00.000Z');
    const mails = await world.mail.to(coach.email);
    expect(mails[0]!.text).toContain('as a note of the session, for those who take part in it');
    await answer(coach, mails[0]!, 'Bring the data model.');
    const notes = async (person: TestPerson) => (await person.client.get(`${C()}/sessions/${id}/notes`)).body.items;
    expect(await notes(fellow)).toMatchObject([{ body: 'Bring the data model.', audience: 'participants' }]);
    expect((await other.client.get(`${C()}/sessions/${id}/notes`)).status).toBeGreaterThanOrEqual(400);
  });
});

describe('an answer that is refused', () => {
  it.each([
    [
      'from another address',
      (who: TestPerson, mail: ParsedMail) => answer(who, mail, 'Me too', { from: 'x@evil.test' }),
      'another address',
    ],
    [
      'with two senders',
      (who: TestPerson, mail: ParsedMail) => answer(who, mail, 'Me', { from: [who.email, 'x@evil.test'] }),
      'another address',
    ],
    ['that is empty', (who: TestPerson, mail: ParsedMail) => answer(who, mail, ''), 'nothing in it'],
    [
      'that is too long',
      (who: TestPerson, mail: ParsedMail) => answer(who, mail, 'word '.repeat(20_000)),
      'longer than',
    ],
  ])('given one %s, then nothing is written and I am told why, at my own address', async (_, send, words) => {
    const { asker, topicId, mail } = await aTopic();
    await send(asker, mail);
    const letter = await refusal(asker, 2);
    expect([letter.subject, letter.text]).toEqual(['Your answer was not taken', expect.stringContaining(words)]);
    expect(letter.headers.get('auto-submitted')).toBe('auto-replied');
    expect(world.mail.returnPaths(asker.email).at(-1)).toBe('');
    expect(await postsOf(asker, topicId)).toHaveLength(2);
    expect(world.mail.asked('x@evil.test')).toBe(0);
  });

  it('given I left the cohort, or the topic was deleted, then it is not there for me', async () => {
    const [left, deleted] = [await aTopic(), await aTopic()];
    const staff = await aMember(world, cohort, 'staff');
    expect((await staff.client.delete(`${C()}/members/${left.asker.id}`)).status).toBe(204);
    await answer(left.asker, left.mail, 'Still here');
    expect((await refusal(left.asker, 2)).text).toContain('no access');
    expect(await postsOf(left.helper, left.topicId)).toHaveLength(2);
    const { items } = (await staff.client.get(`${C()}/topics/${deleted.topicId}/posts`)).body;
    for (const { id } of items) expect((await staff.client.delete(`${C()}/posts/${id}`)).status).toBe(204);
    await answer(deleted.asker, deleted.mail, 'Still there');
    expect((await refusal(deleted.asker, 2)).text).toContain('not there any more');
  });

  it('given the address of another person, then it is of no use to me', async () => {
    const { asker, helper, topicId, mail } = await aTopic();
    await answer(helper, mail, 'In the name of somebody else');
    expect(await postsOf(asker, topicId)).toHaveLength(2);
    expect((await refusal(asker, 2)).text).not.toContain('In the name of');
  });

  it('given a program answers, then it is not answered and nothing is written', async () => {
    const { asker, topicId, mail } = await aTopic();
    for (const headers of [
      { 'Auto-Submitted': 'auto-replied' },
      { Precedence: 'bulk' },
      { 'X-Auto-Response-Suppress': 'All' },
    ])
      await answer(asker, mail, 'I am away', { headers });
    await answer(asker, mail, 'Undelivered', { envelope: { from: '', to: replyTo(mail) } });
    expect(await postsOf(asker, topicId)).toHaveLength(2);
    expect(world.mail.asked(asker.email)).toBe(1);
  });

  it('given attachments, then the words are taken and I am told of the rest; a picture in the text is nothing to tell', async () => {
    const { asker, topicId, mail } = await aTopic();
    await answer(asker, mail, 'See the file', { attachments: [{ filename: 'a.csv', content: 'a;b' }] });
    expect((await refusal(asker, 2)).subject).toBe('Your answer was taken, without its attachments');
    expect((await postsOf(asker, topicId)).at(-1)!.body).toBe('See the file');
  });

  it('given many of them, then only some are told', async () => {
    const { asker, mail } = await aTopic();
    for (let count = 0; count < 8; count += 1) await answer(asker, mail, '', { messageId: `<${count}@phone.test>` });
    expect(world.mail.asked(asker.email)).toBe(1 + 5);
  });

  it.each([
    ['an address that is none of ours', 'someone@reply.cordee.test', 550],
    ['another domain', 'someone@other.test', 550],
  ])('given %s, then the server refuses it', async (_, to, responseCode) => {
    await expect(server.sendMail({ from: 'a@b.test', to, text: 'x' })).rejects.toMatchObject({ responseCode });
  });

  it('given a mail that is too large, then the server refuses it', async () => {
    const { asker, mail } = await aTopic();
    const attachments = [{ filename: 'a.bin', content: Buffer.alloc(3 * 1024 * 1024) }];
    await expect(answer(asker, mail, 'Large', { attachments })).rejects.toMatchObject({ responseCode: 552 });
  });
});

describe('mails that do not arrive', () => {
  const notify = (person: TestPerson, notice: Partial<Notice> = {}) =>
    world.app.get(Notifier).notify({
      ...{
        userIds: [person.id],
        cohortId: cohort,
        kind: 'topic.replied',
        why: 'watching',
        key: `post-${Math.random()}`,
      },
      ...{ params: { by: 'Claire', title: 'Codes', excerpt: '' }, link: `/c/${cohort}/week` },
      ...notice,
    });
  /** What a mail server sends to the sender of the envelope. */
  const report = (to: string, status: string) =>
    server.sendMail({
      envelope: { from: '', to },
      raw: [
        ...['From: MAILER-DAEMON@mx.test', `To: ${to}`, 'Subject: Undelivered', 'MIME-Version: 1.0'],
        ...['Content-Type: multipart/report; report-type=delivery-status; boundary="b"', '', '--b'],
        ...['Content-Type: text/plain', '', 'Sorry.', '--b', 'Content-Type: message/delivery-status', ''],
        ...['Reporting-MTA: dns; mx.test', '', 'Action: failed', `Status: ${status}`, '', '--b--', ''],
      ].join('\r\n'),
    });
  const problemOf = async (person: TestPerson) => (await person.client.get('/api/me/mail-problem')).body.problem;
  const kindsOf = async (person: TestPerson, kind: string) =>
    (await person.client.get('/api/me/inbox?limit=100')).body.items.filter((one: any) => one.kind === kind);
  const mailRows = async (person: TestPerson) =>
    (
      await world.db
        .collection('notifications')
        .find({ userId: new Types.ObjectId(person.id), 'mail.state': { $ne: 'none' } })
        .sort({ _id: 1 })
        .toArray()
    ).map((row) => row.mail.state);

  it('given the report of a server, then mail stops, the person and staff are told once, and one act tries it again', async () => {
    const [fellow, staff] = [
      await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier' }),
      await aMember(world, cohort, 'staff'),
    ];
    await notify(fellow);
    await world.mail.to(fellow.email);
    const [path] = world.mail.returnPaths(fellow.email);
    await report(path!, '4.4.7');
    expect(await problemOf(fellow)).toBeNull();
    await report(path!, '5.1.1');
    await report(path!, '5.1.1');
    expect(await problemOf(fellow)).toEqual({
      address: fellow.email,
      since: world.clock.now().toISOString(),
      status: '5.1.1',
    });
    await eventually(async () =>
      expect([
        (await kindsOf(fellow, 'mail.stopped')).length,
        (await kindsOf(staff, 'mail.unreachable')).length,
      ]).toEqual([1, 1]),
    );
    expect((await kindsOf(staff, 'mail.unreachable'))[0].title).toBe('Emails to Inès Carpentier do not arrive');
    await notify(fellow);
    await world.app.get(NoticeMails).sweep();
    await eventually(async () => expect(await mailRows(fellow)).toEqual(['sent', 'skipped']));
    expect(world.mail.asked(fellow.email)).toBe(1);
    expect((await fellow.client.delete('/api/me/mail-problem')).status).toBe(204);
    expect(await problemOf(fellow)).toBeNull();
    await notify(fellow);
    expect(await world.mail.to(fellow.email, 2)).toHaveLength(2);
  });

  it('given a server that refuses the address while we hand over, then the same', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    world.mail.answer(fellow.email, 550, '5.1.1 no such user');
    await notify(fellow);
    await eventually(async () => expect(await problemOf(fellow)).toMatchObject({ status: '5.1.1' }));
    await notify(fellow);
    await eventually(async () => expect(await mailRows(fellow)).toEqual(['failed', 'skipped']));
    expect(world.mail.asked(fellow.email)).toBe(1);
  });

  it('given a report about an address that is not mine any more, or made up, then nothing happens', async () => {
    const [fellow, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const old = addresses().bounce(fellow.id, 'old@cordee.test')!;
    await report(old, '5.1.1');
    await server.sendMail({
      from: other.email,
      to: addresses().bounce(fellow.id, fellow.email)!,
      text: 'Action: failed\nStatus: 5.1.1',
    });
    expect(await problemOf(fellow)).toBeNull();
    await expect(report(`b${fellow.id}${'0'.repeat(14)}@reply.cordee.test`, '5.1.1')).resolves.toBeDefined();
    expect([await problemOf(fellow), await problemOf(other)]).toEqual([null, null]);
  });

  it('given nobody, then 401', async () => {
    const { clientOf } = await import('../support/client.js');
    const nobody = clientOf(world.url);
    expect([
      (await nobody.get('/api/me/mail-problem')).status,
      (await nobody.delete('/api/me/mail-problem')).status,
    ]).toEqual([401, 401]);
  });
});
