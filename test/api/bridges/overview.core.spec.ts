import { Types } from 'mongoose';
import { clientOf } from '../../support/client.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set('2026-09-01T08:00:00.000Z');
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
});

const board = async () => (await staff.client.get(`/api/cohorts/${cohortId}/overview`)).body;

async function aSession(fellow: TestPerson, coach: TestPerson, startsAt: string, status = 'held') {
  const start = new Date(startsAt);
  await world.db.collection('sessions').insertOne({
    cohortId: new Types.ObjectId(cohortId),
    coachId: new Types.ObjectId(coach.id),
    participantIds: [new Types.ObjectId(fellow.id)],
    people: [new Types.ObjectId(coach.id), new Types.ObjectId(fellow.id)],
    startsAt: start,
    endsAt: new Date(start.getTime() + 3_600_000),
    status,
    changedAt: start,
  });
}

describe('the staff board', () => {
  it('given fellows with and without sessions, then names those whom nobody met for four weeks', async () => {
    const coach = await aMember(world, cohortId, 'coach');
    const [met, quiet, never] = [
      await aMember(world, cohortId, 'fellow'),
      await aMember(world, cohortId, 'fellow'),
      await aMember(world, cohortId, 'fellow'),
    ];
    await staff.client.post(`/api/cohorts/${cohortId}/projects`, {
      name: 'EauVive',
      agency: 'A',
      fellowIds: [quiet.id],
      coachId: coach.id,
    });
    await aSession(met, coach, '2026-10-05T08:00:00.000Z');
    await aSession(quiet, coach, '2026-09-10T08:00:00.000Z');
    await aSession(never, coach, '2026-10-06T08:00:00.000Z', 'cancelled');
    world.clock.set('2026-10-13T09:45:00.000Z');
    const { withoutSession, sessionsByWeek, countedAt } = await board();
    expect(countedAt).toBe('2026-10-13T09:45:00.000Z');
    expect(withoutSession).toEqual([
      {
        person: expect.objectContaining({ id: never.id }),
        projectId: null,
        projectName: null,
        coach: null,
        lastSessionAt: null,
        days: 42,
      },
      {
        person: expect.objectContaining({ id: quiet.id }),
        projectId: expect.any(String),
        projectName: 'EauVive',
        coach: expect.objectContaining({ id: coach.id }),
        lastSessionAt: '2026-09-10T08:00:00.000Z',
        days: 33,
      },
    ]);
    expect(sessionsByWeek).toHaveLength(7);
    expect(sessionsByWeek.at(-2)).toEqual({ weekOf: '2026-10-05', fellows: 1 });
  });

  it('given an invitation, a question and an empty workshop, then each is on it', async () => {
    world.clock.set('2026-10-13T09:45:00.000Z');
    const fellow = await aMember(world, cohortId, 'fellow');
    await staff.client.post(`/api/cohorts/${cohortId}/invitations`, {
      people: [{ email: 'late@people.test', name: 'Late', role: 'host' }],
    });
    const topic = await fellow.client.post(`/api/cohorts/${cohortId}/topics`, {
      title: 'Who may sign a licence?',
      body: 'We wrote code here.',
      tags: [],
    });
    expect(topic.status).toBe(201);
    const published = async (day: string) => {
      const workshop = await staff.client.post(`/api/cohorts/${cohortId}/workshops`, {
        title: 'Field notes',
        description: '',
        kind: 'workshop',
        startsAt: `${day}T08:00:00.000Z`,
        endsAt: `${day}T10:00:00.000Z`,
        timeZone: 'Europe/Paris',
        place: 'Room 1',
        capacity: 14,
      });
      expect(workshop.status).toBe(201);
      await staff.client.post(`/api/cohorts/${cohortId}/workshops/${workshop.body.id}/publish`);
      return workshop;
    };
    const workshop = await published('2026-10-20');
    // In more than a week there is still time to fill it.
    await published('2026-10-21');
    const seen = await board();
    expect(seen.neverSignedIn).toEqual([
      expect.objectContaining({ name: 'Late', role: 'host', invitedAt: '2026-10-13T09:45:00.000Z' }),
    ]);
    expect(seen.unansweredTopics).toEqual([
      expect.objectContaining({ topicId: topic.body.id, author: expect.objectContaining({ id: fellow.id }) }),
    ]);
    expect(seen.halfEmptyWorkshops).toEqual([
      expect.objectContaining({ workshopId: workshop.body.id, going: 0, capacity: 14 }),
    ]);
    expect(seen.reminders).toEqual({ next7Days: expect.any(Number), failed: 0 });
  });

  it('given a fellow, a coach, another cohort or nobody, then refused', async () => {
    const path = `/api/cohorts/${cohortId}/overview`;
    for (const role of ['fellow', 'coach', 'host'] as const) {
      expect((await (await aMember(world, cohortId, role)).client.get(path)).status).toBe(403);
    }
    const outsider = await aMember(world, await aCohort(world), 'staff');
    expect((await outsider.client.get(path)).status).toBe(404);
    expect((await clientOf(world.url).get(path)).status).toBe(401);
  });
});
