import { startWorld, type TestWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aSeries, aWorkshop } from '../../support/rooms/workshops.js';

/** Whoever is made a host, or one no more, is told at once: nobody does that to somebody over and over. */
let world: TestWorld;
let cohortId: string;
let [staff, claire, karim, zoe]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  [claire, karim, zoe] = await Promise.all(
    ['Claire', 'Karim', 'Zoé'].map((name) => aMember(world, cohortId, 'coach', { name })),
  );
});

const host = async (path: string, as: TestPerson, ...people: TestPerson[]) =>
  (await as.client.patch(path, { hosts: people.map(({ id }) => id) })).status;
/** Claire names Karim and takes him out, six times in all. */
async function sixTimes(path: string): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    expect(await host(path, claire!, claire!, karim!)).toBe(200);
    expect(await host(path, claire!, claire!)).toBe(200);
  }
}

it('given one host names another and takes them out over and over, then 429; others can be named, staff can, and who leaves can leave', async () => {
  const { path } = await aWorkshop(staff!, cohortId, { hosts: [claire!.id] });
  await sixTimes(path);
  expect(await host(path, claire!, claire!, karim!)).toBe(429);
  expect(await host(path, claire!, claire!, zoe!)).toBe(200);
  expect(await host(path, staff!, claire!, zoe!, karim!)).toBe(200);
  expect(await host(path, claire!, claire!, zoe!)).toBe(429);
  expect(await host(path, karim!, claire!, zoe!)).toBe(200);
});

it('given the dates of a series, then they count together; another workshop counts by itself', async () => {
  const { path, dates } = await aSeries(staff!, cohortId, { hosts: [claire!.id] });
  const dateOf = (index: number) => `/api/cohorts/${cohortId}/workshops/${dates[index]!}`;
  await sixTimes(dateOf(0));
  expect(await host(dateOf(1), claire!, claire!, karim!)).toBe(429);
  const { edition } = (await claire!.client.get(path)).body;
  const all = { scope: 'all', workshopId: dates[0], edition, hosts: [claire!.id, karim!.id] };
  expect((await claire!.client.patch(path, all)).status).toBe(429);
  const other = await aWorkshop(staff!, cohortId, { hosts: [claire!.id] });
  expect(await host(other.path, claire!, claire!, karim!)).toBe(200);
});
