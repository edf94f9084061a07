import { Types } from 'mongoose';
import { MINUTE } from '../../../src/common/times/clock.js';
import { MAX_DELIVERY_ATTEMPTS, pauseAfter } from '../../../src/infra/mail/delivery-failure.js';
import { NoTurn } from '../../../src/infra/mail/mail-turns.js';
import { Transactions } from '../../../src/infra/mongo/transactions.js';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { Mailer } from '../../../src/infra/mail/mailer.js';
import type { DeliveryRow } from '../../../src/infra/deliveries/delivery.schema.js';
import type { AboutGuest } from '../../../src/workshops/guests/guest-letter.js';
import { workshopsReplanned } from '../../../src/workshops/workshops.events.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { deliver, handedOver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { aGuest, aPublicWorkshop, guestOf, mailTo } from '../../support/rooms/guests.js';
import { draftOf, hoursAfter } from '../../support/rooms/workshops.js';

const RUNS = '2026-10-15T08:00:00.000Z';
const OVER = '2026-10-15T10:30:00.000Z';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  coach = await aMember(world, cohortId, 'coach', { name: 'Pauline Savary' });
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const nobody = (node = 0) => clientOf(world.nodes[node]!.url);
const workshopOf = (path: string) => new Types.ObjectId(path.slice(-24));
/** It is in the outbox that this one was moved. */
const replanned = (id: string) =>
  world.app
    .get(Transactions)
    .run((session) => world.app.get(Outbox).write(workshopsReplanned, { workshopIds: [id] }, session));
const calendarOf = (mail: { attachments: { contentType: string; content: Buffer }[] }) =>
  mail.attachments.find(({ contentType }) => contentType.includes('calendar'))?.content.toString() ?? '';

describe('a guest', () => {
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
});
