import { Types } from 'mongoose';
import { Intervals } from '../../../src/infra/queue/intervals.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { aRequest } from '../../support/rooms/requests.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2, now: NOW });
  // A turn of their own would tell what a test leaves untold.
  for (const { app } of world.nodes) await app.get(Intervals).stop();
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  [staff, coach] = [await aMember(world, cohortId, 'staff'), await aCoach(world, cohortId)];
  fellow = await aMember(world, cohortId, 'fellow');
});

const told = async (person: TestPerson, kind: string) =>
  await world.db.collection('notifications').countDocuments({ userId: new Types.ObjectId(person.id), kind });
const done = ({ status, body }: { status: number; body: unknown }) =>
  expect([status < 300, body]).toEqual([true, body]);
const book = () => aSession(cohortId, fellow, coach.id, '2026-10-20T07:00:00.000Z');
const start = async () => {
  const answer = await fellow.client.post(`${C}/cycles`, { coachId: coach.id, goal: 'Read the code of others' });
  done(answer);
  return answer.body.id as string;
};

const acts: [what: string, kind: string, whom: () => TestPerson, act: () => Promise<unknown>][] = [
  ['a session that is booked', 'session.booked', () => coach, book],
  [
    'a session that is cancelled',
    'session.cancelled',
    () => coach,
    async () => {
      const { id } = await book();
      done(await fellow.client.post(`${C}/sessions/${id}/cancel`, { reason: 'An exam', revision: 1 }));
    },
  ],
  ['a cycle that is started', 'cycle.started', () => coach, start],
  [
    'a cycle that is ended',
    'cycle.ended',
    () => fellow,
    async () => done(await coach.client.post(`${C}/cycles/${await start()}/close`, { word: 'You do not need me' })),
  ],
  ['a request for help', 'request.asked', () => coach, () => aRequest(cohortId, fellow, { ownerId: coach.id })],
  [
    'a request that is accepted',
    'request.accepted',
    () => fellow,
    async () => {
      const { id } = await aRequest(cohortId, fellow, { ownerId: coach.id });
      done(await coach.client.post(`${C}/requests/${id}/accept`, { revision: 1 }));
    },
  ],
  ['the end of a cohort', 'cohort.closed', () => fellow, async () => done(await staff.client.post(`${C}/close`))],
];

it.each(acts)(
  'given %s by a process that is killed right after, then a turn of the workers tells of it, once',
  async (_what, kind, whom, act) => {
    await killedAfter(world, act);
    expect(await told(whom(), kind)).toBe(0);
    await followOutbox(world);
    expect(await told(whom(), kind)).toBe(1);
    await followOutbox(world);
    expect(await told(whom(), kind)).toBe(1);
  },
);
