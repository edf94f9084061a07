import { RemindersReader } from '../../../src/reminders/reminders.reader.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import {
  allPlanned,
  liveUntil,
  remindOnlyOf,
  remindersTo,
  rowsIn,
  rowsOf,
  tick,
} from '../../support/reminders/reminders.js';
import { MEETING, aWorkshop } from '../../support/rooms/workshops.js';

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

  it('given the process dies right after it was booked, then both hear of it all the same, once, and it is planned', async () => {
    const coach = await aCoach(world, cohort);
    const fellow = await aMember(world, cohort, 'fellow');
    const session = await killedAfter(world, () => aSession(cohort, fellow, coach.id, '2026-10-19T07:00:00.000Z'));
    expect([await rowsOf(world, session.id), await inboxOf(coach, 'session.booked')]).toEqual([[], []]);
    for (let turn = 0; turn < 2; turn += 1) {
      await tick(world);
      await followOutbox(world);
      for (const person of [coach, fellow]) expect(await inboxOf(person, 'session.booked')).toHaveLength(1);
      expect(await rowsOf(world, session.id)).toHaveLength(4);
    }
  });

  it('given it is moved three times and cancelled, then no reminder at any time', async () => {
    const coach = await aCoach(world, cohort);
    const fellow = await aMember(world, cohort, 'fellow');
    const session = await aSession(cohort, fellow, coach.id, '2026-10-15T12:00:00.000Z');
    await move(fellow, session.id, '2026-10-16T12:00:00.000Z');
    await move(coach, session.id, '2026-10-20T12:00:00.000Z');
    await move(fellow, session.id, '2026-10-19T12:00:00.000Z');
    expect((await fellow.client.post(`${sessionPath(session.id)}/cancel`, { reason: 'I am ill' })).status).toBe(200);
    await eventually(async () => {
      const rows = await rowsOf(world, session.id);
      expect(rows.every((row) => row.state === 'dropped')).toBe(true);
    });
    await liveUntil(world, '2026-10-21T00:00:00.000Z');
    for (const person of [coach, fellow]) {
      expect(remindersTo(world, person.email)).toEqual([]);
      expect(await inboxOf(person, 'session.reminder')).toEqual([]);
      const [cancelled] = await inboxOf(person, 'session.cancelled');
      expect(cancelled.body).toContain('I am ill');
    }
    const mails = await eventually(() => {
      const found = world.mail.mails.filter(
        (mail) => mail.subject?.startsWith('Cancelled') && JSON.stringify(mail.to).includes(fellow.email),
      );
      expect(found).toHaveLength(1);
      return found;
    });
    const ics = mails[0]!.attachments.map((one) => one.content.toString()).join('');
    expect(ics).toMatch(/METHOD:CANCEL/);
    expect(ics).toMatch(/STATUS:CANCELLED/);
  });
});

describe('a workshop', () => {
  const joined = async (path: string, ...people: TestPerson[]) => {
    for (const person of people) expect((await person.client.put(`${path}/registration`, {})).status).toBe(200);
  };

  it('given people who join, wait, leave and join late, then each gets what is still to come, with the calendar entry', async () => {
    const link = 'https://meet.example/for-those-with-a-place';
    const { path, id } = await aWorkshop(staff, cohort, { capacity: 1, link });
    const [first, waiting] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    await joined(path, first, waiting);
    const rows = await rowsIn(world, id, 'planned', 3); // the 7 days are past
    expect(rows.every((row) => String(row.userId) === first.id)).toBe(true);
    const [mail] = await world.mail.to(first.email);
    expect(mail!.attachments.map((one) => one.content.toString()).join('')).toMatch(/METHOD:REQUEST[^]*UID:workshop-/);
    const entryOf = async (person: TestPerson) =>
      (await world.mail.to(person.email)).flatMap((one) => one.attachments).map((one) => one.content.toString());
    expect((await entryOf(first)).join('')).toContain('for-those-with-a-place');
    await eventually(async () => expect((await entryOf(waiting)).join('')).toContain('STATUS:TENTATIVE'));
    expect((await entryOf(waiting)).join('')).not.toContain('for-those-with-a-place');

    await first.client.delete(`${path}/registration`);
    await eventually(async () => {
      const now = await rowsOf(world, id);
      expect(now.filter((row) => row.state === 'planned').map((row) => String(row.userId))).toEqual([
        waiting.id,
        waiting.id,
        waiting.id,
      ]);
      expect(now.filter((row) => row.state === 'dropped').map((row) => row.because)).toEqual(['left', 'left', 'left']);
    });
    await eventually(async () => expect(await inboxOf(waiting, 'workshop.promoted')).toHaveLength(1));

    await staff.client.post(`${path}/cancel`, { reason: 'The room is flooded' });
    await rowsIn(world, id, 'dropped', 6);
    await eventually(async () => expect(await inboxOf(waiting, 'workshop.cancelled')).toHaveLength(1));
    await liveUntil(world, '2026-10-16T00:00:00.000Z');
    expect([...remindersTo(world, first.email), ...remindersTo(world, waiting.email)]).toEqual([]);
  });

  it('given quiet hours and channels change, then what is planned follows', async () => {
    const { path, id } = await aWorkshop(staff, cohort, {
      link: MEETING,
      startsAt: '2026-10-22T19:00:00.000Z',
      endsAt: '2026-10-22T20:00:00.000Z',
    });
    const fellow = await aMember(world, cohort, 'fellow');
    await joined(path, fellow);
    const planned = await rowsIn(world, id, 'planned', 4);
    expect(planned[0]!.dueAt).toEqual(new Date('2026-10-16T06:00:00.000Z'));
    const preferences = (await fellow.client.get('/api/me/preferences')).body;
    await fellow.client.put('/api/me/preferences', { ...preferences, quietHours: null });
    await eventually(async () =>
      expect((await rowsOf(world, id))[0]!.dueAt).toEqual(new Date('2026-10-15T19:00:00.000Z')),
    );
    const silent = { ...preferences.kinds, workshops: { inbox: false, mail: false } };
    await fellow.client.put('/api/me/preferences', { ...preferences, kinds: silent });
    expect((await rowsIn(world, id, 'dropped', 4)).map((row) => row.because)).toEqual(Array(4).fill('muted'));
    await fellow.client.put('/api/me/preferences', preferences);
    await rowsIn(world, id, 'planned', 4);
  });
});

describe('a milestone', () => {
  it('given somebody joins, leaves, or the milestone is deleted, then what is planned follows', async () => {
    const own = await aCohort(world);
    const lead = await aMember(world, own, 'staff');
    const made = (await lead.client.post(`/api/cohorts/${own}/milestones`, { title: 'Read-out', on: '2026-12-01' }))
      .body;
    await rowsIn(world, made.id, 'planned', 3);
    const late = await aMember(world, own, 'fellow');
    await rowsIn(world, made.id, 'planned', 6);
    expect((await lead.client.delete(`/api/cohorts/${own}/members/${late.id}`)).status).toBe(204);
    expect((await rowsIn(world, made.id, 'dropped', 3)).map((row) => row.because)).toEqual(['left', 'left', 'left']);
    expect((await lead.client.delete(`/api/cohorts/${own}/milestones/${made.id}`)).status).toBe(204);
    await rowsIn(world, made.id, 'dropped', 6);
  });
});

describe('what staff see', () => {
  it('given reminders to come, then who, when, why and in which zone; in pages; counted by day of the cohort', async () => {
    const own = await aCohort(world);
    const lead = await aMember(world, own, 'staff', { locale: 'fr' });
    await remindOnlyOf(lead, own, ...ABOUT);
    const fellow = await aMember(world, own, 'fellow', { name: 'Jonas Albrecht', timeZone: 'Europe/Berlin' });
    const { path, id } = await aWorkshop(lead, own, {
      link: MEETING,
      startsAt: '2026-10-30T09:00:00.000Z',
      endsAt: '2026-10-30T10:00:00.000Z',
    });
    await fellow.client.put(`${path}/registration`, {});
    await rowsIn(world, id, 'planned', 4);
    // Staff came before they switched anything off: what that planned goes by the job of the new rules.
    await allPlanned(world);
    const list = `/api/cohorts/${own}/reminders`;
    const { body } = await lead.client.get(list);
    expect(body.items[0]).toMatchObject({
      kind: 'workshop.7d',
      subject: { type: 'workshop', id, revision: 1 },
      subjectTitle: 'Impact assessment, by hand',
      userId: fellow.id,
      person: { name: 'Jonas Albrecht', timeZone: 'Europe/Berlin' },
      dueAt: '2026-10-23T08:00:00.000Z',
      channels: ['inbox', 'mail'],
      state: 'planned',
      why: 'registered',
      held: null,
      sentAt: null,
    });
    expect(body.byDay).toEqual([
      { day: '2026-10-23', count: 1 },
      { day: '2026-10-29', count: 1 },
      { day: '2026-10-30', count: 2 },
    ]);
    const first = (await lead.client.get(`${list}?limit=3`)).body;
    const rest = (await lead.client.get(`${list}?limit=3&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...rest.items].map((one: any) => one.id)).toEqual(body.items.map((one: any) => one.id));
    expect(
      (await lead.client.get(`${list}?userId=${fellow.id}&from=2026-10-30T00:00:00Z&to=2026-10-31T00:00:00Z`)).body
        .items,
    ).toHaveLength(2);
    expect((await lead.client.get(`${list}?userId=nobody`)).body.items).toEqual([]);
    const found = async (query: string) =>
      (await lead.client.get(`${list}?${query}`)).body.items.map((one: any) => one.kind);
    expect(await found('kind=workshop.24h')).toEqual(['workshop.24h']);
    expect(await found('kind=workshop.24h&channel=mail')).toEqual(['workshop.24h']);
    const { kinds, quietHours, quietWeekend } = (await fellow.client.get('/api/me/preferences')).body;
    const inApp = { ...kinds, workshops: { ...kinds.workshops, mail: false } };
    await fellow.client.put('/api/me/preferences', { kinds: inApp, quietHours, quietWeekend });
    await eventually(async () => expect(await found('channel=mail')).toEqual([]));
    expect(await found('channel=inbox')).toHaveLength(4);
    expect((await lead.client.get(`${list}?kind=workshop.1y`)).status).toBe(422);
    expect((await lead.client.get(`${list}?channel=pigeon`)).status).toBe(422);
    expect((await lead.client.get(`${list}?state=failed`)).body).toEqual({ items: [], nextCursor: null, byDay: [] });
    expect((await lead.client.get(`${list}?state=lost`)).status).toBe(422);
    expect((await fellow.client.get(list)).status).toBe(403);
    expect((await staff.client.get(list)).status).toBe(404);
    world.clock.set('2026-10-29T00:00:00.000Z');
    expect(await world.app.get(RemindersReader).counts(own)).toEqual({ next7Days: 3, failed: 0 });
  });
});
