import { Types } from 'mongoose';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { aPublicWorkshop } from '../../support/rooms/guests.js';

const RUNS = '2026-10-15T08:00:00.000Z';
const NEXT_DAY = '2026-10-16T10:00:00.000Z';
const LATER = '2026-10-16T11:00:00.000Z';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let path: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { RATE_LIMITS: 'on' } });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  coach = await aMember(world, cohortId, 'coach');
  ({ path } = await aPublicWorkshop(staff, cohortId, { hosts: [coach.id], capacity: 3 }));
});
afterAll(() => world.stop());

const letIn = (key: string, node = 0) =>
  coach.client.on(world.nodes[node]!.url).post(`${path}/guests`, { name: 'Bob', key });
const rows = () =>
  world.db.collection('workshop-guests').countDocuments({ workshopId: new Types.ObjectId(path.slice(-24)) });

it('given who comes without a word, then until a day after the end, whatever their device says of when', async () => {
  world.clock.set(NEXT_DAY);
  expect((await letIn('somebody-of-late')).body).toMatchObject({ status: 'attended' });
  world.clock.set(LATER);
  const body = { name: 'Made up', key: 'made-up-of-later', at: RUNS, sentAt: RUNS };
  expect((await coach.client.post(`${path}/guests`, body)).body).toMatchObject({
    status: 409,
    code: 'guests_too_late',
  });
  expect(await rows()).toBe(1);
});

it('given more than there may be, at once on two processes, then so many are let in, and one who is in is answered again', async () => {
  world.clock.set(RUNS);
  const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => letIn(`made-up-${index}`, index % 2)));
  const refused = answers.filter(({ status }) => status === 409);
  expect(refused.map(({ body }) => [body.code, body.maximum])).toEqual(Array(11).fill(['too_many_guests', 30]));
  expect(await rows()).toBe(30);
  const known = answers.findIndex(({ status }) => status < 300);
  const again = await Promise.all([0, 1].map((node) => letIn(`made-up-${known}`, node)));
  expect(again.map(({ body }) => body)).toEqual(Array(2).fill(answers[known]!.body));
});

it('given one person goes on and on, then 429', async () => {
  const statuses: number[] = [];
  for (let count = 0; count < 120 && statuses.at(-1) !== 429; count += 20)
    statuses.push(
      ...(await Promise.all(Array.from({ length: 20 }, () => letIn('made-up-0')))).map(({ status }) => status),
    );
  expect(statuses.at(-1)).toBe(429);
  expect((await staff.client.post(`${path}/guests`, { name: 'Bob', key: 'of-somebody-else' })).status).toBe(409);
});
