import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { rowsIn, rowsOf } from '../../support/reminders/reminders.js';
import { MEETING, aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohort: string;
let staff: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  world.clock.set(NOW);
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff', { name: 'Aurore Tessier' });
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier', timeZone: 'America/Montreal' });
});
afterAll(() => world.stop());

const ask = (body: object, person = staff) => person.client.post(`/api/cohorts/${cohort}/reminders/what-if`, body);
const walk = async () => {
  const workshop = await aWorkshop(staff, cohort, {
    link: MEETING,
    ...{ title: 'Data walk', startsAt: '2026-10-29T13:00:00.000Z', endsAt: '2026-10-29T14:00:00.000Z' },
  });
  await fellow.client.put(`${workshop.path}/registration`, {});
  await rowsIn(world, workshop.id, 'planned', 4);
  return workshop;
};
const read = ({ items }: { items: any[] }) =>
  items.map(({ what, kind, before, after }) => `${what} ${kind} ${before ?? '-'} ${after ?? '-'}`);
const duesOf = async (id: string) =>
  (await rowsOf(world, id))
    .filter(({ state }) => state === 'planned')
    .map((row) => `${row.kind} ${row.dueAt.toISOString()}`);
const usual = { on: true, channels: ['inbox', 'mail'], text: null };

describe('what if', () => {
  it('given a workshop began at another time, then each reminder says from when to when, nothing is saved, and moving it does just that', async () => {
    const { id, path } = await walk();
    const before = await rowsOf(world, id);
    const startsAt = '2026-10-30T15:00:00.000Z';
    const { status, body } = await ask({ change: 'time', type: 'workshop', id, startsAt });
    expect(status).toBe(200);
    expect(body).toMatchObject({ counts: { added: 0, moved: 4, changed: 0, dropped: 0 }, people: 1 });
    expect(body.items[0]).toMatchObject({
      ...{ what: 'moved', kind: 'workshop.7d', subjectTitle: 'Data walk', why: 'registered' },
      person: { name: 'Inès Carpentier', timeZone: 'America/Montreal' },
    });
    expect(await rowsOf(world, id)).toEqual(before);
    await staff.client.patch(path, { startsAt, endsAt: '2026-10-30T16:00:00.000Z' });
    const told = body.items.map(({ kind, after }: any) => `${kind} ${after}`);
    await eventually(async () => expect(await duesOf(id)).toEqual(told));
  });

  it('given other rules, then what is added, moved, changed and dropped, of the kinds that change', async () => {
    await walk();
    const off = { ...usual, kind: 'workshop.10min', count: 10, on: false };
    const { body } = await ask({
      change: 'rules',
      rungs: [
        { ...usual, kind: 'workshop.7d', count: 10 },
        { ...usual, kind: 'workshop.24h', count: 24, channels: ['mail'] },
        off,
      ],
    });
    expect(read(body)).toEqual([
      // The same hour in Paris, where the clocks go back between.
      'moved workshop.7d 2026-10-22T12:00:00.000Z 2026-10-19T12:00:00.000Z',
      'changed workshop.24h 2026-10-28T13:00:00.000Z 2026-10-28T13:00:00.000Z',
      'dropped workshop.10min 2026-10-29T12:50:00.000Z -',
    ]);
    await staff.client.put(`/api/cohorts/${cohort}/reminders/ladder`, { revision: 0, rungs: [off] });
    await eventually(async () => {
      const again = await ask({ change: 'rules', rungs: [] });
      expect(read(again.body)).toEqual(['added workshop.10min - 2026-10-29T12:50:00.000Z']);
    });
    expect((await ask({ change: 'rules', rungs: [off] })).body).toMatchObject({ people: 0, items: [] });
  });

  it('given a session, a milestone and phases, then those who are in it, and milestones that go along', async () => {
    const coach = await aCoach(world, cohort);
    const session = await aSession(cohort, fellow, coach.id, '2026-11-03T10:00:00.000Z');
    await rowsIn(world, session.id, 'planned', 4);
    const later = await ask({ change: 'time', type: 'session', id: session.id, startsAt: '2026-11-05T10:00:00.000Z' });
    expect(later.body).toMatchObject({ counts: { moved: 4 }, people: 2 });
    const made = await staff.client.post(`/api/cohorts/${cohort}/milestones`, { title: 'Show it', on: '2026-12-10' });
    await rowsIn(world, made.body.id, 'planned', 9);
    const day = await ask({ change: 'day', type: 'milestone', id: made.body.id, on: '2026-12-11' });
    expect(day.body).toMatchObject({ counts: { moved: 9 }, people: 3 });
    const { phases } = (await staff.client.get(`/api/cohorts/${cohort}`)).body;
    const moved = phases.map((phase: any, index: number) => ({
      ...phase,
      ...(index === 1 && { endsOn: '2027-02-07' }),
      ...(index === 2 && { startsOn: '2027-02-08' }),
    }));
    const along = await ask({ change: 'phases', phases: moved });
    const subjects = (answer: any) => new Set(answer.body.items.map(({ subject }: any) => subject.type));
    expect(subjects(along)).toEqual(new Set(['milestone', 'phase']));
    expect(subjects(await ask({ change: 'phases', phases: moved, keepMilestones: true }))).toEqual(new Set(['phase']));
  });

  it('given a shorter or longer residency, then the letters that end or come, and saving it does just that: nothing is planned of what is no more', async () => {
    const { phases } = (await staff.client.get(`/api/cohorts/${cohort}`)).body;
    const ending = (endsOn: string) =>
      phases.map((phase: any) => (phase.key === 'handover' ? { ...phase, endsOn } : phase));
    const letters = async () => {
      const path = `/api/cohorts/${cohort}/reminders?kind=letter.weekly&from=2027-05-25T00:00:00.000Z&limit=200`;
      return (await staff.client.get(path)).body.items.map(({ dueAt }: any) => dueAt.slice(0, 10));
    };
    const mondays = ['2027-05-31', '2027-06-07', '2027-06-14', '2027-06-21', '2027-06-28'];
    const ofBoth = (days: string[]) => days.flatMap((day) => [day, day]);
    await eventually(async () => expect(await letters()).toEqual(ofBoth(mondays)));

    const ofLetters = (answer: any) =>
      read({ items: answer.body.items.filter((one: any) => /^letter/.test(one.kind)) });
    const shorter = await ask({ change: 'phases', phases: ending('2027-06-15') });
    // At nine in Paris; who sleeps then is told in the morning of Montréal.
    const times = (day: string) => [`${day}T07:00:00.000Z`, `${day}T12:00:00.000Z`];
    const gone = mondays.slice(3).flatMap((day) => times(day).map((at) => `dropped letter.weekly ${at} -`));
    expect(ofLetters(shorter)).toEqual(gone);
    const longer = await ask({ change: 'phases', phases: ending('2027-07-06') });
    expect(ofLetters(longer)).toEqual(times('2027-07-05').map((at) => `added letter.weekly - ${at}`));

    const save = async (endsOn: string) =>
      expect((await staff.client.patch(`/api/cohorts/${cohort}`, { phases: ending(endsOn) })).status).toBe(200);
    await save('2027-06-15');
    await eventually(async () => expect(await letters()).toEqual(ofBoth(mondays.slice(0, 3))));
    await save('2027-07-06');
    await eventually(async () => expect(await letters()).toEqual(ofBoth([...mondays, '2027-07-05'])));
  });

  it('given what cannot be, then as saving it would be refused', async () => {
    const { id } = await walk();
    const cases: [object, number, string, string?][] = [
      [{ change: 'time', type: 'workshop', id, startsAt: '2026-10-01T13:00:00.000Z' }, 422, 'past', '/startsAt'],
      [{ change: 'time', type: 'workshop', id, startsAt: '2026-10-30T13:01:00.000Z' }, 422, 'off_grid', '/startsAt'],
      [
        { change: 'rules', rungs: [{ ...usual, kind: 'workshop.24h', count: 99 }] },
        422,
        'out_of_bounds',
        '/rungs/0/count',
      ],
      [{ change: 'day', type: 'milestone', id, on: '2031-01-01' }, 422, 'outside_cohort', '/on'],
      [{ change: 'day', type: 'milestone', id, on: '2026-12-01' }, 404, 'not_found'],
      [{ change: 'time', type: 'session', id, startsAt: '2026-10-30T13:00:00.000Z' }, 404, 'not_found'],
      [{ change: 'time', type: 'session', id: 'x', startsAt: '2026-10-30T13:00:00.000Z' }, 404, 'not_found'],
    ];
    for (const [body, status, code, field] of cases) {
      const answer = await ask(body);
      const said = field ? answer.body.errors?.[0] : answer.body;
      expect([answer.status, said?.code, said?.field]).toEqual([status, code, field]);
    }
    expect((await ask({ change: 'weather' })).status).toBe(422);
  });

  it('given a fellow, staff of another cohort, a thing of another cohort, no login, then 403, 404, 404, 401', async () => {
    const { id } = await walk();
    const body = { change: 'time', type: 'workshop', id, startsAt: '2026-10-30T13:00:00.000Z' };
    const elsewhere = await aCohort(world);
    const other = await aMember(world, elsewhere, 'staff');
    expect((await ask(body, fellow)).status).toBe(403);
    expect((await ask(body, other)).status).toBe(404);
    expect((await other.client.post(`/api/cohorts/${elsewhere}/reminders/what-if`, body)).status).toBe(404);
    expect((await clientOf(world.url).post(`/api/cohorts/${cohort}/reminders/what-if`, body)).status).toBe(401);
  });
});
