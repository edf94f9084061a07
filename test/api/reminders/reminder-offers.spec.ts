import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import {
  allPlanned,
  forgetAll,
  liveUntil,
  nothingInFlight,
  remindersTo,
  remindOnlyOf,
} from '../../support/reminders/reminders.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

const LONG = 10_080;

let world: TestWorld;
let cohort: string;
let staff: TestPerson;
let going: TestPerson;
let waiting: TestPerson;
let next: TestPerson;

beforeAll(async () => (world = await startWorld({ nodes: 2 })));
beforeEach(async () => {
  await forgetAll(world);
  world.clock.set('2026-10-13T09:45:00.000Z');
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
  [going, waiting, next] = [
    await aMember(world, cohort, 'fellow'),
    await aMember(world, cohort, 'fellow', { locale: 'fr' }),
    await aMember(world, cohort, 'fellow'),
  ];
  await remindOnlyOf(staff, cohort, 'offer');
});
afterAll(() => world.stop());

/** A workshop with one place, which is held for the next in line since just now. */
async function anOffer(offerMinutes: number, startsAt = '2026-11-10T09:00:00.000Z'): Promise<string> {
  const endsAt = new Date(Date.parse(startsAt) + 7_200_000).toISOString();
  const { path } = await aWorkshop(staff, cohort, {
    title: 'Field notes',
    capacity: 1,
    offerMinutes,
    startsAt,
    endsAt,
  });
  for (const one of [going, waiting, next]) expect((await one.client.put(`${path}/registration`, {})).status).toBe(200);
  expect((await going.client.delete(`${path}/registration`)).status).toBeLessThan(300);
  expect((await waiting.client.get(path)).body.mine).toMatchObject({ status: 'offered' });
  return path;
}

const planned = async (person: TestPerson) =>
  ((await person.client.get('/api/me/reminders?limit=20')).body.items as { kind: string; dueAt: string }[]).map(
    ({ kind, dueAt }) => `${kind} ${dueAt}`,
  );
const isPlanned = (person: TestPerson, ...expected: string[]) =>
  eventually(async () => expect(await planned(person)).toEqual(expected));
const because = async () =>
  (
    await world.db
      .collection('reminders')
      .find({ _id: { $exists: true }, state: 'dropped' })
      .toArray()
  )
    .filter(({ kind, cohortId }) => kind === 'workshop.offer' && String(cohortId) === cohort)
    .map((row) => String(row['because']));

it('given a place is held for a week and nobody answers, then its person alone is told once, a day before, and can answer from the mail', async () => {
  await anOffer(LONG);
  await isPlanned(waiting, 'workshop.offer 2026-10-19T09:45:00.000Z');
  for (const one of [going, next, staff]) expect(await planned(one)).toEqual([]);
  const { items } = (await staff.client.get(`/api/cohorts/${cohort}/reminders?limit=50`)).body;
  expect(items).toMatchObject([{ kind: 'workshop.offer', subjectTitle: 'Field notes', why: 'waitlisted' }]);

  await liveUntil(world, '2026-10-20T08:00:00.000Z');
  await nothingInFlight(world);
  const mails = remindersTo(world, waiting.email);
  expect(mails.map(({ subject }) => subject)).toEqual([
    'Votre réponse manque\u00a0: une place vous est réservée jusqu’au mardi 20 octobre à 11:45 (Paris), «\u00a0Field notes\u00a0»',
  ]);
  expect(mails[0]!.text).toContain('/place/');
  for (const one of [going, next, staff]) expect(remindersTo(world, one.email)).toEqual([]);
});

it('given the mails of their day are used up, then it comes by mail all the same: a digest may come when they have answered', async () => {
  await anOffer(LONG);
  await isPlanned(waiting, 'workshop.offer 2026-10-19T09:45:00.000Z');
  const ids = Array.from({ length: 12 }, () => new Types.ObjectId());
  await world.db
    .collection('mail-days')
    .updateOne({ _id: new Types.ObjectId(waiting.id) }, { $set: { day: '2026-10-19', ids } }, { upsert: true });
  await liveUntil(world, '2026-10-20T08:00:00.000Z');
  expect(remindersTo(world, waiting.email)).toHaveLength(1);
  const { mail } = (await world.db
    .collection('notifications')
    .findOne({ userId: new Types.ObjectId(waiting.id), key: /^reminder-/ }))!;
  expect(mail.state).toBe('none');
});

it('given they accept, or decline, or it lapses, or the workshop is called off, then nothing of it is planned any more', async () => {
  const accepted = await anOffer(LONG);
  await isPlanned(waiting, 'workshop.offer 2026-10-19T09:45:00.000Z');
  expect((await waiting.client.put(`${accepted}/registration`, { accept: true })).status).toBe(200);
  await isPlanned(waiting);
  await eventually(async () => expect(await because()).toEqual(['left']));

  const declined = await anOffer(LONG);
  await isPlanned(waiting, 'workshop.offer 2026-10-19T09:45:00.000Z');
  expect((await waiting.client.delete(`${declined}/registration`)).status).toBeLessThan(300);
  await isPlanned(waiting);
  // It is held for the next in line now, and then nobody is to be told.
  await isPlanned(next, 'workshop.offer 2026-10-19T09:45:00.000Z');
  expect((await staff.client.post(`${declined}/cancel`, { reason: 'The room is flooded' })).status).toBe(200);
  await isPlanned(next);
  await eventually(async () => expect((await because()).sort()).toEqual(['cancelled', 'left', 'left']));

  await liveUntil(world, '2026-10-22T00:00:00.000Z');
  expect([waiting, next].flatMap((one) => remindersTo(world, one.email))).toEqual([]);
});

it('given a place is held for an hour, then no reminder; given the start leaves less time, then half of that', async () => {
  await anOffer(60);
  await allPlanned(world);
  expect(await planned(waiting)).toEqual([]);
  const path = await anOffer(LONG, '2026-10-14T21:45:00.000Z');
  // Held for 36 hours: half-way is at night, so it comes in the morning.
  await isPlanned(waiting, 'workshop.offer 2026-10-14T06:00:00.000Z');
  const moved = { startsAt: '2026-10-23T09:45:00.000Z', endsAt: '2026-10-23T11:45:00.000Z' };
  expect((await staff.client.patch(path, moved)).status).toBe(200);
  await world.settled();
  expect(await planned(waiting)).toEqual(['workshop.offer 2026-10-14T06:00:00.000Z']);
});
