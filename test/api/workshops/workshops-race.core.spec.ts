import { EventBus } from '../../../src/infra/events/event-bus.js';
import { registrationChanged } from '../../../src/workshops/workshops.events.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { sized } from '../../support/size.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

/** How many want one of twenty places. */
const ASKING = sized(60, 200);
const WAITING = ASKING - 20;

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let fellows: TestPerson[];
const told: { workshopId: string; userId: string; to: string; promoted: boolean }[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  fellows = await Promise.all(Array.from({ length: ASKING }, () => aMember(world, cohortId, 'fellow')));
  for (const node of world.nodes) node.app.get(EventBus).on(registrationChanged, (event) => void told.push(event));
});
afterAll(() => world.stop());

const urlOf = (index: number) => world.nodes[index % 2]!.url;
const everybody = async (path: string) => {
  const first = (await staff.client.get(`${path}/registrations?limit=200`)).body;
  return first.items as { userId: string; status: string; position?: number }[];
};

describe(`given 20 places and ${ASKING} people who ask at once on two nodes`, () => {
  let path: string;
  let id: string;

  it(`then 20 go, ${WAITING} wait at positions 1 to ${WAITING}, and all are answered`, async () => {
    ({ path, id } = await aWorkshop(staff, cohortId));
    const answers = await Promise.all(
      fellows.map((fellow, index) => fellow.client.on(urlOf(index)).put(`${path}/registration`, {})),
    );
    expect(answers.map((one) => one.status)).toEqual(Array(ASKING).fill(200));
    expect(answers.filter((one) => one.body.status === 'going')).toHaveLength(20);
    const positions = answers.flatMap((one) => one.body.position ?? []).sort((a: number, b: number) => a - b);
    expect(positions).toEqual(Array.from({ length: WAITING }, (_, index) => index + 1));
    const workshop = (await staff.client.get(path)).body;
    expect(workshop).toMatchObject({ going: 20, waitlisted: WAITING });
  });

  it('then the list of who comes agrees with the answers, in order', async () => {
    const all = await everybody(path);
    expect(all).toHaveLength(ASKING);
    expect(all.filter((one) => one.status === 'waitlisted').map((one) => one.position)).toEqual(
      Array.from({ length: WAITING }, (_, index) => index + 1),
    );
  });

  it('then 5 who leave at once promote the first 5 in line, each once', async () => {
    const before = await everybody(path);
    const going = before.filter((one) => one.status === 'going').slice(0, 5);
    const next = before.filter((one) => one.status === 'waitlisted').slice(0, 5);
    told.length = 0;
    const leaving = going.map((one) => fellows.find((fellow) => fellow.id === one.userId)!);
    const answers = await Promise.all(
      leaving.map((fellow, index) => fellow.client.on(urlOf(index)).delete(`${path}/registration`)),
    );
    expect(answers.map((one) => one.status)).toEqual(Array(5).fill(204));
    await world.settled();
    const promoted = told.filter((one) => one.workshopId === id && one.promoted).map((one) => one.userId);
    expect(promoted.sort()).toEqual(next.map((one) => one.userId).sort());
    const after = await everybody(path);
    expect(after.filter((one) => one.status === 'going')).toHaveLength(20);
    expect(after.find((one) => one.status === 'waitlisted')).toMatchObject({ position: 1 });
    expect((await staff.client.get(path)).body).toMatchObject({ going: 20, waitlisted: WAITING - 5 });
  });
});

describe('given one person who asks ten times at once on two nodes', () => {
  it('then one place is taken', async () => {
    const { path } = await aWorkshop(staff, cohortId);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => fellows[0]!.client.on(urlOf(index)).put(`${path}/registration`, {})),
    );
    expect(answers.every((one) => one.status === 200 && one.body.status === 'going')).toBe(true);
    expect((await staff.client.get(path)).body.going).toBe(1);
  });
});

describe('given people who leave and join while the capacity is raised and lowered', () => {
  it('then the counters are what the rows say, and nobody waits beside a free place', async () => {
    const { path } = await aWorkshop(staff, cohortId, { capacity: 5 });
    const some = fellows.slice(0, 30);
    await Promise.all(some.map((fellow, index) => fellow.client.on(urlOf(index)).put(`${path}/registration`, {})));
    const answers = await Promise.all([
      ...some.slice(0, 10).map((fellow, index) => fellow.client.on(urlOf(index)).delete(`${path}/registration`)),
      staff.client.on(urlOf(0)).patch(path, { capacity: 9 }),
      staff.client.on(urlOf(1)).patch(path, { capacity: 7 }),
      ...fellows.slice(30, 35).map((fellow, index) => fellow.client.on(urlOf(index)).put(`${path}/registration`, {})),
    ]);
    expect(answers.every((one) => one.status === 200 || one.status === 204)).toBe(true);
    const rows = await everybody(path);
    const workshop = (await staff.client.get(path)).body;
    expect(workshop.going).toBe(rows.filter((one) => one.status === 'going').length);
    expect(workshop.waitlisted).toBe(rows.filter((one) => one.status === 'waitlisted').length);
    expect(workshop.going).toBeGreaterThanOrEqual(workshop.capacity);
    expect(workshop.going).toBeLessThanOrEqual(9);
    expect(rows).toHaveLength(25);
  });
});

describe('given cancelling races with joining', () => {
  it('then each who was told "going" is going, and the rest were told it is cancelled', async () => {
    const { path } = await aWorkshop(staff, cohortId, { capacity: 50 });
    const some = fellows.slice(0, 30);
    const [cancelled, ...answers] = await Promise.all([
      staff.client.post(`${path}/cancel`, { reason: 'The room is flooded' }),
      ...some.map((fellow, index) => fellow.client.on(urlOf(index)).put(`${path}/registration`, {})),
    ]);
    expect(cancelled.status).toBe(200);
    const joined = answers.filter((one) => one.status === 200);
    expect(answers.filter((one) => one.status !== 200).every((one) => one.body.code === 'cancelled')).toBe(true);
    expect((await staff.client.get(path)).body).toMatchObject({ status: 'cancelled', going: joined.length });
  });
});
