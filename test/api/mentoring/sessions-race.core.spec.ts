import { Types } from 'mongoose';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { sized } from '../../support/size.js';

const ASKING = sized(40, 100);

let world: TestWorld;
let cohort: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
});
afterAll(() => world.stop());

const node = (index: number) => world.nodes[index % 2]!.url;
const fellows = (count: number) => Promise.all(Array.from({ length: count }, () => aMember(world, cohort, 'fellow')));

describe('races for a coach, on two nodes', () => {
  it(`given one slot and ${ASKING} people, half starting in its middle, then one has it and all others hear three free ones`, async () => {
    const coach = await aCoach(world, cohort);
    const people = await fellows(ASKING);
    const book = (person: TestPerson, index: number) =>
      person.client.on(node(index)).post(`/api/cohorts/${cohort}/sessions`, {
        coachId: coach.id,
        startsAt: index % 4 < 2 ? '2026-10-14T07:00:00Z' : '2026-10-14T07:20:00Z',
        minutes: 45,
        need: 'First come, first served.',
      });
    const answers = await Promise.all(people.map(book));
    const won = answers.filter((answer) => answer.status === 201);
    const lost = answers.filter((answer) => answer.status === 409);
    expect([won.length, lost.length]).toEqual([1, ASKING - 1]);
    expect(new Set(lost.map((answer) => answer.body.code))).toEqual(new Set(['slot_taken']));

    const free = await people[0]!.client.get(
      `/api/cohorts/${cohort}/slots?from=2026-10-13T09:45:00Z&to=2026-11-13T00:00:00Z&coachId=${coach.id}`,
    );
    const really = new Set(free.body.slots.map((slot: any) => slot.startsAt));
    for (const { body } of lost) {
      expect(body.next).toHaveLength(3);
      for (const slot of body.next) expect(really).toContain(slot.startsAt);
    }
    const list = await coach.client.get(`/api/cohorts/${cohort}/sessions`);
    expect(list.body.items.map((session: any) => session.id)).toEqual([won[0]!.body.id]);
  });

  it('given a cap of 3 a day and 20 people for different times, then exactly 3 are booked', async () => {
    const coach = await aCoach(world, cohort, { maxPerDay: 3, slotMinutes: 15, bufferMinutes: 0 });
    const people = await fellows(20);
    const answers = await Promise.all(
      people.map((person, index) =>
        person.client.on(node(index)).post(`/api/cohorts/${cohort}/sessions`, {
          coachId: coach.id,
          startsAt: new Date(Date.parse('2026-10-15T07:00:00Z') + (index % 12) * 15 * 60_000).toISOString(),
          minutes: 15,
          need: 'One of three.',
        }),
      ),
    );
    const won = answers.filter((answer) => answer.status === 201);
    expect(won).toHaveLength(3);
    const codes = new Set(answers.filter((answer) => answer.status !== 201).map((answer) => answer.body.code));
    expect([...codes].every((code) => code === 'day_cap' || code === 'slot_taken')).toBe(true);
  });

  it('given one fellow and two coaches at one time, then one session', async () => {
    const coaches = [await aCoach(world, cohort), await aCoach(world, cohort)];
    const fellow = await aMember(world, cohort, 'fellow');
    const answers = await Promise.all(
      coaches.map((coach, index) =>
        fellow.client.on(node(index)).post(`/api/cohorts/${cohort}/sessions`, {
          coachId: coach.id,
          startsAt: '2026-10-16T07:00:00Z',
          minutes: 45,
          need: 'Twice at once.',
        }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    expect(answers.find((answer) => answer.status === 409)!.body.code).toBe('you_are_busy');
  });

  it('given cancel, reschedule and complete of one revision at once, then one wins and all views agree', async () => {
    const coach = await aCoach(world, cohort);
    const staff = await aMember(world, cohort, 'staff');
    const fellow = await aMember(world, cohort, 'fellow');
    // The 11th of November is a public holiday.
    const WORKING_DAYS = ['02', '03', '04', '05', '06', '09', '10', '12'];
    for (let round = 0; round < 8; round += 1) {
      const day = `2026-10-${19 + (round % 5)}`;
      const session = await aSession(cohort, fellow, coach.id, `${day}T${round < 5 ? '07' : '08'}:00:00Z`);
      world.clock.set(`${day}T${round < 5 ? '07' : '08'}:05:00Z`);
      const path = `/api/cohorts/${cohort}/sessions/${session.id}`;
      const acts = [
        fellow.client.on(node(0)).post(`${path}/cancel`, { reason: 'Ill today', revision: 1 }),
        staff.client.on(node(1)).post(`${path}/reschedule`, {
          startsAt: `2026-11-${WORKING_DAYS[round]!}T08:00:00Z`,
          revision: 1,
        }),
        coach.client.on(node(round)).post(`${path}/complete`, { outcome: 'held', revision: 1 }),
      ];
      const answers = await Promise.all(acts);
      world.clock.set('2026-10-13T09:45:00.000Z');
      const won = answers.filter((answer) => answer.status === 200);
      expect(won).toHaveLength(1);
      const losers = answers.filter((answer) => answer.status !== 200);
      for (const { status, body } of losers) expect([status, body.code]).toEqual([409, 'stale']);
      const views = await Promise.all(
        [fellow, coach, staff].map((person, index) => person.client.on(node(index)).get(path)),
      );
      for (const { body } of views) {
        expect(body).toMatchObject({ status: won[0]!.body.status, startsAt: won[0]!.body.startsAt, revision: 2 });
        expect(body.history).toHaveLength(2);
      }
      const row = await world.db.collection('sessions').findOne({ _id: new Types.ObjectId(session.id as string) });
      expect(Array.isArray(row!.claims)).toBe(row!.status !== 'cancelled');
    }
  });

  it('given two people moving two sessions to one free slot, then one has it and the other stays where it was', async () => {
    const coach = await aCoach(world, cohort);
    const pair = await fellows(2);
    const sessions = [
      await aSession(cohort, pair[0]!, coach.id, '2026-10-19T12:00:00Z'),
      await aSession(cohort, pair[1]!, coach.id, '2026-10-20T12:00:00Z'),
    ];
    const answers = await Promise.all(
      pair.map((person, index) =>
        person.client.on(node(index)).post(`/api/cohorts/${cohort}/sessions/${sessions[index].id}/reschedule`, {
          startsAt: '2026-10-21T12:00:00Z',
        }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const loser = answers.findIndex((answer) => answer.status === 409);
    expect(answers[loser]!.body).toMatchObject({ code: 'slot_taken', next: expect.any(Array) });
    const still = await pair[loser]!.client.get(`/api/cohorts/${cohort}/sessions/${sessions[loser].id}`);
    expect(still.body).toMatchObject({ startsAt: sessions[loser].startsAt, revision: 1 });
  });
});
