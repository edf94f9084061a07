import fc from 'fast-check';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import type { ParsedMail } from 'mailparser';
import { Types } from 'mongoose';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsersRepository } from '../../../src/auth/users.repository.js';
import { MINUTE } from '../../../src/common/times/clock.js';
import { NotificationKind } from '../../../src/contracts/notifications/notifications.js';
import { Mailer } from '../../../src/infra/mail/mailer.js';
import { RateLimits } from '../../../src/infra/redis/rate-limits.js';
import { NoticeLetters } from '../../../src/notifications/letters/notice-letter.js';
import { type Notice, Notifier } from '../../../src/notifications/notifier.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { personLink } from '../../support/rooms/person-links.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohort: string;
let publicKey: string;

beforeAll(async () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  publicKey = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const path = join(await mkdtemp(join(tmpdir(), 'cordee-dkim-')), 'key.pem');
  await writeFile(path, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  world = await startWorld({
    env: {
      MAIL_DKIM_DOMAIN: 'cordee.test',
      MAIL_DKIM_SELECTOR: 'autumn',
      MAIL_DKIM_KEY_PATH: path,
      MAIL_CONNECTIONS: '3',
    },
  });
  cohort = await aCohort(world);
});
afterAll(() => world.stop());

const notify = (person: TestPerson, notice: Partial<Notice> = {}) =>
  world.app.get(Notifier).notify({
    userIds: [person.id],
    cohortId: cohort,
    kind: 'topic.replied',
    params: { by: 'Claire', title: 'Old commune codes', excerpt: 'Use the register.' },
    link: `/c/${cohort}/forum/${String(new Types.ObjectId())}`,
    why: 'watching',
    key: `post-${Math.random()}`,
    ...notice,
  });
const rowOf = async (person: TestPerson) =>
  await world.db.collection('notifications').findOne({ userId: new Types.ObjectId(person.id) });
const deliveryOf = (person: TestPerson) =>
  world.db.collection('deliveries').findOne({ of: new Types.ObjectId(person.id) });
const headerOf = (mail: ParsedMail, key: string) =>
  mail.headerLines.filter((line) => line.key === key).map((one) => one.line);

describe('mails about one thing', () => {
  it('given joining, moving and cancelling a workshop, then three mails refer to one root, another workshop has another', async () => {
    const [staff, fellow] = [await aMember(world, cohort, 'staff'), await aMember(world, cohort, 'fellow')];
    const [one, two] = [
      await aWorkshop(staff, cohort, { title: 'One' }),
      await aWorkshop(staff, cohort, { title: 'Two' }),
    ];
    await fellow.client.put(`${one.path}/registration`, {});
    await world.mail.to(fellow.email, 1);
    await staff.client.patch(one.path, { startsAt: '2026-10-16T08:00:00Z', endsAt: '2026-10-16T09:00:00Z' });
    await world.mail.to(fellow.email, 2);
    await fellow.client.put(`${two.path}/registration`, {});
    const mails = await world.mail.to(fellow.email, 3);
    const roots = mails.map((mail) => [mail.inReplyTo, mail.references]);
    const root = (id: string) => `<workshops-${id}@cordee.test>`;
    expect(roots).toEqual([one.id, one.id, two.id].map((id) => [root(id), root(id)]));
    const ids = mails.map((mail) => mail.messageId);
    expect(new Set(ids).size).toBe(3);
    expect(ids.some((id) => id === root(one.id))).toBe(false);
  });
});

describe('the signature of a mail (DKIM)', () => {
  const check = (raw: Buffer) =>
    dkimVerify(raw, {
      resolver: (name: string) => {
        expect(name).toBe('autumn._domainkey.cordee.test');
        return Promise.resolve([[`v=DKIM1; k=rsa; p=${publicKey}`]]);
      },
    });

  it('given a mail as the server got it, then its signature holds; with one letter changed it does not', async () => {
    const fellow = await aMember(world, cohort, 'fellow', { name: 'Zoé Fellow', locale: 'fr' });
    await notify(fellow);
    await world.mail.to(fellow.email);
    const raw = world.mail.raw.find((one) => one.includes(fellow.email))!;
    const { results } = await check(raw);
    expect(results.map((one: any) => [one.signingDomain, one.status.result])).toEqual([['cordee.test', 'pass']]);
    const forged = Buffer.from(raw.toString('latin1').replace('Old commune', 'Olt commune'), 'latin1');
    expect((await check(forged)).results.map((one: any) => one.status.result)).toEqual(['fail']);
  });
});

describe('what people write', () => {
  /** Names and titles as the wickedest person would choose them. */
  const wicked = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc
      .array(
        fc.constantFrom(
          '\r\n',
          '\n',
          '\r',
          '\u2028',
          '\u0085',
          '\0',
          'Bcc: x@evil.test',
          'To: x@evil.test',
          '\r\n\r\n<p>',
          '"',
          '<x@evil.test>',
          ',',
          '=?utf-8?B?DQpCY2M6IHhAZXZpbC50ZXN0?=',
          '\t',
          ' ',
          'a'.repeat(998),
          'é',
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join('')),
  );
  const OURS = new Set([
    ...['from', 'to', 'subject', 'date', 'message-id', 'in-reply-to', 'references', 'mime-version', 'content-type'],
    ...['auto-submitted', 'list-unsubscribe', 'list-unsubscribe-post', 'dkim-signature', 'content-transfer-encoding'],
  ]);

  it('given any name and any words in a notice of any kind, then a mail to one person with our headers only', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const reader = (await world.app.get(UsersRepository).profile(new Types.ObjectId(fellow.id)))!;
    const [letters, mailer] = [world.app.get(NoticeLetters), world.app.get(Mailer)];
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...NotificationKind.options), wicked, wicked, async (kind, name, word) => {
        const params = Object.fromEntries(
          [
            'title',
            'by',
            'with',
            'excerpt',
            'channel',
            'cohort',
            'about',
            'text',
            'reason',
            'place',
            'meetingLink',
            'need',
            'what',
            'answer',
          ].map((key) => [key, word]),
        );
        const mail = await letters.write(
          { kind, params, link: `/c/${cohort}/week`, why: 'member', key: `fuzz-${(count += 1)}` },
          { ...reader, name },
        );
        await mailer.send(mail);
        const got = world.mail.mails.at(-1)!;
        expect(got.headerLines.filter(({ key }) => !OURS.has(key))).toEqual([]);
        for (const once of ['to', 'subject', 'message-id']) expect(headerOf(got, once)).toHaveLength(1);
        expect([got.to].flat().flatMap((to) => to!.value.map(({ address }) => address))).toEqual([fellow.email]);
        expect(world.mail.asked('x@evil.test')).toBe(0);
        expect(world.mail.raw.at(-1)!.subarray(0, world.mail.raw.at(-1)!.indexOf('\r\n\r\n')).includes('\nBcc')).toBe(
          false,
        );
      }),
      { numRuns: 150 },
    );
  });
});

describe('a mail server under load', () => {
  it('given that it says "later", then ever longer pauses until it takes it, once', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const before = world.clock.now();
    world.mail.answer(fellow.email, 451);
    await notify(fellow);
    for (const [tries, pause] of [1, 2, 4, 8, 16].entries()) {
      await eventually(async () =>
        expect(await deliveryOf(fellow)).toMatchObject({ state: 'waiting', tries: tries + 1, because: 'later' }),
      );
      const row = (await rowOf(fellow))!;
      expect(row.mail).toMatchObject({ state: 'waiting', error: 'later' });
      expect(row.mail.dueAt.getTime() - world.clock.now().getTime()).toBe(pause * MINUTE);
      if (tries === 4) world.mail.answer(fellow.email, 0);
      world.clock.set(row.mail.dueAt as Date);
      await deliver(world);
    }
    expect(await world.mail.to(fellow.email)).toHaveLength(1);
    await eventually(async () => expect(await deliveryOf(fellow)).toMatchObject({ state: 'sent', tries: 6 }));
    expect((await rowOf(fellow))?.mail).toMatchObject({ state: 'sent' });
    world.clock.set(before);
  });

  it('given that it says "no", then one try and no more', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    world.mail.answer(fellow.email, 554);
    await notify(fellow);
    await eventually(async () =>
      expect((await rowOf(fellow))?.mail).toMatchObject({ state: 'failed', error: 'refused' }),
    );
    await deliver(world);
    expect(world.mail.asked(fellow.email)).toBe(1);
  });
});

describe('one-click unsubscribe', () => {
  it('given a link of another person, used while I am signed in, then nothing of mine changes', async () => {
    const [me, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const token = personLink(world, 'unsubscribe', other, 'forum');
    expect((await me.client.post(`/api/unsubscribe/${token}`)).status).toBe(200);
    const mailOf = async (person: TestPerson) => (await person.client.get('/api/me/preferences')).body.kinds.forum.mail;
    expect([await mailOf(me), await mailOf(other)]).toEqual([true, false]);
  });
});

describe('a pace', () => {
  it('given so many mails a minute, then processes together hand over no more, and one that stops leaves what waits to others, untried', async () => {
    const slow = await startWorld({ nodes: 2, env: { MAIL_PER_MINUTE: '60' } });
    try {
      const cohortId = await aCohort(slow);
      const people = await Promise.all([1, 2, 3, 4].map(() => aMember(slow, cohortId, 'fellow')));
      const paces = jest.spyOn(RateLimits.prototype, 'pace');
      await slow.app.get(Notifier).notify({
        ...{ userIds: people.map(({ id }) => id), cohortId, kind: 'topic.replied', why: 'watching', key: 'paced' },
        ...{ params: { by: 'Claire', title: 'Codes', excerpt: '' }, link: `/c/${cohortId}/week` },
      });
      await eventually(() => expect(slow.mail.mails).toHaveLength(4));
      const [limits, waits] = [paces.mock.calls, await Promise.all(paces.mock.results.map(({ value }) => value))];
      paces.mockRestore();
      // Both processes ask one limit: each mail has a turn of it, and who comes too early waits.
      expect([...new Set(limits.map((asked) => JSON.stringify(asked)))]).toHaveLength(1);
      expect(limits[0]![0].seconds / limits[0]![0].points).toBe(1);
      expect(waits.filter((ms) => ms === 0)).toHaveLength(4);
      expect(waits.filter((ms) => ms > 0)).not.toEqual([]);
      for (const node of slow.nodes) node.app.get(Mailer).beforeApplicationShutdown();
      const late = people[0]!;
      await slow.app.get(Notifier).notify({
        ...{ userIds: [late.id], cohortId, kind: 'topic.replied', why: 'watching', key: 'stopping' },
        ...{ params: { by: 'Claire', title: 'Codes', excerpt: '' }, link: `/c/${cohortId}/week` },
      });
      await eventually(async () => {
        const theirs = { of: new Types.ObjectId(late.id), 'about.key': 'stopping' };
        const row = await slow.db.collection('deliveries').findOne(theirs);
        // Another process may send it at once.
        expect(row).toMatchObject({ state: 'waiting', tries: 0, lease: null, dueAt: slow.clock.now() });
      });
      expect(slow.mail.mails).toHaveLength(4);
    } finally {
      await slow.stop();
    }
  });
});
