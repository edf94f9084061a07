import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { HOURS, aCoach, aSession } from '../../support/rooms/coaching.js';
import { aWorkshop, draftOf } from '../../support/rooms/workshops.js';

const DAY = '2026-10-15';
const at = (hour: string) => `${DAY}T${hour}:00.000Z`;

let world: TestWorld;
let cohort: string;
let staff: TestPerson;
let coach: TestPerson;
let victim: TestPerson;

beforeAll(async () => (world = await startWorld()));
afterAll(() => world.stop());
beforeEach(async () => {
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
  coach = await aCoach(world, cohort);
  victim = await aMember(world, cohort, 'fellow');
});

const base = () => `/api/cohorts/${cohort}`;
const anotherCoach = () => aCoach(world, cohort);
/** From 08:00 to 08:45, in which nobody but its people and staff sees them. */
const withSession = async (person: TestPerson) => {
  await aSession(cohort, person, (await anotherCoach()).id, at('08:00'));
};
const withOwnSession = async () => {
  await aSession(cohort, await aMember(world, cohort, 'fellow'), coach.id, at('08:00'));
};

describe('when others are busy, asked by what changes nothing', () => {
  it('given made-up hours, then no coach sees with the eyes of a fellow; staff do', async () => {
    await withSession(victim);
    const weekly = Array.from({ length: 7 }, (_, day) => ({ weekday: day + 1, start: '00:00', end: '24:00' }));
    const body = { availability: { ...HOURS, weekly }, from: at('00:00'), to: at('23:00'), forUserId: victim.id };
    const preview = (who: TestPerson, more = {}) =>
      who.client.post(`${base()}/availability/preview`, { ...body, ...more });
    expect((await preview(coach)).status).toBe(403);
    expect((await preview(coach, { forUserId: undefined })).status).toBe(200);
    const seen = await preview(staff, { coachId: coach.id });
    expect(seen.body.hidden.map(({ reason }: any) => reason)).toContain('you_are_busy');
  });

  it.each(['host_busy', 'clash'] as const)(
    'given a coach who plans over their own time (%s) with somebody as a host, then the answer is the same whether that one is free',
    async (code) => {
      const { path } = await aWorkshop(staff, cohort, {
        hosts: [coach.id],
        startsAt: at('14:00'),
        endsAt: at('15:00'),
      });
      if (code === 'host_busy') await withOwnSession();
      else {
        const other = await aWorkshop(staff, cohort, { startsAt: at('08:00'), endsAt: at('09:00') });
        expect((await coach.client.put(`${other.path}/registration`, {})).status).toBe(200);
      }
      const probe = async () =>
        (
          await coach.client.patch(path, {
            startsAt: at('08:00'),
            endsAt: at('08:45'),
            hosts: [coach.id, victim.id],
            despite: false,
          })
        ).body;
      const free = await probe();
      await withSession(victim);
      expect(free).toMatchObject({ code, there: [{ userId: coach.id }] });
      const { instance: _, requestId: _id, ...busy } = await probe();
      expect(busy).toMatchObject({ code, there: free.there });
    },
  );

  it('given a host who is named anew and busy, then a coach hears that somebody is, staff who; of one who hosts it already both do', async () => {
    const { path } = await aWorkshop(staff, cohort, { hosts: [coach.id], startsAt: at('08:00'), endsAt: at('08:45') });
    await withSession(victim);
    const name = async (who: TestPerson) => (await who.client.patch(path, { hosts: [coach.id, victim.id] })).body;
    const asCoach = await name(coach);
    expect(asCoach.code).toBe('host_busy');
    expect(asCoach.there).toEqual([expect.objectContaining({ userId: null, name: null, kind: 'busy', id: null })]);
    expect((await name(staff)).there).toEqual([expect.objectContaining({ userId: victim.id, kind: 'session' })]);
    const made = await coach.client.post(`${base()}/workshops`, {
      ...draftOf({ hosts: [coach.id, victim.id], startsAt: at('08:10'), endsAt: at('08:40') }),
    });
    await staff.client.patch(path, { hosts: [] });
    const published = await coach.client.post(`${base()}/workshops/${made.body.id}/publish`);
    expect(published.body.there).toEqual([expect.objectContaining({ userId: null, name: null, kind: 'busy' })]);
    const later = await aWorkshop(staff, cohort, {
      hosts: [coach.id, victim.id],
      startsAt: at('16:00'),
      endsAt: at('17:00'),
    });
    const moved = await coach.client.patch(later.path, { startsAt: at('08:00'), endsAt: at('08:45') });
    expect(moved.body.there).toEqual([expect.objectContaining({ userId: victim.id, name: victim.name, kind: 'busy' })]);
  });

  it('given a coach who books over their own session, then nothing is said of who would come', async () => {
    await withOwnSession();
    await withSession(victim);
    const body = { coachId: coach.id, participants: [victim.id], startsAt: at('08:00'), minutes: 45, need: 'Both?' };
    const asCoach = await coach.client.post(`${base()}/sessions`, body);
    expect([asCoach.status, asCoach.body.code]).toEqual([409, 'slot_taken']);
    expect(asCoach.body.there.map(({ userId }: any) => userId)).toEqual([coach.id]);
    // Nor by the times that are free next: they are the coach's own.
    const next = (answer: any) => answer.body.next.map(({ startsAt }: any) => startsAt);
    await aSession(cohort, victim, (await anotherCoach()).id, next(asCoach)[0]);
    expect(next(await coach.client.post(`${base()}/sessions`, body))).toEqual(next(asCoach));
    expect(next(await staff.client.post(`${base()}/sessions`, body))).not.toContain(next(asCoach)[0]);
    const asStaff = await staff.client.post(`${base()}/sessions`, body);
    expect(new Set(asStaff.body.there.map(({ userId }: any) => userId))).toEqual(new Set([coach.id, victim.id]));
  });

  it('given a wish, then of fewer than three others it is not told when they are free, but to staff', async () => {
    const made = await coach.client.post(`${base()}/wishes`, { subject: 'Reading a budget', side: 'give' });
    const wish = `${base()}/wishes/${made.body.id}`;
    const people = [victim, await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const dates = async (who: TestPerson) => (await who.client.get(`${wish}/dates`)).body.items;
    const whole = { startsAt: '2026-10-15T06:00:00.000Z', endsAt: '2026-10-15T17:00:00.000Z' };
    const { path } = await aWorkshop(staff, cohort, whole);
    await victim.client.put(`${wish}/sides/want`);
    const before = await dates(coach);
    await victim.client.put(`${path}/registration`, {});
    await people[1]!.client.put(`${wish}/sides/want`);
    expect(await dates(coach)).toEqual(before);
    expect(before[0]).toMatchObject({ startsAt: expect.stringContaining(DAY), free: null, giving: null });
    expect((await dates(staff))[0]).toMatchObject({ free: 3, startsAt: expect.not.stringContaining(DAY) });
    await people[2]!.client.put(`${wish}/sides/want`);
    expect((await dates(coach))[0]).toMatchObject({ free: 4, startsAt: expect.not.stringContaining(DAY) });
  });
});
