import { type TestWorld, NOW, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { fetchFile, filesCookieOf } from '../../support/rooms/files.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

const RUNS = '2026-10-15T08:00:00.000Z';
const OVER = '2026-10-15T10:30:00.000Z';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let ines: TestPerson;
let leo: TestPerson;
let outsider: TestPerson;
let id: string;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Łukasz “D’Été”', locale: 'fr' });
  leo = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  const { path, ...made } = await aWorkshop(staff, cohortId, { title: 'Atelier «\u00a0ouvrir\u00a0»' });
  ({ id } = made);
  for (const one of [ines, leo]) expect((await one.client.put(`${path}/registration`, {})).status).toBe(200);
  world.clock.set(RUNS);
  const marked = await staff.client.post(`${path}/attendance`, { userId: ines.id, status: 'attended' });
  expect(marked.status).toBe(200);
});

const pathOf = (cohort = cohortId, workshop = id) => `/files/cohorts/${cohort}/workshops/${workshop}/certificate.pdf`;
const fetched = async (person: TestPerson, path = pathOf()) =>
  await fetchFile(world.url, path, await filesCookieOf(world.url, person));

it('given who was there, when it is over, then a PDF to keep, in their language', async () => {
  world.clock.set(OVER);
  const { status, headers, body } = await fetched(ines);
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'attachment; filename="attestation-2026-10-15.pdf"',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  expect(body.subarray(0, 5).toString()).toBe('%PDF-');
  expect(body.subarray(-6).toString()).toContain('%%EOF');
  expect(body.includes(Buffer.from('/Lang (fr)'))).toBe(true);
});

it('given letters that cannot be printed, then there is none and it says which', async () => {
  world.clock.set(OVER);
  const called = async (name: string) => expect((await ines.client.patch('/api/me', { name })).status).toBe(200);
  await called('བསྟན Tenzin');
  const refused = await fetched(ines);
  expect([refused.status, JSON.parse(refused.body.toString())]).toEqual([
    409,
    expect.objectContaining({ code: 'not_printable', letters: 'བ ས ྟ ན' }),
  ]);
  await called('សុខា 𝓙𝓸𝓱𝓷');
  expect((await fetched(ines)).status).toBe(200);
});

it('given it still runs, or one was not there, then there is none and it says why', async () => {
  const runs = await fetched(ines);
  expect([runs.status, JSON.parse(runs.body.toString()).code]).toEqual([409, 'not_over']);
  world.clock.set(OVER);
  for (const person of [leo, staff]) {
    const refused = await fetched(person);
    expect([refused.status, JSON.parse(refused.body.toString()).code]).toEqual([409, 'not_attended']);
  }
});

it('given another cohort, then 404 as for nothing; given no login, then 401', async () => {
  world.clock.set(OVER);
  const foreign = await fetched(outsider);
  const nothing = await fetched(outsider, pathOf(cohortId, '6530f0a0a0a0a0a0a0a0a0a0'));
  expect([foreign.status, foreign.body.toString()]).toEqual([404, nothing.body.toString()]);
  expect((await fetched(ines, pathOf(cohortId, 'x'))).status).toBe(404);
  expect((await fetched(ines, pathOf('6530f0a0a0a0a0a0a0a0a0a0'))).status).toBe(404);
  expect((await fetch(world.url + pathOf())).status).toBe(401);
});
