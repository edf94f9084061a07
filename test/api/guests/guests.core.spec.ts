import { Types } from 'mongoose';
import { MINUTE } from '../../../src/common/times/clock.js';
import { MAX_DELIVERY_ATTEMPTS, pauseAfter } from '../../../src/infra/mail/delivery-failure.js';
import { NoTurn } from '../../../src/infra/mail/mail-turns.js';
import { Transactions } from '../../../src/infra/mongo/transactions.js';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { Mailer } from '../../../src/infra/mail/mailer.js';
import { GuestErasing } from '../../../src/workshops/guests/guest-erasing.js';
import type { DeliveryRow } from '../../../src/infra/deliveries/delivery.schema.js';
import type { AboutGuest } from '../../../src/workshops/guests/guest-letter.js';
import { GuestLetters } from '../../../src/workshops/guests/guest-letters.js';
import { workshopsReplanned } from '../../../src/workshops/workshops.events.js';
import { LinkTokens } from '../../../src/auth/tokens/link-tokens.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { deliver, handedOver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { aGuest, aPublicWorkshop, guestLinkIn, guestOf, mailTo } from '../../support/rooms/guests.js';
import { draftOf, hoursAfter } from '../../support/rooms/workshops.js';

const RUNS = '2026-10-15T08:00:00.000Z';
const OVER = '2026-10-15T10:30:00.000Z';
const DAY_HOURS = 24;

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let outsider: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  coach = await aMember(world, cohortId, 'coach', { name: 'Pauline Savary' });
  fellow = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const nobody = (node = 0) => clientOf(world.nodes[node]!.url);
const workshopOf = (path: string) => new Types.ObjectId(path.slice(-24));
const counts = async (path: string) => {
  const { going, waitlisted, offered } = (await staff.client.get(path)).body;
  return { going, waitlisted, offered };
};
/** It is in the outbox that this one was moved. */
const replanned = (id: string) =>
  world.app
    .get(Transactions)
    .run((session) => world.app.get(Outbox).write(workshopsReplanned, { workshopIds: [id] }, session));
const calendarOf = (mail: { attachments: { contentType: string; content: Buffer }[] }) =>
  mail.attachments.find(({ contentType }) => contentType.includes('calendar'))?.content.toString() ?? '';

describe('the page', () => {
  it('given its host wants none, or it is a draft, then there is nothing; given it is on, then everybody reads it', async () => {
    const made = await staff.client.post(`/api/cohorts/${cohortId}/workshops`, draftOf({ title: 'Événement clair' }));
    const path = `/api/cohorts/${cohortId}/workshops/${made.body.id}`;
    expect((await staff.client.get(`${path}/public-page`)).body).toMatchObject({ on: false, slug: null });
    const on = { on: true, guests: false, plusOne: false, shownHosts: [], questions: [] };
    const { slug } = (await staff.client.put(`${path}/public-page`, on)).body;
    expect(slug).toMatch(/^evenement-clair-[2-9a-z]{6}$/);
    const page = `/api/public/workshops/${slug}`;
    expect((await nobody().get(page)).status).toBe(404);
    await staff.client.post(`${path}/publish`);
    expect((await nobody(1).get(page)).body).toMatchObject({ title: 'Événement clair', registration: null });
    expect((await fellow.client.get(path)).body.publicPath).toBe(`/w/${slug}`);
    await staff.client.patch(path, { title: 'Another title' });
    await staff.client.put(`${path}/public-page`, { ...on, on: false });
    expect((await nobody().get(page)).body).toEqual((await nobody().get('/api/public/workshops/none')).body);
    expect((await staff.client.put(`${path}/public-page`, on)).body.slug).toBe(slug);
  });

  it('given who comes, the room on line and hosts who do not want their name there, then nothing of them is on it', async () => {
    const { path, page } = await aPublicWorkshop(
      staff,
      cohortId,
      { hosts: [coach.id], link: 'https://meet.example/secret-room', capacity: 3 },
      {},
    );
    await fellow.client.put(`${path}/registration`, {});
    const shown = await nobody().get(page);
    expect(shown.body).toMatchObject({ isOnline: true, hosts: [], left: { onsite: 2, online: null } });
    for (const secret of ['secret-room', coach.name, fellow.name, fellow.id, coach.id, cohortId])
      expect(shown.text).not.toContain(secret);
    const settings = (await staff.client.get(`${path}/public-page`)).body;
    delete settings.slug;
    await staff.client.put(`${path}/public-page`, { ...settings, shownHosts: [coach.id] });
    expect((await nobody().get(page)).body.hosts).toEqual([coach.name]);
    const wrong = await staff.client.put(`${path}/public-page`, { ...settings, shownHosts: [fellow.id] });
    expect(wrong.body.errors).toEqual([{ field: '/shownHosts/0', code: 'not_a_host' }]);
  });

  it.each([
    ['settings', 'get', 'public-page', undefined],
    ['another setting', 'put', 'public-page', { on: true, guests: true, plusOne: true, shownHosts: [], questions: [] }],
    ['guests', 'get', 'guests', undefined],
    ['their table', 'get', 'guests.csv', undefined],
    ['somebody let in', 'post', 'guests', { name: 'Ada', key: 'a-key-of-this' }],
    ['a place taken back', 'delete', `guests/${String(new Types.ObjectId())}`, undefined],
  ] as const)(
    'given %s, then only those who look after it: a fellow 403, another cohort 404, no login 401',
    async (_, method, part, body) => {
      const { path } = await aPublicWorkshop(staff, cohortId);
      const call = (client: TestPerson['client']) =>
        method === 'get' ? client.get(`${path}/${part}`) : client[method](`${path}/${part}`, body);
      expect((await call(fellow.client)).status).toBe(403);
      expect((await call(outsider.client)).status).toBe(404);
      expect((await call(nobody())).status).toBe(401);
    },
  );
});

describe('a guest', () => {
  it('given an address, then a place after its link was opened and confirmed, with the entry; by the same link it is given up', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, {
      ...{ title: 'A guest’s way', capacity: 1, link: 'https://meet.example/a-room' },
    });
    const link = await aGuest(world, guests, 'ada@guests.test');
    expect((await nobody().get(link)).body).toMatchObject({ mine: null, link: null, abilities: { confirm: true } });
    expect(await counts(path)).toEqual({ going: 0, waitlisted: 0, offered: 0 });

    const answers = await Promise.all([0, 1, 0].map((node) => nobody(node).post(`${link}/confirm`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[0]!.body).toMatchObject({ mine: { status: 'going' }, link: 'https://meet.example/a-room' });
    expect(await counts(path)).toEqual({ going: 1, waitlisted: 0, offered: 0 });
    const told = await mailTo(world, 'ada@guests.test', 'You have a place');
    expect(calendarOf(told)).toMatch(/METHOD:REQUEST[^]*UID:workshop-/);
    expect(told.text).toContain('04:00');

    await fellow.client.put(`${path}/registration`, {});
    expect((await nobody().post(`${link}/leave`)).body).toMatchObject({ mine: null, link: null });
    expect((await nobody().post(`${link}/leave`)).status).toBe(200);
    expect((await fellow.client.get(path)).body.mine.status).toBe('going');
    expect(calendarOf(await mailTo(world, 'ada@guests.test', 'You are not coming'))).toMatch(/METHOD:CANCEL/);
  });

  it('given they gave the place back, then the list says so, and the old link seats them only after the form', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Given back' });
    const link = await aGuest(world, guests, 'back@guests.test');
    const listed = async () => (await staff.client.get(`${path}/guests`)).body.items[0];
    expect(await listed()).toMatchObject({ status: null, leftAt: null });
    await nobody().post(`${link}/confirm`);
    await nobody().post(`${link}/leave`);
    expect(await listed()).toMatchObject({ status: null, leftAt: NOW });
    expect((await staff.client.get(`${path}/guests.csv`)).text).toContain('Does not come any more');

    const slug = (await staff.client.get(`${path}/public-page`)).body.slug as string;
    expect((await nobody().get(link)).body).toMatchObject({ leftAt: NOW, again: slug, abilities: { confirm: false } });
    const again = await Promise.all([0, 1].map((node) => nobody(node).post(`${link}/confirm`)));
    expect(again.map(({ body }) => body.code)).toEqual(['given_back', 'given_back']);
    expect(await counts(path)).toEqual({ going: 0, waitlisted: 0, offered: 0 });

    expect(await aGuest(world, guests, 'back@guests.test')).toBe(link);
    expect((await nobody().post(`${link}/confirm`)).body).toMatchObject({ mine: { status: 'going' }, leftAt: null });
    expect(await listed()).toMatchObject({ status: 'going', leftAt: null });
  });

  describe('given somebody else fills in the form with the same address', () => {
    const questions = [{ id: 'why', kind: 'text', label: 'Why?', required: false, options: [] }];
    const mine = { name: 'Vera', answers: { why: 'To learn' } };
    const theirs = { name: 'Mallory', plusOne: true, answers: { why: 'To mock' }, locale: 'fr' };
    const linksTo = async (email: string, count: number) => {
      await eventually(async () => expect(await world.mail.to(email)).toHaveLength(count));
      return (await world.mail.to(email)).map(guestLinkIn);
    };
    const listed = async (path: string) => (await staff.client.get(`${path}/guests`)).body.items;
    const asVera = { name: 'Vera', plusOne: false, answers: [{ question: 'Why?', answer: 'To learn' }] };

    it.each([
      ['before', [theirs, mine], 1],
      ['after', [mine, theirs], 0],
    ])(
      'given %s, then each link confirms what its own mail was about, and the first one that is confirmed counts',
      async (when, forms, own) => {
        const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: `Twice ${when}` }, { questions });
        const email = `${when}@guests.test`;
        for (const [at, form] of forms.entries()) {
          expect((await nobody().post(guests, guestOf(email, form))).status).toBe(202);
          await linksTo(email, at + 1);
        }
        const links = await linksTo(email, 2);
        const [link, other] = [links[own]!, links[1 - own]!];
        expect((await nobody().get(link)).body).toMatchObject({ name: 'Vera', plusOne: false });
        expect((await nobody().get(other)).body).toMatchObject({ name: 'Mallory', plusOne: true });
        expect((await nobody().post(`${link}/confirm`)).body).toMatchObject({
          name: 'Vera',
          mine: { status: 'going' },
        });
        expect(await counts(path)).toMatchObject({ going: 1 });
        expect(await listed(path)).toMatchObject([asVera]);
        expect((await nobody().post(`${other}/confirm`)).body).toMatchObject({ name: 'Vera', plusOne: false });
        expect(await listed(path)).toMatchObject([asVera]);
        expect(
          JSON.stringify(await world.db.collection('workshop-guests').findOne({ workshopId: workshopOf(path), email })),
        ).not.toContain('Mallory');
        expect((await mailTo(world, email, 'You have a place')).text).toContain('04:00');
      },
    );

    it('given form after form, then the newest twenty wait, and each of these has its mail', async () => {
      const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Form after form' });
      const email = 'many-forms@guests.test';
      const first = await aGuest(world, guests, email, { name: 'Number 0' });
      for (let at = 1; at <= 20; at += 1) await nobody().post(guests, guestOf(email, { name: `Number ${at}` }));
      const row = await world.db.collection('workshop-guests').findOne({ workshopId: workshopOf(path), email });
      expect(row!.forms.map(({ name }: { name: string }) => name)).toEqual(
        Array.from({ length: 20 }, (_, at) => `Number ${at + 1}`),
      );
      expect((await nobody().post(`${first}/confirm`)).body.code).toBe('other_mail');
      const last = guestLinkIn(
        (
          await eventually(async () => {
            const mails = await world.mail.to(email);
            expect(mails).toHaveLength(21);
            return mails;
          })
        ).at(-1)!,
      );
      expect((await nobody().get(last)).body.name).toMatch(/^Number \d+$/);
    });

    it('given they gave the place back, then what is asked after that is confirmed by a mail of its own', async () => {
      const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Twice again' }, { questions });
      const email = 'again@guests.test';
      const link = await aGuest(world, guests, email, mine);
      await nobody().post(`${link}/confirm`);
      const place = guestLinkIn(await mailTo(world, email, 'You have a place'));
      await nobody().post(`${link}/leave`);
      await mailTo(world, email, 'You are not coming');
      expect((await nobody().post(guests, guestOf(email, theirs))).status).toBe(202);
      await eventually(async () => expect(await world.mail.to(email)).toHaveLength(4));
      const anew = guestLinkIn(await mailTo(world, email, 'Confirmez'));
      for (const old of [link, place]) {
        const page = (await nobody().get(old)).body;
        expect(page).toMatchObject({ mine: null, again: expect.any(String), abilities: { confirm: false } });
        expect((await nobody().post(`${old}/confirm`)).body.code).toBe('other_mail');
      }
      expect(await counts(path)).toMatchObject({ going: 0 });
      expect((await nobody().post(`${anew}/confirm`)).body).toMatchObject({ name: 'Mallory', companion: 'going' });
    });
  });

  it('given an address that is known, unknown or a member’s, then the same answer, and each hears their own by mail', async () => {
    const { guests } = await aPublicWorkshop(staff, cohortId, { title: 'Same answer' });
    const link = await aGuest(world, guests, 'known@guests.test');
    await nobody().post(`${link}/confirm`);
    world.clock.set(hoursAfter(NOW, 1));
    const emails = ['known@guests.test', 'unknown@guests.test', fellow.email];
    const answers = await Promise.all(emails.map((email) => nobody().post(guests, guestOf(email, { name: 'Eve' }))));
    expect(answers.map(({ status, text }) => [status, text])).toEqual(Array(3).fill([202, '']));
    await mailTo(world, 'known@guests.test', 'You are registered already');
    await mailTo(world, 'unknown@guests.test', 'Confirm your registration');
    const toMember = await mailTo(world, fellow.email, 'You have an account');
    expect(toMember.text).not.toContain('/guest/');
    // Who types another's address changes nothing of theirs.
    expect((await nobody().get(link)).body.name).toBe('Ada Guest');
  });

  it('given the mail server refuses a letter for good, then it is not tried again, and their hosts see it until one arrives', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Gone', hosts: [coach.id] });
    const email = 'gone@guests.test';
    const seen = async () => (await coach.client.get(`${path}/guests`)).body.items[0];
    world.mail.answer(email, 550, '5.1.1 no such mailbox');
    await nobody().post(guests, guestOf(email));
    await eventually(async () =>
      expect(await seen()).toMatchObject({ email, refused: { at: NOW, answer: '550 5.1.1' } }),
    );
    await handedOver(world, 'guest');
    world.clock.set(hoursAfter(NOW, 1));
    await deliver(world);
    expect(world.mail.asked(email)).toBe(1);
    world.mail.answer(email, 0);
    await nobody().post(guests, guestOf(email));
    await mailTo(world, email, 'Confirm your registration');
    await eventually(async () => expect(await seen()).toMatchObject({ refused: null }));
  });

  describe('given a letter does not leave', () => {
    const letterOf = (path: string, email: string) => async () => {
      const guest = await world.db.collection('workshop-guests').findOne({ workshopId: workshopOf(path), email });
      return await world.db.collection('deliveries').findOne({ of: guest?._id ?? null });
    };
    /** After so many tries it waits as long as is said, and then its time comes. */
    const nextTurn = async (row: ReturnType<typeof letterOf>, tries: number, pauseMs: number) => {
      const dueAt = new Date(world.clock.now().getTime() + pauseMs);
      await eventually(async () => expect(await row()).toMatchObject({ tries, dueAt }));
      world.clock.set(dueAt.toISOString());
      await deliver(world);
    };

    it('given a server that asks to come later for hours, then it goes when the server takes it', async () => {
      const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Grey list' });
      const email = 'grey@guests.test';
      world.mail.answer(email, 450, '4.2.0 greylisted');
      const row = letterOf(path, email);
      await nobody().post(guests, guestOf(email));
      for (let tries = 1; tries <= 8; tries += 1) await nextTurn(row, tries, pauseAfter(tries)!);
      world.mail.answer(email, 0);
      await nextTurn(row, 9, pauseAfter(9)!);
      await mailTo(world, email, 'Confirm your registration');
      await eventually(async () => expect(await row()).not.toHaveProperty('dueAt'));
      expect(await row()).not.toHaveProperty('failedAt');
    });

    it('given it asks so for too long, then the row says that it failed, and nobody tries it again', async () => {
      const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Closed' });
      const email = 'closed@guests.test';
      world.mail.answer(email, 450, '4.2.0 greylisted');
      const row = letterOf(path, email);
      await nobody().post(guests, guestOf(email));
      for (let tries = 1; tries < MAX_DELIVERY_ATTEMPTS; tries += 1) await nextTurn(row, tries, pauseAfter(tries)!);
      await eventually(async () => expect(await row()).toMatchObject({ state: 'failed', overAt: world.clock.now() }));
      expect(await row()).not.toHaveProperty('dueAt');
      expect(world.mail.asked(email)).toBe(MAX_DELIVERY_ATTEMPTS);
    });

    it('given no turn, as when the mails of others fill the line, then this was no try', async () => {
      const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'A long line' });
      const busy = world.nodes.map(({ app }) =>
        jest.spyOn(app.get(Mailer), 'inTurn').mockRejectedValue(new NoTurn(false)),
      );
      const row = letterOf(path, 'line@guests.test');
      await nobody().post(guests, guestOf('line@guests.test'));
      for (let turns = 0; turns < MAX_DELIVERY_ATTEMPTS + 1; turns += 1) await nextTurn(row, 0, MINUTE);
      busy.forEach((spy) => spy.mockRestore());
      await nextTurn(row, 0, MINUTE);
      await mailTo(world, 'line@guests.test', 'Confirm your registration');
    });
  });

  it('given one asks again and again, then one letter in ten minutes', async () => {
    const { guests } = await aPublicWorkshop(staff, cohortId, { title: 'One letter' });
    for (let times = 0; times < 4; times += 1) await nobody().post(guests, guestOf('often@guests.test'));
    await mailTo(world, 'often@guests.test', 'One letter');
    world.clock.set(hoursAfter(NOW, 1));
    await nobody().post(guests, guestOf('often@guests.test'));
    await eventually(async () => expect(await world.mail.to('often@guests.test')).toHaveLength(2));
  });

  it('given two come, then both have a place or wait together; an offer is taken and given up for both', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Two', capacity: 2, offerMinutes: 60 });
    await fellow.client.put(`${path}/registration`, {});
    const link = await aGuest(world, guests, 'two@guests.test', { plusOne: true });
    expect((await nobody().post(`${link}/confirm`)).body).toMatchObject({
      ...{ mine: { status: 'waitlisted', position: 1, together: true }, companion: 'waitlisted' },
    });
    expect(await counts(path)).toEqual({ going: 1, waitlisted: 2, offered: 0 });
    await fellow.client.delete(`${path}/registration`);
    expect(await counts(path)).toEqual({ going: 0, waitlisted: 0, offered: 2 });
    const held = guestLinkIn(await mailTo(world, 'two@guests.test', 'A place is held'));
    expect((await nobody(1).post(`${held}/accept`)).body).toMatchObject({
      mine: { status: 'going' },
      companion: 'going',
    });
    await nobody().post(`${link}/leave`);
    expect(await counts(path)).toEqual({ going: 0, waitlisted: 0, offered: 0 });
    await followOutbox(world);
    // One letter says that they gave it up, and none that a host took it.
    const letters = await world.db
      .collection<DeliveryRow<AboutGuest>>('deliveries')
      .find({ kind: 'guest' })
      .sort({ _id: -1 })
      .limit(2)
      .toArray();
    expect(letters[0]?.about.kind).toBe('left');
    expect(letters[1]?.about.kind).not.toBe('ended');
  });

  it('given an offer that is not answered, then both are out of the line and hear it', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Lapse', capacity: 2, offerMinutes: 30 });
    await fellow.client.put(`${path}/registration`, {});
    const link = await aGuest(world, guests, 'late@guests.test', { plusOne: true });
    await nobody().post(`${link}/confirm`);
    await fellow.client.delete(`${path}/registration`);
    world.clock.set(hoursAfter(NOW, 1));
    await fellow.client.put(`${path}/registration`, {});
    expect(await counts(path)).toEqual({ going: 1, waitlisted: 0, offered: 0 });
    await mailTo(world, 'late@guests.test', 'went to the next in line');
    expect((await nobody().post(`${link}/accept`)).body).toMatchObject({ status: 409, code: 'offer_lapsed' });
  });

  it('given the workshop is moved, then called off, then guests hear it with the entry, also when the process died right after', async () => {
    const { path, guests, id } = await aPublicWorkshop(staff, cohortId, { title: 'On the move' });
    const link = await aGuest(world, guests, 'moved@guests.test');
    await nobody().post(`${link}/confirm`);
    const later = { startsAt: hoursAfter(RUNS, 1), endsAt: hoursAfter(OVER, 1) };
    expect((await killedAfter(world, () => staff.client.patch(path, later))).status).toBe(200);
    expect((await world.mail.to('moved@guests.test')).map(({ subject }) => subject).join()).not.toContain('Moved');
    await followOutbox(world);
    expect(calendarOf(await mailTo(world, 'moved@guests.test', 'Moved'))).toMatch(/SEQUENCE:1/);
    await staff.client.post(`${path}/cancel`, { reason: 'Nobody can.' });
    const cancelled = await mailTo(world, 'moved@guests.test', 'Cancelled');
    expect([cancelled.text?.includes('Nobody can.'), calendarOf(cancelled)]).toEqual([
      true,
      expect.stringMatching(/METHOD:CANCEL[^]*SEQUENCE:2/),
    ]);
    // Followed again, as after a process that died before it said that it was done: nothing more.
    await followOutbox(world);
    const before = (await world.mail.to('moved@guests.test')).length;
    await replanned(id);
    await followOutbox(world);
    await deliver(world);
    expect(await world.mail.to('moved@guests.test')).toHaveLength(before);
  });

  it('given it moved while nobody saw it, then a guest who registers later hears of no move', async () => {
    const made = await staff.client.post(`/api/cohorts/${cohortId}/workshops`, draftOf({ title: 'Moved as a draft' }));
    const path = `/api/cohorts/${cohortId}/workshops/${made.body.id}`;
    const settings = { on: true, guests: true, plusOne: true, shownHosts: [], questions: [] };
    const { slug } = (await staff.client.put(`${path}/public-page`, settings)).body;
    const later = { startsAt: hoursAfter(RUNS, 1), endsAt: hoursAfter(OVER, 1) };
    const moved = await killedAfter(world, () => staff.client.patch(path, later));
    expect(moved.status).toBe(200);
    expect((await staff.client.post(`${path}/publish`)).status).toBe(200);
    const email = 'after-the-draft@guests.test';
    const link = await aGuest(world, `/api/public/workshops/${slug}/guests`, email);
    await nobody().post(`${link}/confirm`);
    await mailTo(world, email, 'You have a place');
    await followOutbox(world);
    const all = await world.db.collection<DeliveryRow<AboutGuest>>('deliveries').find({ kind: 'guest' }).toArray();
    const letters = all.filter(({ about }) => about.workshopId.equals(workshopOf(path)));
    expect(letters.map(({ about }) => about.kind).sort()).toEqual(['asked', 'registered']);
  });

  it('given hosts write to all who come, then guests get it by mail, once', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Written to' });
    const link = await aGuest(world, guests, 'written@guests.test', { plusOne: true });
    await nobody().post(`${link}/confirm`);
    const message = { to: 'coming', body: 'Bring <b>a coat</b>', key: 'a-key-for-guests' };
    const sent = await Promise.all(
      [0, 1].map((node) => staff.client.on(world.nodes[node]!.url).post(`${path}/messages`, message)),
    );
    expect(sent.map(({ body }) => body.count)).toEqual([1, 1]);
    expect((await mailTo(world, 'written@guests.test', 'From the hosts')).text).toContain('Bring <b>a coat</b>');
    await world.settled();
    const mails = await world.mail.to('written@guests.test');
    expect(mails.filter(({ subject }) => subject?.startsWith('From the hosts'))).toHaveLength(1);
  });

  it.each([
    ['that is not ours', () => 'x'],
    ['of another purpose', () => world.app.get(LinkTokens).sign('place', '0'.repeat(24))],
    ['of nobody', () => world.app.get(LinkTokens).sign('guest', '0'.repeat(24))],
  ])('given a link %s, then there is nothing, by any way', async (_name, token) => {
    for (const answer of [
      await nobody().get(`/api/guests/${token()}`),
      await nobody().post(`/api/guests/${token()}/confirm`),
      await nobody().post(`/api/guests/${token()}/leave`),
    ])
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
  });

  it.each([
    ['no guests are taken', {}, { guests: false }, {}, 409, 'no_guests'],
    ['one cannot register yet', { opensAt: hoursAfter(NOW, 2).replace('45:00', '45:00') }, {}, {}, 409, 'not_open_yet'],
    ['nobody may be brought', {}, { plusOne: false }, { plusOne: true }, 422, 'not_allowed'],
    ['there is no way on line', {}, {}, { mode: 'online' }, 422, 'not_offered'],
    ['the address is none', {}, {}, { email: 'nobody' }, 422, undefined],
    ['a field is too many', {}, {}, { role: 'staff' }, 422, undefined],
  ])('given %s, then it is said', async (_name, workshop, page, more, status, code) => {
    const { guests } = await aPublicWorkshop(staff, cohortId, workshop, page);
    const { body } = await nobody().post(guests, guestOf('refused@guests.test', more));
    expect(body.status).toBe(status);
    if (code) expect(status === 409 ? body.code : body.errors[0].code).toBe(code);
  });
});

describe('a host takes a guest’s place back', () => {
  const guestsOf = async (path: string, by = staff) =>
    (await by.client.get(`${path}/guests`)).body.items as { id: string; status: string | null; abilities: object }[];
  const aPlace = async (workshop: Record<string, unknown>, email: string) => {
    const made = await aPublicWorkshop(staff, cohortId, workshop);
    const link = await aGuest(world, made.guests, email, { plusOne: true });
    expect((await nobody().post(`${link}/confirm`)).status).toBe(200);
    const [guest] = await guestsOf(made.path);
    return { ...made, link, guest: guest! };
  };

  it('then both places are free for who waits, and the guest hears it with the entry, once; the old link seats nobody', async () => {
    const title = 'Taken back';
    const { path, guests, link, guest } = await aPlace({ title, capacity: 2, hosts: [coach.id] }, 'eve@guests.test');
    expect(guest).toMatchObject({ status: 'going', abilities: { end: true } });
    await fellow.client.put(`${path}/registration`, {});
    expect((await fellow.client.get(path)).body.mine.status).toBe('waitlisted');
    const ended = await Promise.all(
      [0, 1].map((node) => coach.client.on(world.nodes[node]!.url).delete(`${path}/guests/${guest.id}`)),
    );
    expect(ended.map(({ status }) => status)).toEqual([204, 204]);
    expect(await counts(path)).toEqual({ going: 1, waitlisted: 0, offered: 0 });
    expect((await fellow.client.get(path)).body.mine.status).toBe('going');
    const told = await mailTo(world, 'eve@guests.test', 'You have no place any more');
    expect(calendarOf(told)).toMatch(/METHOD:CANCEL/);
    expect(await guestsOf(path)).toMatchObject([{ status: null, abilities: { end: false } }]);
    expect((await nobody().post(`${link}/confirm`)).body.code).toBe('given_back');
    expect((await nobody().get(link)).body).toMatchObject({ mine: null, abilities: { confirm: false } });
    // It is known who did it, and the guest may ask again.
    const row = await world.db.collection('registrations').findOne({ userId: new Types.ObjectId(guest.id) });
    expect(String(row!.byId)).toBe(coach.id);
    expect((await nobody().post(guests, guestOf('eve@guests.test'))).status).toBe(202);
    const subjects = (await world.mail.to('eve@guests.test')).map(({ subject }) => subject);
    expect(subjects.filter((one) => one?.includes('You have no place any more'))).toHaveLength(1);
    expect(subjects.filter((one) => one?.includes('You are not coming'))).toEqual([]);
  });

  it('given a guest of another workshop, one who was there, or one that is over, then nothing is taken', async () => {
    const [one, other] = [await aPlace({ title: 'One' }, 'one@guests.test'), await aPublicWorkshop(staff, cohortId)];
    expect((await staff.client.delete(`${other.path}/guests/${one.guest.id}`)).status).toBe(404);
    expect((await staff.client.delete(`${one.path}/guests/nobody`)).status).toBe(404);
    expect((await fellow.client.delete(`${one.path}/guests/${one.guest.id}`)).status).toBe(403);
    expect((await outsider.client.delete(`${one.path}/guests/${one.guest.id}`)).status).toBe(404);
    expect((await nobody().delete(`${one.path}/guests/${one.guest.id}`)).status).toBe(401);
    world.clock.set(RUNS);
    const mark = { userId: one.guest.id, status: 'attended' };
    expect((await staff.client.post(`${one.path}/attendance`, mark)).status).toBe(200);
    expect(await guestsOf(one.path)).toMatchObject([{ abilities: { end: false } }]);
    expect((await staff.client.delete(`${one.path}/guests/${one.guest.id}`)).body.code).toBe('already_marked');
    world.clock.set(OVER);
    expect((await staff.client.delete(`${one.path}/guests/${one.guest.id}`)).body.code).toBe('over');
  });
});

describe('how many places guests may have', () => {
  it('given half, then somebody with as many addresses as they like has half, however many confirm at once; members have the others', async () => {
    const page = { guestPercent: undefined };
    const { path, page: open, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Half', capacity: 6 }, page);
    expect((await staff.client.get(`${path}/public-page`)).body.guestPercent).toBe(50);
    expect((await nobody().get(open)).body).toMatchObject({ left: { onsite: 3 }, registration: { because: null } });
    const links = [];
    for (const one of ['a', 'b', 'c'])
      links.push(await aGuest(world, guests, `half-${one}@catchall.test`, { plusOne: one !== 'c' }));
    const said = await Promise.all(links.map((link, index) => nobody(index % 2).post(`${link}/confirm`)));
    const codes = said.map(({ status, body }) => (status === 200 ? 'seated' : body.code));
    expect(codes.filter((code) => code !== 'seated' && code !== 'guests_full')).toEqual([]);
    const { going, waitlisted } = (await counts(path)) as { going: number; waitlisted: number };
    expect([going + waitlisted <= 3, going >= 2]).toEqual([true, true]);
    for (const link of links) await nobody().post(`${link}/confirm`);
    expect((await nobody().get(open)).body).toMatchObject({
      left: { onsite: 0 },
      registration: { because: 'guests_full' },
    });
    expect((await nobody().post(guests, guestOf('half-d@catchall.test'))).body.code).toBe('guests_full');
    await fellow.client.put(`${path}/registration`, {});
    expect((await fellow.client.get(path)).body.mine.status).toBe('going');
    // Taken back, the places are for other guests.
    const { items } = (await staff.client.get(`${path}/guests`)).body;
    for (const { id } of items) expect((await staff.client.delete(`${path}/guests/${id}`)).status).toBe(204);
    expect((await nobody().get(open)).body).toMatchObject({ left: { onsite: 3 }, registration: { because: null } });
  });

  it('given who asked before others had them all, then their page says so and lets them confirm nothing; one that is taken back is theirs to confirm', async () => {
    const room = { title: 'Two', capacity: 2 };
    const { path, guests } = await aPublicWorkshop(staff, cohortId, room, { guestPercent: 50 });
    const [first, late] = [
      await aGuest(world, guests, 'seated-first@guests.test'),
      await aGuest(world, guests, 'asked-behind@guests.test'),
    ];
    expect((await nobody().get(late)).body).toMatchObject({ because: null, abilities: { confirm: true } });
    const seated = await nobody().post(`${first}/confirm`);
    expect(seated.body).toMatchObject({ mine: { status: 'going' }, because: null });
    const full = { mine: null, because: 'guests_full', again: null, abilities: { confirm: false } };
    expect((await nobody(1).get(late)).body).toMatchObject(full);
    expect((await nobody().post(`${late}/confirm`)).body.code).toBe('guests_full');
    await nobody().post(`${first}/leave`);
    expect((await nobody().get(first)).body).toMatchObject({ because: null, again: expect.any(String) });
    expect((await nobody().post(`${late}/confirm`)).body).toMatchObject({ mine: { status: 'going' }, because: null });
    expect((await nobody().get(first)).body).toMatchObject({ because: 'guests_full', again: null });
    expect((await fellow.client.put(`${path}/registration`, {})).status).toBe(200);
  });

  it('given none or more than all, then 422; given a page of before it was asked, then half', async () => {
    const { path, page } = await aPublicWorkshop(staff, cohortId, { title: 'Before', capacity: 4 });
    const settings = (await staff.client.get(`${path}/public-page`)).body;
    delete settings.slug;
    for (const guestPercent of [0, 101, 50.5])
      expect((await staff.client.put(`${path}/public-page`, { ...settings, guestPercent })).status).toBe(422);
    await world.db
      .collection('workshops')
      .updateOne({ _id: workshopOf(path) }, { $unset: { 'publicPage.guestPercent': 1 } });
    expect((await nobody().get(page)).body.left.onsite).toBe(2);
    expect((await staff.client.get(`${path}/public-page`)).body.guestPercent).toBe(50);
  });
});

describe('questions', () => {
  const questions = [
    { id: 'diet', kind: 'choice', label: 'What do you eat?', required: true, options: ['Everything', 'No meat'] },
    { id: 'why', kind: 'text', label: 'Why do you come?', required: false, options: [] },
    { id: 'photo', kind: 'yesno', label: 'May we take photos?', required: true, options: [] },
  ];

  it('given a question by a name that every object has, then 422; given one of before, then hosts read the list and the table', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Constructor' });
    const questions = [{ id: 'constructor', kind: 'choice', label: 'What?', required: false, options: ['A', 'B'] }];
    const settings = { on: true, guests: true, plusOne: true, guestPercent: 100, shownHosts: [], questions };
    const refused = await staff.client.put(`${path}/public-page`, settings);
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([{ field: '/questions/0/id', code: 'wrong_format' }]);
    await world.db
      .collection('workshops')
      .updateOne({ _id: workshopOf(path) }, { $set: { 'publicPage.questions': questions } });
    expect((await nobody().post(guests, guestOf('silent@guests.test'))).status).toBe(202);
    const listed = await staff.client.get(`${path}/guests`);
    expect([listed.status, listed.body.items[0].answers]).toEqual([200, []]);
    expect((await staff.client.get(`${path}/guests.csv`)).status).toBe(200);
  });

  it('given answers are missing or none, then each is named; given good ones, then hosts read them, and a table keeps formulas as words', async () => {
    const { path, guests, page } = await aPublicWorkshop(
      staff,
      cohortId,
      { title: 'Asked', hosts: [coach.id] },
      { questions },
    );
    expect((await nobody().get(page)).body.registration.questions).toEqual(questions);
    const wrong = await nobody().post(guests, guestOf('q@guests.test', { answers: { diet: 'Stones' } }));
    expect(wrong.body.errors).toEqual([
      { field: '/answers/diet', code: 'unknown_option' },
      { field: '/answers/photo', code: 'required' },
    ]);
    const link = await aGuest(world, guests, 'q@guests.test', {
      answers: { diet: 'No meat', why: '=HYPERLINK("x")', photo: false, other: 'x' },
    });
    await nobody().post(`${link}/confirm`);
    const [guest] = (await coach.client.get(`${path}/guests`)).body.items;
    expect(guest).toMatchObject({
      ...{ name: 'Ada Guest', email: 'q@guests.test', status: 'going', leftAt: null },
      answers: [
        { question: 'What do you eat?', answer: 'No meat' },
        { question: 'Why do you come?', answer: '=HYPERLINK("x")' },
        { question: 'May we take photos?', answer: false },
      ],
    });
    const { text, headers } = await coach.client.get(`${path}/guests.csv`);
    expect(headers.get('content-type')).toContain('text/csv');
    expect(text.split('\n')[1]).toMatch(/^Ada Guest,q@guests\.test,Comes,No,.*,No meat,"'=HYPERLINK/);
    const french = await aMember(world, cohortId, 'staff', { locale: 'fr' });
    expect((await french.client.get(`${path}/guests.csv`)).text).toMatch(
      /Nom;Courriel;.*\r\nAda Guest;q@guests\.test;Vient;Non;/,
    );
    expect((await fellow.client.get(path)).text).not.toContain('HYPERLINK');
  });
});

describe('among members', () => {
  it('given a guest comes, then hosts see them in the list, members do not, and nobody else hears of them', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Among us', hosts: [coach.id] });
    const link = await aGuest(world, guests, 'among@guests.test', { plusOne: true });
    await nobody().post(`${link}/confirm`);
    await fellow.client.put(`${path}/registration`, {});
    const listed = async (person: TestPerson) =>
      ((await person.client.get(`${path}/registrations`)).body.items as any[]).map((one) => [
        one.person.name,
        one.guest,
      ]);
    expect(await listed(coach)).toEqual([
      ['Ada Guest', 'guest'],
      ['Ada Guest', 'along'],
      [fellow.name, undefined],
    ]);
    expect(await listed(fellow)).toEqual([[fellow.name, undefined]]);
    expect((await fellow.client.get(path)).body.going).toBe(3);
    await world.settled();
    // They have reminders of their own, by mail: none of those of members.
    const reminders = await world.db.collection('reminders').distinct('userId', { 'subject.type': { $ne: 'guest' } });
    const users = await world.db.collection('users').distinct('_id');
    expect(reminders.map(String).filter((id) => !users.map(String).includes(id))).toEqual([]);
  });

  it('given it runs, then hosts check guests in, also who comes without a word, once for a key', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Walk-in', capacity: 1 });
    const link = await aGuest(world, guests, 'walk@guests.test');
    await nobody().post(`${link}/confirm`);
    const letIn = (key: string) => staff.client.post(`${path}/guests`, { name: 'Bob', key });
    expect((await letIn('the-key-of-bob')).body.code).toBe('too_early');
    world.clock.set(RUNS);
    const answers = await Promise.all(Array.from({ length: 4 }, () => letIn('the-key-of-bob')));
    expect(answers.map(({ body }) => body.status)).toEqual(Array(4).fill('attended'));
    const [{ userId }] = (await staff.client.get(`${path}/registrations`)).body.items;
    const mark = { sentAt: RUNS, marks: [{ userId, status: 'attended', at: RUNS }] };
    expect((await staff.client.post(`${path}/attendance/marks`, mark)).body.items[0].status).toBe('attended');
    expect(await counts(path)).toEqual({ going: 2, waitlisted: 0, offered: 0 });
    expect((await nobody().post(`${link}/leave`)).body).toMatchObject({ status: 409, code: 'already_marked' });
  });
});

describe('more guests than a page holds', () => {
  it('given hundreds who never confirmed asked before, then the list goes on behind its cursor, and the table has all', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Crowded' });
    const link = await aGuest(world, guests, 'first@guests.test');
    const rows = world.db.collection('workshop-guests');
    const one = (await rows.findOne({ workshopId: workshopOf(path), email: 'first@guests.test' }))!;
    // Ids of long ago: all of them come before.
    const others = Array.from({ length: 1100 }, (_, index) => ({
      ...{ ...one, _id: Types.ObjectId.createFromTime(index + 1), companionId: new Types.ObjectId() },
      ...{ email: `robot-${index}@guests.test`, confirmedAt: null },
    }));
    await rows.insertMany(others);
    await nobody().post(`${link}/confirm`);

    const seen: { email: string; status: string | null }[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 5; pages += 1) {
      const { body } = await staff.client.get(`${path}/guests${cursor && `?cursor=${cursor}`}`);
      expect(body.items.length).toBeLessThanOrEqual(500);
      seen.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(seen.map(({ email }) => email)).toEqual([...others.map(({ email }) => email), 'first@guests.test']);
    expect(seen.at(-1)).toMatchObject({ status: 'going', leftAt: null });

    const { text } = await staff.client.get(`${path}/guests.csv`);
    expect(text.trim().split('\n')).toHaveLength(1 + 1101);
    expect(text).toContain('first@guests.test,Comes');
    for (const wrong of ['x', Buffer.from('["x"]').toString('base64url')])
      expect((await staff.client.get(`${path}/guests?cursor=${wrong}`)).body.errors).toEqual([
        { field: '/cursor', code: 'wrong_format' },
      ]);
  });
});

describe('what is kept', () => {
  const rowsOf = (path: string) =>
    world.db.collection('workshop-guests').countDocuments({ workshopId: workshopOf(path) });

  it('given an address was not confirmed, then it is forgotten after a day, and its link leads nowhere', async () => {
    const { guests, path } = await aPublicWorkshop(staff, cohortId, { title: 'Forgotten soon' });
    const link = await aGuest(world, guests, 'soon@guests.test');
    world.clock.set(hoursAfter(NOW, DAY_HOURS + 1));
    await world.app.get(GuestErasing).erase();
    expect([await rowsOf(path), (await nobody().get(link)).status]).toEqual([0, 404]);
  });

  it('given somebody asks with the address of a guest who left, then the list tells of who left, who is forgotten when they were promised', async () => {
    const questions = [{ id: 'eats', kind: 'text', label: 'Eats?', required: false, options: [] }];
    const { guests, path } = await aPublicWorkshop(staff, cohortId, { title: 'Left for good' }, { questions });
    const email = 'left@guests.test';
    const link = await aGuest(world, guests, email, { name: 'Real Person', answers: { eats: 'No nuts' } });
    await nobody().post(`${link}/confirm`);
    await nobody().post(`${link}/leave`);
    const row = async () => (await world.db.collection('workshop-guests').findOne({ workshopId: workshopOf(path) }))!;
    const said = async () => JSON.stringify(await row());
    const left = {
      name: 'Real Person',
      status: null,
      leftAt: NOW,
      answers: [{ question: 'Eats?', answer: 'No nuts' }],
    };
    for (const [at, name] of ['Stranger', 'Stranger', 'Another'].entries()) {
      world.clock.set(hoursAfter(NOW, 11 * (at + 1) - 10));
      expect((await nobody().post(guests, guestOf(email, { name }))).status).toBe(202);
      expect((await staff.client.get(`${path}/guests`)).body.items).toMatchObject([left]);
    }
    world.clock.set(hoursAfter(NOW, DAY_HOURS + 1));
    await world.app.get(GuestErasing).erase();
    expect(await said()).not.toMatch(/Real Person|nuts/);
    expect((await staff.client.get(`${path}/guests`)).body.items).toMatchObject([
      { name: 'Stranger', status: null, leftAt: null },
    ]);
    // A day after the last time that it was asked for in these words, and not before.
    world.clock.set(hoursAfter(NOW, 12 + DAY_HOURS + 1));
    await world.app.get(GuestErasing).erase();
    expect(await said()).toMatch(/^(?!.*Stranger).*Another/);
    const { _id, forms } = await row();
    const newest = world.app.get(LinkTokens).sign('guest', `${String(_id)}~${forms[0].formKey as string}`);
    expect((await nobody().post(`/api/guests/${newest}/confirm`)).body).toMatchObject({
      name: 'Another',
      mine: { status: 'going' },
      leftAt: null,
    });
    expect((await staff.client.get(`${path}/guests`)).body.items).toMatchObject([{ name: 'Another', leftAt: null }]);
  });

  it('given an address that is asked for day after day, then what was typed first is forgotten after a day, and so is the last', async () => {
    const { guests, path } = await aPublicWorkshop(staff, cohortId, { title: 'Day after day' });
    const email = 'daily@guests.test';
    const first = await aGuest(world, guests, email, { name: 'First' });
    world.clock.set(hoursAfter(NOW, DAY_HOURS - 1));
    await nobody().post(guests, guestOf(email, { name: 'Second' }));
    world.clock.set(hoursAfter(NOW, DAY_HOURS + 1));
    await world.app.get(GuestErasing).erase();
    const rows = await world.db
      .collection('workshop-guests')
      .find({ workshopId: workshopOf(path) })
      .toArray();
    expect(JSON.stringify(rows)).toMatch(/^(?!.*First).*Second/);
    expect((await nobody().post(`${first}/confirm`)).body.code).toBe('other_mail');
    world.clock.set(hoursAfter(NOW, 2 * DAY_HOURS));
    await world.app.get(GuestErasing).erase();
    expect(await rowsOf(path)).toBe(0);
  });

  it('given a guest came, then their words are erased 30 days after the end, which may have moved; the counts stay', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Forgotten late' });
    const link = await aGuest(world, guests, 'kept@guests.test');
    await nobody().post(`${link}/confirm`);
    await staff.client.patch(path, { startsAt: hoursAfter(RUNS, 48), endsAt: hoursAfter(OVER, 48) });
    await mailTo(world, 'kept@guests.test', 'Moved');
    const guest = await world.db.collection('workshop-guests').findOne({ workshopId: workshopOf(path) });
    const letters = () => world.db.collection('deliveries').countDocuments({ of: guest?._id });
    expect(await letters()).toBe(3);
    world.clock.set(hoursAfter(OVER, 31 * DAY_HOURS));
    await world.app.get(GuestErasing).erase();
    expect(await rowsOf(path)).toBe(1);
    world.clock.set(hoursAfter(OVER, 33 * DAY_HOURS));
    await world.app.get(GuestErasing).erase();
    expect(await rowsOf(path)).toBe(0);
    expect(await letters()).toBe(0);
    expect((await staff.client.get(`${path}/registrations`)).body.items).toEqual([]);
    expect((await counts(path)).going).toBe(1);
  });

  it('given a guest gives the place back after the start, then they have left: no letter, no second try, and they are forgotten after a day', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Left while it ran' });
    const email = 'ran@guests.test';
    const link = await aGuest(world, guests, email, { plusOne: true });
    await nobody().post(`${link}/confirm`);
    await mailTo(world, email, 'You have a place');
    world.clock.set(RUNS);
    const left = { mine: null, companion: null, leftAt: RUNS, abilities: { confirm: false, leave: false } };
    expect((await nobody().post(`${link}/leave`)).body).toMatchObject(left);
    expect((await nobody(1).post(`${link}/leave`)).body).toMatchObject(left);
    expect((await nobody().post(`${link}/confirm`)).body).toMatchObject({ status: 409, code: 'given_back' });
    expect((await staff.client.get(`${path}/guests`)).body.items[0]).toMatchObject({ status: 'excused', leftAt: RUNS });

    // It is moved: nobody writes to them, and a letter that waits by then says nothing.
    await world.db.collection('workshops').updateOne({ _id: workshopOf(path) }, { $inc: { revision: 1 } });
    await replanned(path.slice(-24));
    await followOutbox(world);
    const guest = await world.db.collection('workshop-guests').findOne({ workshopId: workshopOf(path) });
    const letters = await world.db.collection<DeliveryRow<AboutGuest>>('deliveries').find({ of: guest!._id }).toArray();
    expect(letters.map(({ about }) => about.kind).sort()).toEqual(['asked', 'registered']);
    const about = { ...letters[0]!.about, kind: 'changed' as const, revision: 9 };
    expect(await world.app.get(GuestLetters).write({ ...letters[0]!, about })).toBeNull();
    world.clock.set(hoursAfter(RUNS, DAY_HOURS + 1));
    await world.app.get(GuestErasing).erase();
    expect([await rowsOf(path), (await nobody().get(link)).status]).toEqual([0, 404]);
    expect((await counts(path)).going).toBe(2);
  });

  it('given the process died before it was written down that a guest confirmed, then who has a place is not forgotten', async () => {
    const { guests, path } = await aPublicWorkshop(staff, cohortId, { title: 'Nearly forgotten' });
    const link = await aGuest(world, guests, 'nearly@guests.test');
    await nobody().post(`${link}/confirm`);
    await followOutbox(world);
    await world.db
      .collection('workshop-guests')
      .updateOne({ workshopId: workshopOf(path) }, { $set: { confirmedAt: null, eraseAt: new Date(NOW) } });
    const guest = await world.db.collection('workshop-guests').findOne({ workshopId: workshopOf(path) });
    const letters = () => world.db.collection('deliveries').countDocuments({ of: guest?._id });
    const before = await letters();
    expect(before).toBeGreaterThan(0);
    await world.app.get(GuestErasing).erase();
    expect((await nobody().get(link)).body.mine.status).toBe('going');
    expect(await letters()).toBe(before);
  });
});
