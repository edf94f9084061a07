import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { setTimeout as wait } from 'node:timers/promises';
import { AvailabilitiesRepository } from '../../../src/mentoring/availability/availabilities.repository.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { HOURS, aCoach, aSession } from '../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember, join } from '../../support/factories.js';

let world: TestWorld;
let cohort: string;
let fellow: TestPerson;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  fellow = await aMember(world, cohort, 'fellow');
  staff = await aMember(world, cohort, 'staff');
});
afterAll(() => world.stop());
afterEach(() => jest.restoreAllMocks());

const pathOf = (coach: TestPerson, place = cohort) => `/api/cohorts/${place}/coaches/${coach.id}/availability`;
const slots = async (person: TestPerson, query: string, place = cohort) =>
  (await person.client.get(`/api/cohorts/${place}/slots?${query}`)).body;
const starts = (list: { startsAt: string }[]) => list.map((slot) => slot.startsAt.slice(11, 16));
const WEDNESDAY = 'from=2026-10-13T22:00:00Z&to=2026-10-14T22:00:00Z';
const book = (person: TestPerson, body: object, place = cohort) =>
  person.client.post(`/api/cohorts/${place}/sessions`, { need: 'How do we go on?', ...body });

describe('days away', () => {
  const away = [{ from: '2026-10-14', to: '2026-10-16', note: 'Conference in Lyon' }];

  it('given a coach away, then its slots say until when, nothing of why, and none of them can be booked', async () => {
    const coach = await aCoach(world, cohort, { away });
    const { slots: free, hidden } = await slots(fellow, `${WEDNESDAY}&coachId=${coach.id}&explain=1`);
    expect(free).toEqual([]);
    expect(hidden).toHaveLength(6);
    expect(hidden[0]).toMatchObject({ reason: 'outside_hours', awayUntil: '2026-10-16' });
    expect(JSON.stringify(hidden)).not.toContain('Lyon');
    const refused = await book(fellow, { coachId: coach.id, startsAt: '2026-10-14T08:00:00Z', minutes: 45 });
    expect([refused.status, refused.body.errors[0]]).toMatchObject([422, { code: 'outside_hours' }]);
    expect((await coach.client.get(pathOf(coach))).body.away).toEqual(away);
    expect((await staff.client.get(pathOf(coach))).body.away).toEqual(away);
  });

  it('given a coach of two cohorts, then they are away in both, also in one that they join or save later', async () => {
    const other = await aCohort(world);
    const third = await aCohort(world);
    const [there, further] = [await aMember(world, other, 'fellow'), await aMember(world, third, 'fellow')];
    const coach = await aCoach(world, cohort);
    await join(world, other, coach.id, 'coach');
    await coach.client.put(pathOf(coach, other), HOURS);
    await coach.client.put(pathOf(coach), { ...HOURS, away });
    expect((await slots(there, WEDNESDAY, other)).slots).toEqual([]);
    await join(world, third, coach.id, 'coach');
    expect((await coach.client.get(pathOf(coach, third))).body.away).toEqual(away);
    expect((await coach.client.put(pathOf(coach, third), HOURS)).body.away).toEqual(away);
    expect((await slots(further, WEDNESDAY, third)).slots).toEqual([]);
    await coach.client.put(pathOf(coach, other), { ...HOURS, away: [] });
    expect((await slots(fellow, `${WEDNESDAY}&coachId=${coach.id}`)).slots).toHaveLength(6);
    expect((await slots(further, WEDNESDAY, third)).slots).toHaveLength(6);
  });

  describe('given a coach of two cohorts', () => {
    let other: string;
    let coach: TestPerson;
    beforeEach(async () => {
      other = await aCohort(world);
      coach = await aCoach(world, cohort, { away: [] });
      await join(world, other, coach.id, 'coach');
      await coach.client.put(pathOf(coach, other), HOURS);
    });
    const saidIn = async (place: string) => (await coach.client.get(pathOf(coach, place))).body.away;

    /** Saves hours in a cohort, and the absence in the other between its reading and its writing. */
    async function saveBesideAbsence(place: string): Promise<void> {
      const repository = world.app.get(AvailabilitiesRepository);
      const awayOf = repository.awayOf.bind(repository);
      let beside: PromiseLike<{ status: number }> | undefined;
      jest.spyOn(repository, 'awayOf').mockImplementationOnce(async (...asked) => {
        const before = await awayOf(...asked);
        beside = Promise.resolve(coach.client.put(pathOf(coach, other), { ...HOURS, away }));
        // Whether it is done by then or waits for this one.
        await Promise.race([beside, wait(300)]);
        return before;
      });
      expect((await coach.client.put(pathOf(coach, place), { ...HOURS, maxPerDay: 3 })).status).toBe(200);
      expect((await beside)?.status).toBe(200);
    }

    it('when their very first hours are saved in both at once, an absence with one, then the absence stands in both', async () => {
      coach = await aMember(world, cohort, 'coach');
      await join(world, other, coach.id, 'coach');
      await saveBesideAbsence(cohort);
      expect([await saidIn(cohort), await saidIn(other)]).toEqual([away, away]);
    });

    it('when hours are saved in one while an absence is said in the other, then the absence stays in both, also in a third', async () => {
      const third = await aCohort(world);
      await join(world, third, coach.id, 'coach');
      for (const place of [cohort, third]) {
        await coach.client.put(pathOf(coach, other), { ...HOURS, away: [] });
        await saveBesideAbsence(place);
        expect([await saidIn(place), await saidIn(other)]).toEqual([away, away]);
      }
    });

    it('when the process dies before all cohorts know of an absence, then none does', async () => {
      const model = world.app.get<Model<unknown>>(getModelToken('Availability'));
      const updateMany = model.updateMany.bind(model);
      jest.spyOn(model, 'updateMany').mockImplementation(((...asked: Parameters<typeof updateMany>) => {
        if (JSON.stringify(asked[1]).includes('away')) throw new Error('away');
        return updateMany(...asked);
      }) as typeof model.updateMany);
      expect((await coach.client.put(pathOf(coach), { ...HOURS, away })).status).toBe(500);
      expect([await saidIn(cohort), await saidIn(other)]).toEqual([[], []]);
    });
  });

  it.each([
    [{ away: [{ from: '2026-10-14', to: '2026-10-13' }] }, '/away/0/to', 'end_before_start'],
    [{ away: [{ from: '2026-10-14', to: '2027-10-15' }] }, '/away/0/to', 'too_long'],
    [{ away: [{ from: '2026-10-14' }] }, '/away/0/to', 'required'],
    [{ away: [{ from: '14 October', to: '2026-10-15' }] }, '/away/0/from', 'wrong_format'],
    [{ bufferBeforeMinutes: 7 }, '/bufferBeforeMinutes', 'not_multiple_of'],
    [{ bufferAfterMinutes: 125 }, '/bufferAfterMinutes', 'too_big'],
    [{ lengths: { tea: 60 } }, '/lengths/tea', 'unknown_field'],
    [{ lengths: { mentoring: 5 } }, '/lengths/mentoring', 'too_small'],
  ])('given %j, then 422 names the field', async (wrong, field, code) => {
    const coach = await aCoach(world, cohort);
    const answer = await coach.client.put(pathOf(coach), { ...HOURS, ...wrong });
    expect([answer.status, answer.body.errors[0]]).toMatchObject([422, { field, code }]);
    expect((await coach.client.get(pathOf(coach))).body).toEqual(HOURS);
  });
});

describe('pauses before and after', () => {
  it('given a pause after only, then a booking keeps it, and the one before it, too; left out again, both are the one', async () => {
    const sides = { bufferMinutes: 0, bufferBeforeMinutes: 0, bufferAfterMinutes: 30 };
    const coach = await aCoach(world, cohort, sides);
    await aSession(cohort, await aMember(world, cohort, 'fellow'), coach.id, '2026-10-14T08:00:00Z');
    for (const [at, status] of [
      ['08:50', 409],
      ['07:00', 409],
      ['09:15', 201],
    ] as const) {
      const answer = await book(await aMember(world, cohort, 'fellow'), {
        coachId: coach.id,
        startsAt: `2026-10-14T${at}:00Z`,
        minutes: 45,
      });
      expect([at, answer.status]).toEqual([at, status]);
    }
    expect((await coach.client.put(pathOf(coach), HOURS)).body).toEqual(HOURS);
    expect((await coach.client.get(pathOf(coach))).body).toEqual(HOURS);
  });

  it('given a workshop of the coach, then the pause that counts is the one on that side', async () => {
    const coach = await aCoach(world, cohort, { bufferBeforeMinutes: 60, bufferAfterMinutes: 0 });
    const base = `/api/cohorts/${cohort}/workshops`;
    const { body: workshop } = await staff.client.post(base, {
      title: 'Reading a public contract',
      kind: 'workshop',
      startsAt: '2026-10-14T12:45:00Z',
      endsAt: '2026-10-14T13:00:00Z',
      timeZone: 'Europe/Paris',
      capacity: 20,
    });
    await staff.client.post(`${base}/${workshop.id}/publish`);
    expect((await coach.client.put(`${base}/${workshop.id}/registration`, {})).body.status).toBe('going');
    const { slots: free, hidden } = await slots(fellow, `${WEDNESDAY}&coachId=${coach.id}&explain=1`);
    expect(starts(free)).toEqual(['07:00', '08:45', '12:00']);
    expect(hidden.map((slot: any) => [slot.startsAt.slice(11, 16), slot.reason])).toEqual([['13:45', 'buffer']]);
  });
});

describe('kinds of session', () => {
  const lengths = { help_desk: 60, mentoring: 90 };

  it('given a kind, then slots of that length, of the coaches who offer it; each says what they offer', async () => {
    const place = await aCohort(world);
    const me = await aMember(world, place, 'fellow');
    const both = await aCoach(world, place, { lengths });
    const plain = await aCoach(world, place);
    const help = await slots(me, `${WEDNESDAY}&kind=help_desk`, place);
    expect(starts(help.slots)).toEqual(['07:00', '08:15', '12:00', '13:15']);
    expect(help.slots[0]).toMatchObject({ coachId: both.id, endsAt: '2026-10-14T08:00:00.000Z' });
    expect(starts((await slots(me, `${WEDNESDAY}&kind=mentoring`, place)).slots)).toEqual(['07:00', '12:00']);
    const offered = Object.fromEntries(help.people.map((one: any) => [one.id, one.lengths]));
    expect(offered).toEqual({ [both.id]: lengths, [plain.id]: {} });
    const wrong = await me.client.get(`/api/cohorts/${place}/slots?${WEDNESDAY}&kind=tea`);
    expect([wrong.status, wrong.body.errors[0]]).toMatchObject([422, { field: '/kind', code: 'not_allowed' }]);
  });

  it('given a kind, then the booking lasts as long as the coach says, and the session says what it is', async () => {
    const coach = await aCoach(world, cohort, { lengths: { mentoring: 90 } });
    const at = { coachId: coach.id, startsAt: '2026-10-15T07:00:00Z' };
    const mine = await aMember(world, cohort, 'fellow');
    for (const [more, field, code] of [
      [{ kind: 'help_desk' }, '/kind', 'not_offered'],
      [{ kind: 'mentoring', minutes: 45 }, '/minutes', 'not_the_length'],
      [{}, '/minutes', 'required'],
    ] as const) {
      const answer = await book(mine, { ...at, ...more });
      expect([answer.status, answer.body.errors[0]]).toMatchObject([422, { field, code }]);
    }
    const booked = await book(mine, { ...at, kind: 'mentoring' });
    expect([booked.status, booked.body]).toMatchObject([
      201,
      { kind: 'mentoring', endsAt: '2026-10-15T08:30:00.000Z' },
    ]);
    const plain = await aSession(cohort, mine, coach.id, '2026-10-15T12:00:00Z');
    expect(plain.kind).toBeNull();
  });

  it('given a preview with a kind, then slots of its length as they stand in the draft', async () => {
    const coach = await aCoach(world, cohort);
    const body = {
      availability: { ...HOURS, lengths, away: [{ from: '2026-10-15', to: '2026-10-15' }] },
      from: '2026-10-13T22:00:00Z',
      to: '2026-10-15T22:00:00Z',
      kind: 'mentoring',
    };
    const seen = await coach.client.post(`/api/cohorts/${cohort}/availability/preview`, body);
    expect([seen.status, starts(seen.body.slots)]).toEqual([200, ['07:00', '12:00']]);
    expect(seen.body.hidden.map((slot: any) => slot.awayUntil)).toEqual(['2026-10-15', '2026-10-15']);
  });
});
