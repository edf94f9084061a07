import { ReminderPlanner } from '../../../src/reminders/planning/reminder-planner.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { eventually } from '../../support/eventually.js';

const MANY = 30;

let world: TestWorld;
let cohort: string;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
  cohort = await aCohort(world);
});
afterAll(() => world.stop());
beforeEach(async () => {
  fellow = await aMember(world, cohort, 'fellow');
  await world.settled();
});
afterEach(() => jest.restoreAllMocks());

const until = (minute: number) => new Date(Date.parse('2026-10-13T10:00:00Z') + minute * 60_000).toISOString();
const quiet = async (end: string | null) => (await fellow.client.put('/api/me/quiet', { until: end })).status;
/** The plans made of them from now on. */
function plans() {
  const planner = world.app.get(ReminderPlanner);
  const planPerson = planner.planPerson.bind(planner);
  const made: string[] = [];
  jest.spyOn(planner, 'planPerson').mockImplementation(async (personId) => {
    if (personId === fellow.id) made.push(personId);
    await planPerson(personId);
  });
  return made;
}

it('given the same silence or the same preferences again and again, then nothing is planned for it', async () => {
  const made = plans();
  expect(await quiet(until(0))).toBe(200);
  await eventually(() => expect(made).toHaveLength(1));
  for (let n = 0; n < 5; n += 1) expect(await quiet(until(0))).toBe(200);
  const { body } = await fellow.client.get('/api/me/preferences');
  for (let n = 0; n < 5; n += 1) expect((await fellow.client.put('/api/me/preferences', body)).status).toBe(200);
  await world.settled();
  expect(made).toHaveLength(1);
  expect(await quiet(null)).toBe(200);
  await eventually(() => expect(made).toHaveLength(2));
});

it('given many changes at once, then their plans are made together, and there is an end to them', async () => {
  const made = plans();
  const answers = await Promise.all(Array.from({ length: MANY }, (_, minute) => quiet(until(minute))));
  expect(answers).toEqual(Array(MANY).fill(200));
  await world.settled();
  await eventually(() => expect(made.length).toBeGreaterThan(0));
  expect(made.length).toBeLessThan(MANY / 2);
  const more = await Promise.all(Array.from({ length: 2 * MANY }, (_, minute) => quiet(until(minute))));
  expect(more).toContain(429);
  const other = await aMember(world, cohort, 'fellow');
  expect((await other.client.put('/api/me/quiet', { until: until(1) })).status).toBe(200);
});
