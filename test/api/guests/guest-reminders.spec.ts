import { Types } from 'mongoose';
import { Mailer, type OutgoingMail } from '../../../src/infra/mail/mailer.js';
import { Intervals } from '../../../src/infra/queue/intervals.js';
import { ReminderEngine } from '../../../src/reminders/reminder-engine.js';
import { ReminderSender } from '../../../src/reminders/reminder-sender.js';
import { ReminderLeases } from '../../../src/reminders/reminder-leases.repository.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aGuest, aPublicWorkshop, guestLinkIn } from '../../support/rooms/guests.js';
import { killedAfter, followOutbox } from '../../support/outbox.js';
import {
  compareAtNight,
  liveUntil,
  remindersTo,
  rowsIn,
  rowsOf,
  nothingInFlight,
  tick,
} from '../../support/reminders/reminders.js';
import { hoursAfter } from '../../support/rooms/workshops.js';

/** 10:00 in Paris, 04:00 in Montréal where the guests are. */
const RUNS = '2026-10-15T08:00:00.000Z';
const DAY_BEFORE = hoursAfter(RUNS, -24);
const OVER = '2026-10-15T10:30:00.000Z';
const AFTER_THE_LEASE = '2026-10-14T08:02:01.000Z';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
const undo: (() => void)[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));
afterEach(() => undo.splice(0).forEach((back) => back()));

let made = 0;
const nobody = () => clientOf(world.url);

/** A guest with a place (or in line), and the id of that. */
async function comes(
  guests: string,
  id: string,
  more: Record<string, unknown> = {},
  during: <T>(act: () => Promise<T>) => Promise<T> = (act) => act(),
) {
  const email = `guest-${(made += 1)}@people.test`;
  const link = await aGuest(world, guests, email, more);
  expect((await during(async () => nobody().post(`${link}/confirm`))).status).toBe(200);
  const guest = await world.db.collection('workshop-guests').findOne({ workshopId: new Types.ObjectId(id), email });
  const place = await world.db
    .collection('registrations')
    .findOne({ workshopId: new Types.ObjectId(id), userId: guest!._id });
  return { email, link, guestId: guest!._id, placeId: String(place!._id) };
}

const planned = (placeId: string, count = 2) => rowsIn(world, placeId, 'planned', count);
const dueOf = (rows: { kind: string; dueAt: Date }[]) => rows.map(({ kind, dueAt }) => [kind, dueAt.toISOString()]);

describe('guests of a public workshop', () => {
  it('given one who comes, then a letter a day and one an hour before, with the hour there and theirs, and a way to leave', async () => {
    const { id, guests } = await aPublicWorkshop(staff, cohortId, { link: 'https://meet.example/room' });
    const { email, placeId, link } = await comes(guests, id, { plusOne: true });
    expect(dueOf(await planned(placeId))).toEqual([
      ['guest.24h', DAY_BEFORE],
      ['guest.1h', hoursAfter(RUNS, -1)],
    ]);
    await liveUntil(world, OVER);
    const letters = remindersTo(world, email);
    expect(letters.map(({ subject }) => subject)).toEqual(Array(2).fill('Reminder: Impact assessment, by hand'));
    const text = letters[0]!.text ?? '';
    expect(text).toContain('10:00–12:30 (Paris)');
    expect(text).toContain('04:00–06:30 (Montreal)');
    expect(text).toContain('https://meet.example/room');
    const opened = async (path: string) => (await nobody().get(path)).body;
    expect(await opened(guestLinkIn(letters[0]!))).toEqual(await opened(link));
    expect((await rowsOf(world, placeId)).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  it('given one who leaves, one who waits and then leaves, and one who was erased, then nobody is reminded', async () => {
    const { id, guests } = await aPublicWorkshop(staff, cohortId, { capacity: 2 });
    const [leaves, erased] = [await comes(guests, id), await comes(guests, id)];
    await planned(leaves.placeId);
    await planned(erased.placeId);
    const waits = await comes(guests, id);
    expect((await nobody().post(`${leaves.link}/leave`)).status).toBe(200);
    // The place that was freed is now theirs, and with it the reminders.
    await planned(waits.placeId);
    await rowsIn(world, leaves.placeId, 'dropped', 2);
    await nobody().post(`${waits.link}/leave`);
    await world.db.collection('workshop-guests').deleteOne({ _id: erased.guestId });
    await liveUntil(world, OVER);
    for (const { email } of [leaves, erased, waits]) expect(remindersTo(world, email)).toEqual([]);
    expect((await rowsOf(world, erased.placeId)).map(({ state }) => state)).toEqual(['dropped', 'dropped']);
  });

  it('given the servers were away until the night, then the letter of the day before waits for the morning in the zone of the workshop', async () => {
    const { id, guests } = await aPublicWorkshop(staff, cohortId);
    const { email, placeId } = await comes(guests, id);
    await planned(placeId);
    // 23:00 in Paris, thirteen hours late.
    world.clock.set(hoursAfter(DAY_BEFORE, 13));
    await tick(world);
    await nothingInFlight(world);
    expect(remindersTo(world, email)).toEqual([]);
    const morning = new Date('2026-10-15T06:00:00.000Z');
    expect((await rowsOf(world, placeId))[0]).toMatchObject({
      ...{ kind: 'guest.24h', state: 'planned', dueAt: morning },
      held: { by: 'night', from: new Date(DAY_BEFORE) },
    });
    world.clock.set(morning);
    await tick(world);
    await eventually(() => expect(remindersTo(world, email)).toHaveLength(1));
  });

  it('given it is moved, then called off, then reminders at the new time only, then none', async () => {
    const { path, id, guests } = await aPublicWorkshop(staff, cohortId);
    const { email, placeId } = await comes(guests, id);
    await planned(placeId);
    const { revision } = (await staff.client.get(path)).body;
    await staff.client.patch(path, { revision, startsAt: hoursAfter(RUNS, 5), endsAt: hoursAfter(RUNS, 7) });
    await eventually(async () => {
      const rows = (await rowsOf(world, placeId)).filter(({ state }) => state === 'planned');
      expect(dueOf(rows)).toEqual([
        ['guest.24h', hoursAfter(RUNS, -19)],
        ['guest.1h', hoursAfter(RUNS, 4)],
      ]);
    });
    await liveUntil(world, hoursAfter(RUNS, 1));
    expect(remindersTo(world, email)).toHaveLength(1);
    await staff.client.post(`${path}/cancel`, { reason: 'The room is closed.' });
    await eventually(async () =>
      expect((await rowsOf(world, placeId)).every(({ state }) => state !== 'planned')).toBe(true),
    );
    await liveUntil(world, hoursAfter(RUNS, 6));
    expect(remindersTo(world, email)).toHaveLength(1);
  });

  it('given the process dies right after they come, then it is planned; and what got lost is, by the night', async () => {
    const { id, guests } = await aPublicWorkshop(staff, cohortId);
    const { placeId } = await comes(guests, id, {}, (act) => killedAfter(world, act));
    expect(await rowsOf(world, placeId)).toEqual([]);
    await followOutbox(world);
    await planned(placeId);
    await world.db.collection('reminders').deleteMany({ 'subject.id': new Types.ObjectId(placeId) });
    await compareAtNight(world, cohortId);
    expect((await rowsOf(world, placeId)).map(({ state }) => state)).toEqual(['planned', 'planned']);
  });

  it('given staff look at what goes out, then the guest stands there by name, and own words are theirs to read before', async () => {
    const { id, guests } = await aPublicWorkshop(staff, cohortId);
    const { placeId, email } = await comes(guests, id, { name: 'Ada Visiting' });
    await planned(placeId);
    const { items } = (await staff.client.get(`/api/cohorts/${cohortId}/reminders?userId=${placeId}`)).body;
    expect(items[0]).toMatchObject({
      kind: 'guest.24h',
      person: { name: 'Ada Visiting', timeZone: 'Europe/Paris' },
      channels: ['mail'],
    });
    expect(JSON.stringify(items)).not.toContain(email);
    const text = { en: 'Bring a pen.', fr: 'Apportez un stylo.' };
    const preview = await staff.client.post(`/api/cohorts/${cohortId}/reminders/ladder/preview`, {
      kind: 'guest.24h',
      text,
    });
    expect(preview.body.en.body).toContain('Bring a pen.');
    expect(preview.body.fr).toMatchObject({ title: expect.stringContaining('Rappel\u00a0: ') });
  });
});

describe('a worker killed while it reminds a guest', () => {
  // The dead renew no lease and take no row.
  beforeAll(() => world.nodes[0]!.app.get(Intervals).stop());
  const killed = () => new Promise<never>((_, reject) => undo.push(() => reject(new Error('the process is gone'))));
  const dies = async (placeId: string, state: string) => {
    const [row] = await rowsOf(world, placeId);
    world.clock.set(DAY_BEFORE);
    world.nodes[0]!.app.get(ReminderSender)
      .send(row!._id)
      .catch(() => undefined);
    await eventually(async () => expect((await rowsOf(world, placeId))[0]!.state).toBe(state));
  };
  const lives = () => world.nodes[1]!.app.get(ReminderEngine).tick();

  it('given it dies after the claim, then another sends it when the lease ends, once', async () => {
    const { id, guests } = await aPublicWorkshop(staff, cohortId);
    const { email, placeId } = await comes(guests, id);
    await planned(placeId);
    const leases = world.nodes[0]!.app.get(ReminderLeases);
    leases.move = killed;
    undo.push(() => Reflect.deleteProperty(leases, 'move'));
    await dies(placeId, 'sending');
    world.clock.set(AFTER_THE_LEASE);
    await Promise.all([1, 2, 3].map(lives));
    // A beat of the living one may have taken it instead.
    await nothingInFlight(world);
    expect((await rowsOf(world, placeId))[0]!.state).toBe('sent');
    expect(remindersTo(world, email)).toHaveLength(1);
  });

  it('given it dies after the server took the letter, then a row that says failed, never a second letter', async () => {
    const { id, guests } = await aPublicWorkshop(staff, cohortId);
    const { email, placeId } = await comes(guests, id);
    await planned(placeId);
    const mailer = world.nodes[0]!.app.get(Mailer);
    const send = mailer.send.bind(mailer);
    mailer.send = async (mail: OutgoingMail) => {
      await send(mail);
      return await killed();
    };
    undo.push(() => Reflect.deleteProperty(mailer, 'send'));
    await dies(placeId, 'handing');
    await eventually(() => expect(remindersTo(world, email)).toHaveLength(1));
    world.clock.set(AFTER_THE_LEASE);
    await lives();
    await lives();
    expect((await rowsOf(world, placeId))[0]!.state).toBe('failed');
    expect(remindersTo(world, email)).toHaveLength(1);
  });
});
