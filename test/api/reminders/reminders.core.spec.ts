import { ReminderPlanner } from '../../../src/reminders/planning/reminder-planner.js';
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

  it.each([
    [
      'autumn',
      '2026-10-12T09:00:00.000Z',
      '2026-10-25T09:00:00.000Z',
      ['2026-10-19T06:00', '2026-10-24T09:00', '2026-10-25T08:00', '2026-10-25T08:50'],
      'Sunday 25 October at 10:00 (Paris)',
      'dimanche 25 octobre à 06:00 (Cayenne)',
    ],
    [
      'spring',
      '2027-03-15T09:00:00.000Z',
      '2027-03-28T08:00:00.000Z',
      ['2027-03-22T07:00', '2027-03-27T08:00', '2027-03-28T07:00', '2027-03-28T07:50'],
      'Sunday 28 March at 10:00 (Paris)',
      'dimanche 28 mars à 05:00 (Cayenne)',
    ],
  ])(
    'given the %s night on which Paris turns its clocks, then all is right in each one’s zone',
    async (_, now, startsAt, due, inParis, inCayenne) => {
      world.clock.set(now);
      const endsAt = new Date(Date.parse(startsAt) + 7_200_000).toISOString();
      const { path, id } = await aWorkshop(staff, cohort, {
        title: 'Data walk',
        startsAt,
        endsAt,
        link: 'https://meet.example/walk',
      });
      const [paris, cayenne] = [
        await aMember(world, cohort, 'fellow', { timeZone: 'Europe/Paris' }),
        await aMember(world, cohort, 'fellow', { timeZone: 'America/Cayenne', locale: 'fr' }),
      ];
      await joined(path, paris, cayenne);
      await rowsIn(world, id, 'planned', 8);
      await liveUntil(world, startsAt);
      const rows = await rowsOf(world, id);
      const ofParis = rows.filter((row) => String(row.userId) === paris.id);
      expect(ofParis.map((row) => row.dueAt.toISOString().slice(0, 16))).toEqual(due);
      expect(rows.every((row) => row.state === 'sent')).toBe(true);
      // Nobody in Cayenne is woken at 05:00 for what is a day away.
      const dayBefore = rows.find((row) => String(row.userId) === cayenne.id && row.kind === 'workshop.24h');
      expect(dayBefore!.dueAt.toISOString().slice(11, 16)).toBe('11:00');
      for (const row of rows) expect(row.sentAt).toEqual(row.dueAt);
      expect(remindersTo(world, paris.email).map((mail) => mail.subject)).toEqual(
        Array(4).fill(`“Data walk”: ${inParis}`),
      );
      const french = remindersTo(world, cayenne.email);
      expect(french.map((mail) => mail.subject)).toEqual(Array(4).fill(`«\u00a0Data walk\u00a0»\u00a0: ${inCayenne}`));
      expect(french.filter((mail) => mail.text?.includes('https://meet.example/walk'))).toHaveLength(1);
    },
  );

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

  it('given an alarm in Redis, then the reminder goes out at its time without a turn of the clockwork', async () => {
    world.clock.set('2026-10-14T07:59:59.000Z');
    const { path, id } = await aWorkshop(staff, cohort, { link: MEETING });
    const fellow = await aMember(world, cohort, 'fellow');
    await joined(path, fellow);
    // What is due in a moment is armed after it was planned, the others with it.
    expect((await rowsIn(world, id, 'planned', 3)).map((row) => row.armed)).toEqual([false, true, true]);
    const { ReminderAlarms } = await import('../../../src/reminders/reminder-alarms.js');
    await world.app.get(ReminderAlarms).arm();
    world.clock.advance(1000);
    await eventually(() => expect(remindersTo(world, fellow.email)).toHaveLength(1));
    await eventually(async () =>
      expect((await rowsOf(world, id)).map((row) => row.state)).toEqual(['sent', 'planned', 'planned']),
    );
  });

  it('given it moves while its alarms are being set, then it is armed for its new time', async () => {
    const { path, id } = await aWorkshop(staff, cohort, { link: MEETING });
    const fellow = await aMember(world, cohort, 'fellow');
    await joined(path, fellow);
    const [row] = await rowsIn(world, id, 'planned', 3);
    const rows = world.db.collection('reminders');
    await rows.updateOne({ _id: row!._id }, { $set: { armed: false, wakeAt: world.clock.now() } });
    const { RemindersRepository } = await import('../../../src/reminders/reminders.repository.js');
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

describe('a reminder that is late', () => {
  it('given nobody could send it in the evening, then it does not come at night, but when its person is awake', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const { path, id } = await aWorkshop(staff, cohort, {
      link: MEETING,
      startsAt: '2026-10-15T17:30:00.000Z',
      endsAt: '2026-10-15T18:30:00.000Z',
    });
    await fellow.client.put(`${path}/registration`, {});
    await rowsIn(world, id, 'planned', 3);
    world.clock.set('2026-10-14T22:00:00.000Z');
    await tick(world);
    // Planned again for any reason, it waits all the same.
    await world.app.get(ReminderPlanner).plan([{ type: 'workshop', id, cohortId: cohort }]);
    const [dayBefore] = await rowsOf(world, id);
    expect([dayBefore!.kind, dayBefore!.state, dayBefore!.dueAt.toISOString()]).toEqual([
      'workshop.24h',
      'planned',
      '2026-10-15T06:00:00.000Z',
    ]);
    // Staff see what holds it.
    expect(dayBefore!.held).toEqual({ by: 'night', from: new Date('2026-10-14T17:30:00.000Z') });
    expect(remindersTo(world, fellow.email)).toEqual([]);
    await liveUntil(world, '2026-10-15T07:00:00.000Z');
    expect(remindersTo(world, fellow.email)).toHaveLength(1);
  });
});

describe('a milestone', () => {
  it('given it is made and moved, then everybody at 09:00 of the cohort, who can sleep on it in their own morning', async () => {
    const own = await aCohort(world);
    const lead = await aMember(world, own, 'staff', { locale: 'fr' });
    await remindOnlyOf(lead, own, ...ABOUT);
    const far = await aMember(world, own, 'fellow', { timeZone: 'America/Cayenne' });
    const former = await aMember(world, own, 'alumni');
    const made = (await lead.client.post(`/api/cohorts/${own}/milestones`, { title: 'Read-out', on: '2026-10-30' }))
      .body;
    await rowsIn(world, made.id, 'planned', 6);
    const path = `/api/cohorts/${own}/milestones/${made.id}`;
    expect((await lead.client.patch(path, { on: '2026-11-03' })).status).toBe(200);
    await eventually(async () => {
      const rows = await rowsOf(world, made.id);
      expect(rows.filter((row) => row.state === 'dropped').map((row) => row.because)).toEqual(Array(6).fill('moved'));
    });
    const planned = await rowsIn(world, made.id, 'planned', 6);
    const times = (person: TestPerson) =>
      planned.filter((row) => String(row.userId) === person.id).map((row) => row.dueAt.toISOString().slice(0, 16));
    expect(times(lead)).toEqual(['2026-10-20T07:00', '2026-11-02T07:00', '2026-11-03T08:00']);
    expect(times(far)).toEqual(['2026-10-20T11:00', '2026-11-02T11:00', '2026-11-03T11:00']);
    await liveUntil(world, '2026-11-04T00:00:00.000Z');
    const mails = remindersTo(world, lead.email);
    expect(mails.map((mail) => mail.subject)).toEqual([
      'Dans 14 jours\u00a0: Read-out',
      'Demain\u00a0: Read-out',
      'Aujourd’hui\u00a0: Read-out',
    ]);
    expect(mails[0]!.text).toContain('mardi 3 novembre');
    expect(remindersTo(world, former.email)).toEqual([]);
  });

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
