import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { allPlanned, liveUntil, rowsIn } from '../../support/reminders/reminders.js';
import { MEETING, aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohort: string;
beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const comingTo = async (person: TestPerson, query = '') => (await person.client.get(`/api/me/reminders${query}`)).body;

describe('what will be sent to me', () => {
  it('given a session, then its people see their own reminders in order, and only theirs', async () => {
    const coach = await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist' });
    const fellow = await aMember(world, cohort, 'fellow');
    const other = await aMember(world, cohort, 'fellow');
    const staff = await aMember(world, cohort, 'staff');
    const session = await aSession(cohort, fellow, coach.id, '2026-10-14T12:00:00.000Z');
    await rowsIn(world, session.id, 'planned', 4);

    const mine = (await comingTo(fellow)).items.filter((one: any) => one.subject.id === session.id);
    expect(mine).toMatchObject([
      { kind: 'session.24h', cohortId: cohort, why: 'participant', dueAt: '2026-10-13T12:00:00.000Z' },
      { kind: 'session.1h', cohortId: cohort, why: 'participant', dueAt: '2026-10-14T11:00:00.000Z' },
    ]);
    for (const stranger of [other, staff])
      expect((await comingTo(stranger)).items.filter((one: any) => one.subject.id === session.id)).toEqual([]);
    expect((await clientOf(world.url).get('/api/me/reminders')).status).toBe(401);
    expect((await clientOf(world.url).get('/api/me/sent')).status).toBe(401);
  });

  it('given pages of one, then each reminder comes once and in order; a cursor that is none is refused', async () => {
    const coach = await aCoach(world, cohort);
    const fellow = await aMember(world, cohort, 'fellow');
    const session = await aSession(cohort, fellow, coach.id, '2026-10-15T12:00:00.000Z');
    await rowsIn(world, session.id, 'planned', 4);
    // Who has just joined is still being planned for.
    await allPlanned(world);
    const all = (await comingTo(fellow, '?limit=200')).items;
    const paged = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: any = await comingTo(fellow, `?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      paged.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all);
    expect(all.length).toBeGreaterThan(1);
    expect((await fellow.client.get('/api/me/reminders?cursor=nonsense')).status).toBe(422);
  });

  it('given the session is cancelled, then nothing of it is coming', async () => {
    const coach = await aCoach(world, cohort);
    const fellow = await aMember(world, cohort, 'fellow');
    const session = await aSession(cohort, fellow, coach.id, '2026-10-16T12:00:00.000Z');
    await rowsIn(world, session.id, 'planned', 4);
    await fellow.client.post(`/api/cohorts/${cohort}/sessions/${session.id}/cancel`, { reason: 'ill', late: false });
    await eventually(async () =>
      expect((await comingTo(fellow)).items.filter((one: any) => one.subject.id === session.id)).toEqual([]),
    );
  });
});

describe('what was sent to me within a week', () => {
  it('given a workshop that was reminded of, then notices and emails are counted by group, for me alone', async () => {
    const staff = await aMember(world, cohort, 'staff');
    const fellow = await aMember(world, cohort, 'fellow');
    const other = await aMember(world, cohort, 'fellow');
    const { path, id } = await aWorkshop(staff, cohort, {
      link: MEETING,
      ...{ startsAt: '2026-10-20T12:00:00.000Z', endsAt: '2026-10-20T13:00:00.000Z' },
    });
    expect((await fellow.client.put(`${path}/registration`, {})).status).toBe(200);
    await eventually(async () =>
      expect((await comingTo(fellow)).items.filter((one: any) => one.subject.id === id)).toHaveLength(4),
    );
    await liveUntil(world, '2026-10-20T12:00:00.000Z');
    const { body } = await fellow.client.get('/api/me/sent');
    expect(body.since).toBe('2026-10-13T12:00:00.000Z');
    const workshops = body.groups.find((one: any) => one.group === 'workshops');
    // The four reminders in the inbox and by email; that of seven days before was due within the week, too.
    expect(workshops.inbox).toBeGreaterThanOrEqual(4);
    expect(workshops.mail).toBeGreaterThanOrEqual(4);
    expect(
      (await other.client.get('/api/me/sent')).body.groups.filter((one: any) => one.group === 'workshops'),
    ).toEqual([]);
  });
});
