import type { ParsedMail } from 'mailparser';
import { Types } from 'mongoose';
import { type SendMailOptions, type Transporter, createTransport } from 'nodemailer';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { DAY, HOUR, MINUTE } from '../../../src/common/times/clock.js';
import { MailDns } from '../../../src/infra/mail/mail-dns.js';
import { ANSWER_DAYS, MailAddresses } from '../../../src/infra/mail/mail-addresses.js';
import { MailReader } from '../../../src/infra/mail/mail-reader.js';
import { MailReceiver } from '../../../src/infra/mail/mail-receiver.js';
import { NoThread, Threads } from '../../../src/infra/threads/threads.js';
import { type Notice, Notifier } from '../../../src/notifications/notifier.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let cohort: string;
let server: Transporter;
let second: Transporter;
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKey = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
/** What domains say of their mail, by `TYPE name`; any other name does not exist. */
const dns: Record<string, string | Error> = {
  'TXT people.test': 'v=spf1 ip4:127.0.0.1 -all',
  'TXT evil.test': 'v=spf1 ip4:127.0.0.1 -all',
  'TXT agency.test': 'v=spf1 ip4:127.0.0.2 -all',
  'TXT elsewhere.test': 'v=spf1 ip4:192.0.2.7 -all',
  'TXT s._domainkey.elsewhere.test': `v=DKIM1; k=rsa; p=${publicKey}`,
  'TXT s._domainkey.agency.test': `v=DKIM1; k=rsa; p=${publicKey}`,
  'TXT s._domainkey.evil.test': `v=DKIM1; k=rsa; p=${publicKey}`,
  // Says that a subdomain does not speak for it; of the other one nothing does.
  'TXT _dmarc.strict.test': 'v=DMARC1; p=reject; adkim=s; aspf=s',
  'TXT s._domainkey.strict.test': `v=DKIM1; k=rsa; p=${publicKey}`,
  ...Object.fromEntries(
    ['strict.test', 'lax.test'].flatMap((domain) => [
      [`TXT mail.${domain}`, 'v=spf1 ip4:127.0.0.1 -all'],
      [`TXT s._domainkey.mail.${domain}`, `v=DKIM1; k=rsa; p=${publicKey}`],
    ]),
  ),
  'TXT down.test': Object.assign(new Error('servfail'), { code: 'ESERVFAIL' }),
};
/** The mail server in front of ours; all others here are at 127.0.0.1. */
const RELAY = '127.0.0.2';
const C = () => `/api/cohorts/${cohort}`;

beforeAll(async () => {
  world = await startWorld({
    nodes: 2,
    env: { MAIL_REPLY_DOMAIN: 'reply.cordee.test', MAIL_IN_PORT: '0', MAIL_IN_RELAYS: RELAY, RATE_LIMITS: 'on' },
  });
  cohort = await aCohort(world);
  const [one, two] = world.nodes.map(({ app }) => {
    app.get(MailDns).resolve = (name, type) => {
      const record = dns[`${type} ${name}`] ?? Object.assign(new Error('none'), { code: 'ENOTFOUND' });
      return record instanceof Error ? Promise.reject(record) : Promise.resolve([[record]]);
    };
    return createTransport({ host: '127.0.0.1', port: app.get(MailReceiver).port!, ignoreTLS: true });
  });
  [server, second] = [one!, two!];
});
afterAll(async () => {
  server.close();
  second.close();
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
/** A line to an SMTP server on which one says words and waits for what comes back. */
async function openLine(port: number, localAddress = '127.0.0.1') {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  await once(socket, 'data');
  const say = async (words: string | Buffer) => {
    // In one piece: a second one would wait for the other side to acknowledge the first.
    socket.write(Buffer.concat([Buffer.from(words), Buffer.from('\r\n')]));
    const [said] = (await once(socket, 'data')) as [Buffer];
    return said.toString();
  };
  /** What nobody answers to; resolves when the other side has ended the line. */
  const sayUntilCut = async (words: string) => {
    socket.on('error', () => undefined);
    const closed = once(socket, 'close').catch(() => undefined);
    socket.write(words);
    await closed;
  };
  return { say, sayUntilCut, end: () => socket.end() };
}
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

  it('given a topic in slow mode, then the first reply is taken, and the next one told why not', async () => {
    const { asker, topicId, mail } = await aTopic();
    const staff = await aMember(world, cohort, 'staff');
    expect((await staff.client.put(`${C()}/topics/${topicId}/slow`, { minutes: 15 })).status).toBe(200);
    await answer(asker, mail, 'Thanks.');
    await answer(asker, mail, 'And which of them?');
    const letter = await refusal(asker, 2);
    expect([letter.subject, letter.text]).toEqual([
      'Your answer was not taken',
      expect.stringContaining('The topic is in slow mode'),
    ]);
    expect((await postsOf(asker, topicId)).map(({ body }) => body).slice(2)).toEqual(['Thanks.']);
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

describe('who sent an answer', () => {
  /** As the mail server of elsewhere.test signs it; it comes by way of another one. */
  const signed = async (
    from: string,
    to: string,
    text: string,
    { domain = 'elsewhere.test', covers = ['From', 'To', 'Subject', 'Message-ID'], algorithm = 'rsa-sha256' } = {},
  ) => {
    const lines = [`From: ${from}`, `To: ${to}`, 'Subject: Re', `Message-ID: <${text}@elsewhere.test>`, '', text, ''];
    const mail = lines.join('\r\n');
    const privateKey = String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const { signatures } = await dkimSign(mail, {
      signatureData: [{ signingDomain: domain, selector: 's', privateKey }],
      algorithm,
      headerList: covers.join(':'),
    } as never);
    return signatures + mail;
  };
  const hand = (raw: string, from: string, to: string, by = server) => by.sendMail({ envelope: { from, to }, raw });
  const theirs = async (email: string) => {
    const [asker, helper] = [await aMember(world, cohort, 'fellow', { email }), await aMember(world, cohort, 'fellow')];
    const another = async () => {
      const opened = await asker.client.post(`${C()}/topics`, { title: 'Old codes?', body: 'I look.', tags: [] });
      const topicId = opened.body.id as string;
      const posts = async () => (await postsOf(helper, topicId)).map(({ body }) => body).slice(1);
      return { posts, place: addresses().answer('t', topicId, asker.id)! };
    };
    return { asker, helper, another, ...(await another()) };
  };

  it('given a forged From, then nothing is written; its owner is told once, and nobody else', async () => {
    const { asker, topicId, mail } = await aTopic();
    const forged = { envelope: { from: 'x@evil.test', to: replyTo(mail) } };
    for (let time = 0; time < 3; time += 1) await answer(asker, mail, 'Not me', forged);
    expect((await refusal(asker, 2)).text).toContain('nothing in it proves');
    expect(await postsOf(asker, topicId)).toHaveLength(2);
    expect([world.mail.asked(asker.email), world.mail.asked('x@evil.test')]).toEqual([2, 0]);
  });

  it('given a reader in Cc, then nothing is posted in the name of the owner, and the reader is told, once', async () => {
    const { asker, helper, topicId, mail } = await aTopic();
    const more = { messageId: '<cc@phone.test>' };
    const before = world.mail.asked(helper.email);
    for (let time = 0; time < 2; time += 1) await answer(helper, mail, 'In the name of somebody else', more);
    const letter = await refusal(helper, before + 1);
    expect(letter.text).toContain('only one person can answer');
    expect(letter.text).not.toContain('In the name of');
    expect(await postsOf(asker, topicId)).toHaveLength(2);
    expect([world.mail.asked(asker.email), world.mail.asked(helper.email)]).toEqual([1, before + 1]);
  });

  it('given a sender whose domain says nothing, or two senders, then nobody is told: it may be anybody', async () => {
    const { asker, topicId, mail } = await aTopic();
    await answer(asker, mail, 'Me', { from: 'x@nowhere.test' });
    await answer(asker, mail, 'Me', { from: [asker.email, 'x@evil.test'] });
    expect(await postsOf(asker, topicId)).toHaveLength(2);
    expect([world.mail.asked(asker.email), world.mail.asked('x@nowhere.test')]).toEqual([1, 0]);
  });

  it('given a signature of its domain, then it is taken by way of any server; at another address the same mail is not', async () => {
    const [here, there] = [await theirs('ines@elsewhere.test'), await theirs('mia@elsewhere.test')];
    const other = await here.another();
    const mail = await signed(here.asker.email, here.place, 'signed');
    for (const added of ['', `Cc: ${other.place}\r\n`]) await hand(added + mail, 'relay@evil.test', other.place);
    await hand(mail, 'relay@evil.test', here.place);
    expect([await here.posts(), await other.posts()]).toEqual([['signed'], []]);
    await hand(mail.replace('\r\nsigned', '\r\nchanged'), 'relay@evil.test', here.place);
    await hand(
      await signed(there.asker.email, there.place, 'by-evil', { domain: 'evil.test' }),
      'relay@evil.test',
      there.place,
    );
    expect([await here.posts(), await there.posts()]).toEqual([['signed'], []]);
  });

  it('given a domain that wants the same name (DMARC), then neither signature nor server of its subdomain proves who wrote, and its owner is told once; elsewhere they do', async () => {
    const [strict, lax] = [await theirs('ada@strict.test'), await theirs('ada@lax.test')];
    for (const { asker, place } of [strict, lax]) {
      const domain = `mail.${asker.email.split('@')[1]!}`;
      await hand(await signed(asker.email, place, 'by-signature', { domain }), 'relay@evil.test', place);
      await hand(await signed(asker.email, place, 'by-server', { domain: 'evil.test' }), `bounces@${domain}`, place);
    }
    expect([await strict.posts(), await lax.posts()]).toEqual([[], ['by-signature', 'by-server']]);
    expect((await refusal(strict.asker, 1)).text).toContain('nothing in it proves');
    expect([world.mail.asked(strict.asker.email), world.mail.asked(lax.asker.email)]).toEqual([1, 0]);
    const own = await signed(strict.asker.email, strict.place, 'by-itself', { domain: 'strict.test' });
    await hand(own, 'relay@evil.test', strict.place);
    expect(await strict.posts()).toEqual(['by-itself']);
  });

  it('given a signed mail that is handed over again with another Message-ID, or by one of its signatures, then it is written once', async () => {
    const { asker, place, posts } = await theirs('lou@elsewhere.test');
    const mail = await signed(asker.email, place, 'once', { covers: ['From', 'To'] });
    const again = await signed(asker.email, place, 'once', { covers: ['From', 'To', 'Subject'] });
    const two = again.slice(0, again.indexOf('\r\nFrom:') + 2) + mail;
    await hand(two, 'relay@evil.test', place);
    for (const replayed of [two, mail, again])
      for (const id of ['<another@evil.test>', '<third@evil.test>'])
        await hand(replayed.replace('<once@elsewhere.test>', id), 'relay@evil.test', place);
    // The same signature, twice in one mail, is one.
    const other = await signed(asker.email, place, 'twice');
    await hand(other.slice(0, other.indexOf('\r\nFrom:') + 2) + other, 'relay@evil.test', place);
    expect(await posts()).toEqual(['once', 'twice']);
    // The database forgets a row by its own clock, whatever the clock of the domain says.
    const [row] = await world.db.collection('mail-answers').find().sort({ at: 1 }).limit(1).toArray();
    expect(Math.abs(Date.now() - Number(row?.['at']))).toBeLessThan(24 * HOUR);
    const ends = (await world.db.collection('mail-answers').indexes()).find(({ key }) => 'at' in key);
    expect(ends?.expireAfterSeconds).toBeGreaterThan((ANSWER_DAYS * DAY) / 1000);
  });

  it('given a signature by SHA-1, then it proves nothing', async () => {
    const { asker, place, posts } = await theirs('kim@elsewhere.test');
    const weak = await signed(asker.email, place, 'weak', { algorithm: 'rsa-sha1' });
    expect(weak).toContain('rsa-sha1');
    await hand(weak, 'relay@evil.test', place);
    await hand(await signed(asker.email, place, 'strong'), 'relay@evil.test', place);
    expect(await posts()).toEqual(['strong']);
  });

  it('given a relay that says from where it came, then SPF asks of that server', async () => {
    const { asker, place, posts } = await theirs('ana@elsewhere.test');
    const from = async (ip: string, text: string) => {
      const line = await openLine(world.app.get(MailReceiver).port!, RELAY);
      for (const words of [
        'EHLO relay.test',
        `XFORWARD ADDR=${ip}`,
        `MAIL FROM:<${asker.email}>`,
        `RCPT TO:<${place}>`,
        'DATA',
      ])
        await line.say(words);
      await line.say(`From: ${asker.email}\r\nTo: ${place}\r\nMessage-ID: <${text}@x>\r\n\r\n${text}\r\n.`);
      line.end();
    };
    await from('192.0.2.8', 'from somewhere');
    await from('192.0.2.7', 'from its server');
    expect(await posts()).toEqual(['from its server']);
  });

  it('given a relay that does not say from where it came, and stands in the SPF of its people, then a signature alone proves who wrote', async () => {
    const { asker, place, posts } = await theirs('ida@agency.test');
    const relayed = async (raw: string) => {
      const line = await openLine(world.app.get(MailReceiver).port!, RELAY);
      for (const words of ['EHLO relay.test', `MAIL FROM:<${asker.email}>`, `RCPT TO:<${place}>`, 'DATA'])
        await line.say(words);
      await line.say(`${raw}\r\n.`);
      line.end();
    };
    await relayed(`From: ${asker.email}\r\nTo: ${place}\r\nMessage-ID: <not-me@x>\r\n\r\nnot me`);
    await relayed(await signed(asker.email, place, 'signed', { domain: 'agency.test' }));
    expect(await posts()).toEqual(['signed']);
  });

  it('given more signatures than any mail has, then it is refused before one of them is looked at', async () => {
    const { asker, place, posts } = await theirs('sig@elsewhere.test');
    const one = await signed(asker.email, place, 'many');
    const raw = one.slice(0, one.indexOf('\r\nFrom:') + 2).repeat(11) + one;
    const proof = jest.spyOn(world.app.get(MailReader), 'proof');
    await expect(hand(raw, asker.email, place)).rejects.toMatchObject({ responseCode: 554 });
    expect([proof.mock.calls.length, await posts()]).toEqual([0, []]);
    proof.mockRestore();
  });

  it('given the DNS is down, then the other side tries again', async () => {
    const { asker, place, posts } = await theirs('leo@down.test');
    const answered = server.sendMail({ from: asker.email, to: place, text: 'x' });
    await expect(answered).rejects.toMatchObject({ responseCode: 451 });
    expect([await posts(), world.mail.asked(asker.email)]).toEqual([[], 0]);
  });

  it.each(['headOf', 'proofOf', 'textOf'])(
    'given no thread is free for %s, then the other side tries again, and it is written',
    async (name) => {
      const { asker, topicId, mail } = await aTopic();
      const threads = world.app.get(Threads);
      const busy = jest
        .spyOn(threads, 'run')
        .mockImplementation((task, ...more) =>
          task.name === name ? Promise.reject(new NoThread(name)) : Threads.prototype.run.call(threads, task, ...more),
        );
      const send = () => answer(asker, mail, 'Waited', { messageId: `<waited-${name}@phone.test>` });
      await expect(send()).rejects.toMatchObject({ responseCode: 451 });
      busy.mockRestore();
      await send();
      expect((await postsOf(asker, topicId)).map(({ body }) => body).slice(2)).toEqual(['Waited']);
      expect(world.mail.asked(asker.email)).toBe(1);
    },
  );

  it('given 91 days, then the address has ended, and who answers is told by their own server', async () => {
    const { asker, topicId, mail } = await aTopic();
    const now = world.clock.now();
    world.clock.advance(91 * 24 * 3_600_000);
    const read = jest.spyOn(world.app.get(MailReader), 'head');
    const refused = { responseCode: 550, response: expect.stringContaining('more than 90 days old') };
    await expect(answer(asker, mail, 'Late')).rejects.toMatchObject(refused);
    world.clock.set(now);
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
    expect(await postsOf(asker, topicId)).toHaveLength(2);
    expect(world.mail.asked(asker.email)).toBe(1);
  });

  it('given a stranger who sends without end to an address, then no answer of its person is lost, there or elsewhere', async () => {
    const [{ asker, topicId, mail }, elsewhere] = [await aTopic(), await aTopic()];
    const line = await openLine(world.app.get(MailReceiver).port!, RELAY);
    for (const words of ['EHLO relay.test', 'XFORWARD ADDR=192.0.2.9']) await line.say(words);
    const heads = jest.spyOn(world.app.get(MailReader), 'head');
    const said = new Set<string>();
    for (let count = 0; count < 61; count += 1) {
      for (const words of ['MAIL FROM:<x@nowhere.test>', `RCPT TO:<${replyTo(mail)}>`, 'DATA']) await line.say(words);
      said.add((await line.say(`From: ${asker.email}\r\nTo: ${replyTo(mail)}\r\n\r\nNot me\r\n.`)).slice(0, 3));
      expect(said.size).toBe(count < 60 ? 1 : 2);
    }
    line.end();
    expect([...said]).toEqual(['250', '451']);
    // What is one too many is not read: a head of 64 kB can take a tenth of a second.
    expect(heads).toHaveBeenCalledTimes(60);
    heads.mockRestore();
    const other = addresses().answer('t', elsewhere.topicId, asker.id)!;
    await answer(asker, mail, 'Mine');
    await answer(asker, mail, 'Mine, elsewhere', { to: other });
    expect((await postsOf(asker, topicId)).at(-1)!.body).toBe('Mine');
    expect((await postsOf(asker, elsewhere.topicId)).at(-1)!.body).toBe('Mine, elsewhere');
  });

  it('given one mail at two processes at once, then it is written once', async () => {
    const { asker, topicId, mail } = await aTopic();
    const one = { from: asker.email, to: replyTo(mail), messageId: '<both@phone.test>', text: 'Both' };
    await Promise.allSettled([server.sendMail(one), second.sendMail(one), server.sendMail(one), second.sendMail(one)]);
    expect((await postsOf(asker, topicId)).map(({ body }) => body).slice(2)).toEqual(['Both']);
  });
});

/** A line on which somebody is about to say the text of an answer. */
async function begin({ email }: TestPerson, mail: Parameters<typeof replyTo>[0]) {
  const line = await openLine(world.app.get(MailReceiver).port!);
  for (const words of ['EHLO a.test', `MAIL FROM:<${email}>`, `RCPT TO:<${replyTo(mail)}>`, 'DATA'])
    await line.say(words);
  return line;
}

it('given a line that somebody opens, then it is greeted by the name that its mails go to, and nothing is said of the machine', async () => {
  const line = connect(world.app.get(MailReceiver).port!, '127.0.0.1');
  const [greeting] = (await once(line, 'data')) as [Buffer];
  line.destroy();
  expect(greeting.toString('latin1')).toBe(`220 ${world.config.MAIL_REPLY_DOMAIN} ESMTP Cordee\r\n`);
});

it('given lines of a dot without end, each a piece by itself, then the line is cut, and the next mail is taken', async () => {
  const { asker, topicId, mail } = await aTopic();
  const line = await begin(asker, mail);
  await line.sayUntilCut('..\r\n'.repeat(60_000));
  await answer(asker, mail, 'Mine');
  await eventually(async () => expect((await postsOf(asker, topicId)).at(-1)!.body).toBe('Mine'));
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
    await deliver(world);
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

  it('given a report about an address that is not mine any more, or made up, then it is refused unread, and nothing happens', async () => {
    const [fellow, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const old = addresses().bounce(fellow.id, 'old@cordee.test')!;
    const read = jest.spyOn(world.app.get(MailReader), 'head');
    for (const to of [
      old,
      `b${fellow.id}${'0'.repeat(14)}@reply.cordee.test`,
      `b${'0'.repeat(24 + 14)}@reply.cordee.test`,
      addresses()
        .bounce(fellow.id, fellow.email)!
        .replace(/.{14}@/, `${'0'.repeat(14)}@`),
      `${addresses().bounce(fellow.id, fellow.email)!.slice(0, 26)}${addresses().bounce(other.id, other.email)!.slice(26)}`,
    ])
      await expect(report(to, '5.1.1')).rejects.toMatchObject({ responseCode: 550 });
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
    await server.sendMail({
      from: other.email,
      to: addresses().bounce(fellow.id, fellow.email)!,
      text: 'Action: failed\nStatus: 5.1.1',
    });
    expect([await problemOf(fellow), await problemOf(other)]).toEqual([null, null]);
  });

  it('given who was shown a letter of mine and reports it again, then it stopped my mail once; one of two weeks ago is refused unread', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    await notify(fellow);
    await world.mail.to(fellow.email);
    const [shown = ''] = world.mail.returnPaths(fellow.email);
    await report(shown, '5.1.1');
    expect(await problemOf(fellow)).not.toBeNull();
    world.clock.advance(MINUTE);
    await fellow.client.delete('/api/me/mail-problem');
    await report(shown, '5.1.1');
    expect(await problemOf(fellow)).toBeNull();
    world.clock.advance(MINUTE);
    await notify(fellow);
    await world.mail.to(fellow.email, 2);
    const later = world.mail.returnPaths(fellow.email).at(-1)!;
    world.clock.advance(15 * DAY);
    await expect(report(later, '5.1.1')).rejects.toMatchObject({ responseCode: 550 });
    world.clock.advance(-2 * DAY);
    await report(later, '5.1.1');
    expect(await problemOf(fellow)).toMatchObject({ status: '5.1.1' });
  });

  it('given nobody, then 401', async () => {
    const { clientOf } = await import('../../support/client.js');
    const nobody = clientOf(world.url);
    expect([
      (await nobody.get('/api/me/mail-problem')).status,
      (await nobody.delete('/api/me/mail-problem')).status,
    ]).toEqual([401, 401]);
  });
});
