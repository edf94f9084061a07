import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { aCoach, aSession } from '../../../support/rooms/coaching.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { followOutbox, killedAfter } from '../../../support/outbox.js';
import { liveUntil, remindOnlyOf, remindersTo, rowsIn, rowsOf, tick } from '../../../support/reminders/reminders.js';
import { MEETING, aWorkshop } from '../../../support/rooms/workshops.js';

/** What comes before something that is planned; all else has its own tests. */
const ABOUT = ['workshop', 'session', 'milestone'] as const;

let world: TestWorld;
let cohort: string;
let staff: TestPerson;
beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
  await remindOnlyOf(staff, cohort, ...ABOUT);
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const inboxOf = async (person: TestPerson, kind: string) =>
  (await person.client.get('/api/me/inbox?limit=200')).body.items.filter((one: any) => one.kind === kind);

describe('a session', () => {
  const sessionPath = (id: string) => `/api/cohorts/${cohort}/sessions/${id}`;
  const move = async (person: TestPerson, id: string, startsAt: string) =>
    expect((await person.client.post(`${sessionPath(id)}/reschedule`, { startsAt })).status).toBe(200);

  it('given it is moved three times, then it is reminded of at the last time only, each of its people once', async () => {
    const coach = await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist' });
    const fellow = await aMember(world, cohort, 'fellow', { timeZone: 'America/Cayenne' });
    const session = await aSession(cohort, fellow, coach.id, '2026-10-14T12:00:00.000Z');
    await rowsIn(world, session.id, 'planned', 4);
    await move(fellow, session.id, '2026-10-20T12:00:00.000Z');
    await move(coach, session.id, '2026-10-19T12:00:00.000Z');
    await move(fellow, session.id, '2026-10-21T13:00:00.000Z');
    await eventually(async () => {
      const planned = (await rowsOf(world, session.id)).filter((row) => row.state === 'planned');
      expect(planned.map((row) => row.subject.revision)).toEqual([4, 4, 4, 4]);
    });
    await liveUntil(world, '2026-10-22T00:00:00.000Z');

    for (const person of [coach, fellow]) expect(remindersTo(world, person.email)).toHaveLength(2);
    const sent = (await rowsOf(world, session.id)).filter((row) => row.state === 'sent');
    expect(sent.map((row) => [row.kind, row.dueAt.toISOString()])).toEqual([
      ['session.24h', '2026-10-20T13:00:00.000Z'],
      ['session.24h', '2026-10-20T13:00:00.000Z'],
      ['session.1h', '2026-10-21T12:00:00.000Z'],
      ['session.1h', '2026-10-21T12:00:00.000Z'],
    ]);
    const [dayBefore] = remindersTo(world, fellow.email);
    expect(dayBefore!.subject).toBe('Session with Hanna Lindqvist: Wednesday 21 October at 10:00 (Cayenne)');
    expect(dayBefore!.text).toContain('How do we watch people fill in the form?');
    expect(await inboxOf(fellow, 'session.reminder')).toHaveLength(2);
    expect((await inboxOf(fellow, 'session.moved')).length).toBeGreaterThan(0);
  });

  it('given the process dies right after it was moved, then it is planned, and people hear of it, once', async () => {
    const coach = await aCoach(world, cohort);
    const fellow = await aMember(world, cohort, 'fellow');
    const session = await aSession(cohort, fellow, coach.id, '2026-10-19T07:00:00.000Z');
    await rowsIn(world, session.id, 'planned', 4);
    await tick(world);
    world.clock.advance(60_000);
    await killedAfter(world, () => move(coach, session.id, '2026-10-20T07:00:00.000Z'));
    expect(await inboxOf(fellow, 'session.moved')).toEqual([]);
    for (let turn = 0; turn < 2; turn += 1) {
      await followOutbox(world);
      const planned = await rowsIn(world, session.id, 'planned', 4);
      expect(planned[0]!.dueAt).toEqual(new Date('2026-10-19T07:00:00.000Z'));
      expect(await inboxOf(fellow, 'session.moved')).toHaveLength(1);
      await tick(world);
      expect(await rowsOf(world, session.id)).toHaveLength(8);
    }
  });
});

describe('a workshop', () => {
  const joined = async (path: string, ...people: TestPerson[]) => {
    for (const person of people) expect((await person.client.put(`${path}/registration`, {})).status).toBe(200);
  };

  it('given the process dies right after a new zone, quiet hours or channels, then what is planned follows all the same', async () => {
    const { path, id } = await aWorkshop(staff, cohort, {
      link: MEETING,
      startsAt: '2026-10-22T09:00:00.000Z',
      endsAt: '2026-10-22T10:00:00.000Z',
    });
    const fellow = await aMember(world, cohort, 'fellow');
    await joined(path, fellow);
    const dueAt = async () =>
      (await rowsIn(world, id, 'planned', 4)).map((row) => row.dueAt.toISOString().slice(0, 16));
    const inParis = await dueAt();
    await tick(world);
    const dyingAfter = async (act: () => Promise<{ status: number }>) => {
      expect((await killedAfter(world, act)).status).toBe(200);
      await followOutbox(world);
    };
    await dyingAfter(() => fellow.client.patch('/api/me', { timeZone: 'America/Cayenne' }));
    expect(await dueAt()).toEqual(['2026-10-15T11:00', '2026-10-21T11:00', ...inParis.slice(2)]);
    const preferences = (await fellow.client.get('/api/me/preferences')).body;
    await dyingAfter(() => fellow.client.put('/api/me/preferences', { ...preferences, quietHours: null }));
    expect(await dueAt()).toEqual(inParis);
    const silent = { ...preferences.kinds, workshops: { inbox: false, mail: false } };
    await dyingAfter(() => fellow.client.put('/api/me/preferences', { ...preferences, kinds: silent }));
    expect((await rowsIn(world, id, 'dropped', 4)).map((row) => row.because)).toEqual(Array(4).fill('muted'));
    await tick(world);
    expect(await rowsOf(world, id)).toHaveLength(4);
  });

  it('given it moves while its alarms are being set, then it is armed for its new time', async () => {
    const { path, id } = await aWorkshop(staff, cohort, { link: MEETING });
    const fellow = await aMember(world, cohort, 'fellow');
    await joined(path, fellow);
    const [row] = await rowsIn(world, id, 'planned', 3);
    const rows = world.db.collection('reminders');
    await rows.updateOne({ _id: row!._id }, { $set: { armed: false, wakeAt: world.clock.now() } });
    const { RemindersRepository } = await import('../../../../src/reminders/reminders.repository.js');
    const repository = world.app.get(RemindersRepository);
    const unarmed = await repository.unarmed(world.clock.now(), 10);
    const dueAt = new Date(row!.dueAt.getTime() + 60_000);
    await rows.updateOne({ _id: row!._id }, { $set: { dueAt } });
    await repository.setArmed(unarmed);
    expect((await rowsOf(world, id)).find((one) => one._id.equals(row!._id))).toMatchObject({ armed: false, dueAt });
    await tick(world);
    expect((await rowsOf(world, id)).find((one) => one._id.equals(row!._id))).toMatchObject({ armed: true, dueAt });
  });
});
