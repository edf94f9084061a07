import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { HOURS, aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { rowsOf } from '../../support/reminders/reminders.js';
import { aWorkshop, draftOf } from '../../support/rooms/workshops.js';

/** Winter: two weekly dates, Christmas and New Year lie in it. */
const WINTER = { from: '2026-12-19', to: '2027-01-04', name: 'Winter break' };

let world: TestWorld;
let cohort: string;
let base: string;
let staff: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

beforeEach(async () => {
  world.clock.set(NOW);
  cohort = await aCohort(world);
  base = `/api/cohorts/${cohort}`;
  [staff, fellow] = [await aMember(world, cohort, 'staff'), await aMember(world, cohort, 'fellow')];
});

const pause = async (pauses: object[] = [WINTER]) =>
  expect((await staff.client.patch(base, { pauses })).status).toBe(200);

describe('the calendar of closed days', () => {
  it('given pauses and holidays, then all members read both, by day, with the working day after', async () => {
    await pause();
    const { body } = await fellow.client.get(`${base}/closed-days?from=2026-11-01&to=2026-12-20&locale=fr`);
    expect(body).toEqual({
      country: 'FR',
      items: [
        { on: '2026-11-01', kind: 'holiday', name: 'Toussaint', next: '2026-11-02' },
        { on: '2026-11-11', kind: 'holiday', name: 'Armistice 1918', next: '2026-11-12' },
        { on: '2026-12-19', kind: 'pause', name: 'Winter break', next: '2027-01-05' },
        { on: '2026-12-20', kind: 'pause', name: 'Winter break', next: '2027-01-05' },
      ],
      holidays: [
        { on: '2026-11-01', name: 'Toussaint' },
        { on: '2026-11-11', name: 'Armistice 1918' },
      ],
    });
    const whole = await fellow.client.get(`${base}/closed-days`);
    expect(whole.body.items.at(0)).toMatchObject({ on: '2026-11-01', name: "All Saints' Day" });
    // Christmas lies in the pause, and is a holiday of the list all the same.
    expect(whole.body.holidays).toContainEqual({ on: '2026-12-25', name: 'Christmas Day' });
    const german = await staff.client.get(`${base}/closed-days?from=2026-10-01&to=2026-10-31&country=DE`);
    expect(german.body.items.map(({ on }: any) => on)).toEqual(['2026-10-03']);
  });

  it('given another country, then it is the cohort’s; one that nobody knows is refused', async () => {
    expect((await staff.client.patch(base, { country: 'DE' })).body.country).toBe('DE');
    const { body } = await fellow.client.get(`${base}/closed-days?from=2026-11-01&to=2026-11-30`);
    expect(body).toEqual({ country: 'DE', items: [], holidays: [] });
    const wrong = await staff.client.patch(base, { country: 'XX' });
    expect([wrong.status, wrong.body.errors]).toEqual([422, [{ field: '/country', code: 'unknown_country' }]]);
  });

  it('given a cohort of a country that nobody knows, then its pauses are saved with it, and it may have another one', async () => {
    await world.db.collection('cohorts').updateOne({ _id: new Types.ObjectId(cohort) }, { $set: { country: 'XX' } });
    const saved = await staff.client.patch(base, { pauses: [WINTER], country: 'XX' });
    expect([saved.status, saved.body.country, saved.body.pauses]).toEqual([200, 'XX', [WINTER]]);
    const days = await staff.client.get(`${base}/closed-days?from=2026-12-24&to=2026-12-25&country=XX`);
    expect([days.status, days.body.items.length, days.body.holidays]).toEqual([200, 2, []]);
    expect((await staff.client.patch(base, { country: 'YY' })).status).toBe(422);
    expect((await staff.client.patch(base, { country: 'FR' })).body.country).toBe('FR');
  });

  it('given who may not, or what cannot be, then it is refused', async () => {
    const outsider = await aPerson(world);
    const read = `${base}/closed-days`;
    expect([
      (await clientOf(world.url).get(read)).status,
      (await outsider.client.get(read)).status,
      (await fellow.client.post(`${read}/preview`, {})).status,
      (await outsider.client.post(`${read}/preview`, {})).status,
      (await clientOf(world.url).post(`${read}/preview`, {})).status,
    ]).toEqual([401, 404, 403, 404, 401]);
    const codeOf = async (query: string) => {
      const { status, body } = await fellow.client.get(`${read}?${query}`);
      return [status, body.errors[0].field, body.errors[0].code];
    };
    expect(await codeOf('from=2026-11-02&to=2026-11-01')).toEqual([422, '/to', 'end_before_start']);
    expect(await codeOf('from=2020-01-01&to=2026-11-01')).toEqual([422, '/to', 'too_long']);
    expect(await codeOf('from=2022-01-01&to=2022-02-01')).toEqual([422, '/from', 'far_from_residency']);
    expect(await codeOf('from=2029-10-01&to=2029-11-01')).toEqual([422, '/to', 'far_from_residency']);
    // Of other countries the calendar is for who may change the country.
    for (const country of ['XX', 'DE'])
      expect((await fellow.client.get(`${read}?country=${country}`)).body.code).toBe('forbidden');
    expect((await staff.client.get(`${read}?country=XX`)).body.errors[0].code).toBe('unknown_country');
  });
});

describe('what stands on closed days', () => {
  it('given pauses that are not saved, then it says what they would meet; it stays there when they are', async () => {
    const coach = await aCoach(world, cohort, { horizonDays: 120 });
    const session = await aSession(cohort, fellow, coach.id, '2026-12-21T09:00:00.000Z');
    const workshop = await aWorkshop(staff, cohort, {
      ...{ title: 'Late in the year', startsAt: '2026-12-22T09:00:00.000Z', endsAt: '2026-12-22T11:00:00.000Z' },
    });
    const milestone = (await staff.client.post(`${base}/milestones`, { title: 'Read-out', on: '2027-01-04' })).body;
    const preview = (body: object) => staff.client.post(`${base}/closed-days/preview`, body);
    expect((await preview({})).body).toEqual({ items: [], more: 0 });
    const { body } = await preview({ pauses: [WINTER] });
    expect(body.items.map(({ kind, id, closed }: any) => [kind, id, closed.on, closed.next])).toEqual([
      ['session', session.id, '2026-12-21', '2027-01-05'],
      ['workshop', workshop.id, '2026-12-22', '2027-01-05'],
      ['milestone', milestone.id, '2027-01-04', '2027-01-05'],
    ]);
    expect(body.items[0].people.map(({ name }: any) => name)).toEqual([coach.name, fellow.name]);
    // An admin from outside sees when, and not who meets whom.
    const admin = await aPerson(world, { isAdmin: true });
    const seen = await admin.client.post(`${base}/closed-days/preview`, { pauses: [WINTER] });
    expect(seen.body.items[0]).toMatchObject({ id: session.id, people: [] });
    await pause();
    expect((await fellow.client.get(`${base}/sessions/${session.id}`)).body.status).toBe('scheduled');
    expect((await fellow.client.get(workshop.path)).body.closedDay).toMatchObject({ kind: 'pause', on: '2026-12-22' });
    const wrong = await preview({ pauses: [{ ...WINTER, to: '2026-12-01' }] });
    expect([wrong.status, wrong.body.errors[0]]).toMatchObject([422, { field: '/pauses/0/to' }]);
  });
});

describe('workshops', () => {
  it('given one on a holiday, then its draft and all that is answered say so, with the day to move it to', async () => {
    const path = `${base}/workshops`;
    const times = { startsAt: '2026-12-25T09:00:00.000Z', endsAt: '2026-12-25T11:00:00.000Z' };
    const draft = await staff.client.post(path, draftOf(times));
    const christmas = { on: '2026-12-25', kind: 'holiday', name: 'Noël', next: '2026-12-28' };
    expect(draft.body.closedDay).toEqual(christmas);
    const shown = await staff.client.post(`${path}/${draft.body.id}/publish`);
    expect([shown.body.status, shown.body.closedDay]).toEqual(['published', christmas]);
    const moved = { startsAt: '2026-12-28T09:00:00.000Z', endsAt: '2026-12-28T11:00:00.000Z' };
    const open = await staff.client.patch(`${path}/${draft.body.id}`, { ...moved, revision: 1 });
    expect(open.body.closedDay).toBeNull();
  });

  it('given a weekly series over a pause, then the preview names each of its dates that are closed', async () => {
    await pause();
    const { body } = await staff.client.post(`${base}/workshop-series/preview`, {
      ...{ startsAt: '2026-12-07T09:00:00.000Z', endsAt: '2026-12-07T10:00:00.000Z', timeZone: 'Europe/Paris' },
      repeat: { unit: 'week', weekdays: [1], count: 6 },
    });
    expect(body.dates.map(({ date, closed }: any) => [date, closed?.name ?? null])).toEqual([
      ['2026-12-07', null],
      ['2026-12-14', null],
      ['2026-12-21', 'Winter break'],
      ['2026-12-28', 'Winter break'],
      ['2027-01-04', 'Winter break'],
      ['2027-01-11', null],
    ]);
  });
});

describe('coaching', () => {
  const slots = async (person: TestPerson, coachId: string, explain = true) => {
    const query = `from=2026-11-10T00:00:00Z&to=2026-11-12T23:00:00Z&coachId=${coachId}&explain=${explain}`;
    return (await person.client.get(`${base}/slots?${query}`)).body;
  };
  const daysOf = (list: { startsAt: string }[]) => [...new Set(list.map(({ startsAt }) => startsAt.slice(0, 10)))];

  it('given a closed day, then no slot is free on it, which says why; a booking is refused; the preview says it, too', async () => {
    const coach = await aCoach(world, cohort);
    await pause([{ from: '2026-11-12', to: '2026-11-12', name: 'Breathing day' }]);
    const { slots: free, hidden } = await slots(fellow, coach.id);
    expect(daysOf(free)).toEqual(['2026-11-10']);
    expect(daysOf(hidden)).toEqual(['2026-11-11', '2026-11-12']);
    expect(hidden[0]).toMatchObject({ reason: 'closed_day', closed: { kind: 'holiday', name: 'Armistice 1918' } });
    expect(hidden.at(-1)).toMatchObject({ reason: 'closed_day', closed: { kind: 'pause', name: 'Breathing day' } });
    expect(daysOf((await slots(fellow, coach.id, false)).slots)).toEqual(['2026-11-10']);
    const wish = { coachId: coach.id, startsAt: '2026-11-11T09:00:00.000Z', minutes: 45, need: 'A word' };
    const refused = await fellow.client.post(`${base}/sessions`, wish);
    expect([refused.status, refused.body.errors]).toEqual([422, [{ field: '/startsAt', code: 'closed_day' }]]);
    const tried = await coach.client.post(`${base}/availability/preview`, {
      ...{ availability: HOURS, from: '2026-11-11T00:00:00Z', to: '2026-11-12T00:00:00Z' },
    });
    expect([tried.body.slots, tried.body.hidden[0].reason]).toEqual([[], 'closed_day']);
  });

  it('given an exception of the coach with hours, then that day is open for them alone', async () => {
    const opened = { exceptions: [{ date: '2026-11-11', intervals: [{ start: '10:00', end: '12:00' }] }] };
    const [coach, other] = [await aCoach(world, cohort, opened), await aCoach(world, cohort)];
    expect(daysOf((await slots(fellow, coach.id)).slots)).toEqual(['2026-11-10', '2026-11-11', '2026-11-12']);
    expect(daysOf((await slots(fellow, other.id)).slots)).toEqual(['2026-11-10', '2026-11-12']);
    await aSession(cohort, fellow, coach.id, '2026-11-11T09:00:00.000Z');
    const saved = await coach.client.get(`${base}/coaches/${coach.id}/availability`);
    expect(saved.body).not.toHaveProperty('closed');
  });

  it('given a session that stands on a day that is closed later, then another coach can take it over there', async () => {
    const [coach, other] = [await aCoach(world, cohort), await aCoach(world, cohort)];
    const session = await aSession(cohort, fellow, coach.id, '2026-11-12T09:00:00.000Z');
    await pause([{ from: '2026-11-12', to: '2026-11-12', name: 'Breathing day' }]);
    const taken = await coach.client.post(`${base}/sessions/${session.id}/hand-over`, {
      ...{ coachId: other.id, revision: session.revision },
    });
    expect([taken.status, taken.body.coachId]).toEqual([200, other.id]);
  });
});

describe('reminders', () => {
  const planned = async (id: string) =>
    (await rowsOf(world, id))
      .filter(({ state }) => state === 'planned')
      .map(({ kind, dueAt }) => `${kind} ${dueAt.toISOString().slice(0, 16)}`);
  const letters = async () =>
    (
      await world.db
        .collection('reminders')
        .find({ kind: 'letter.weekly', state: 'planned', userId: { $exists: true } })
        .toArray()
    )
      .filter((row) => String(row.cohortId) === cohort && String(row.userId) === fellow.id)
      .map((row) => (row.dueAt as Date).toISOString().slice(0, 10))
      .filter((day) => day >= '2026-12-10' && day <= '2027-01-15')
      .sort();

  it('given a pause is set later, then milestones are told before it, and no week of it has a letter', async () => {
    const made = (await staff.client.post(`${base}/milestones`, { title: 'Read-out', on: '2027-01-04' })).body;
    await eventually(async () => expect(await planned(made.id)).toContain('milestone.3d 2026-12-31T08:00'));
    await eventually(async () => expect(await letters()).toContain('2026-12-21'));
    await pause();
    await eventually(async () =>
      expect([...new Set(await planned(made.id))]).toEqual([
        'milestone.14d 2026-12-18T08:00',
        'milestone.day 2027-01-04T08:00',
      ]),
    );
    await eventually(async () => expect(await letters()).toEqual(['2026-12-14', '2027-01-05', '2027-01-11']));
  });
});
