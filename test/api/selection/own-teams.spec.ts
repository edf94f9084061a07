import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import type { TestApplicant } from '../../support/rooms/calls.js';
import { REFUSED, said } from '../../support/rooms/own-files.js';
import { aProject, accepted } from '../../support/rooms/teams.js';

/** Who of the programme team is accepted themself makes no teams: others place them. */
let world: TestWorld;
let cohortId: string;
let [staff, self, other]: TestPerson[] = [];
let [own]: TestApplicant[] = [];
let M: string;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  M = `/api/cohorts/${cohortId}/matching`;
  [staff, other] = [await aMember(world, cohortId, 'staff'), await aMember(world, cohortId, 'staff')];
  [own] = await accepted(world, staff, 'fellows', [
    { name: 'Own', craft: 'developer' },
    { name: 'Other', craft: 'designer' },
  ]);
  self = { ...(await aPerson(world, { email: own!.email.replace('@', '+account@') })), cohortId };
  await join(world, cohortId, self.id, 'staff');
  await aProject(staff, 'BailSûr', ['developer', 'designer']);
});

const solve = (who: TestPerson, more: object = {}) => who.client.post(M, { seed: 2027, ...more });
const edits = async (who: TestPerson) => (await who.client.get(M)).body.abilities;
const versions = async () => (await staff!.client.get(M)).body.versions.length as number;

it('given who is accepted themself, then they try, make and publish no teams, and set no day for wishes; others do', async () => {
  expect([await edits(self!), await edits(staff!)]).toEqual([
    { edit: true, match: false },
    { edit: true, match: true },
  ]);
  expect(said(await solve(self!))).toEqual(REFUSED);
  expect(said(await solve(self!, { dryRun: true }))).toEqual(REFUSED);
  expect(said(await self!.client.put(`${M}/wishes`, { until: '2026-11-20' }))).toEqual(REFUSED);
  expect((await staff!.client.put(`${M}/wishes`, { until: '2026-11-20' })).status).toBe(200);
  const made = await solve(staff!);
  expect([made.status, await versions()]).toEqual([200, 1]);
  const publish = `${M}/${made.body.id as string}/publish`;
  expect(said(await self!.client.post(publish, {}))).toEqual(REFUSED);
  expect((await staff!.client.get(M)).body.versions[0].publishedAt).toBe(null);
  expect((await staff!.client.post(publish, {})).status).toBe(200);
});

it('given who takes their file back, then they make teams as others do', async () => {
  expect((await own!.client.post(`${own!.path}/withdraw`)).status).toBe(200);
  expect(await edits(self!)).toEqual({ edit: true, match: true });
  expect((await solve(self!)).status).toBe(200);
});

it('given a proposal of their own, then others make a project of it; they make one of the proposals of others', async () => {
  const [mine, theirs] = await accepted(world, staff!, 'projects', [{ title: 'Mine' }, { title: 'Theirs' }]);
  const proposer = { ...(await aPerson(world, { email: mine!.email })), cohortId };
  await join(world, cohortId, proposer.id, 'staff');
  const { items } = (await staff!.client.get(`${M}/proposals`)).body as { items: Record<string, unknown>[] };
  const shownOf = (file: TestApplicant) => {
    const { applicationId, name, agency, summary, places } = items.find((one) => one['applicationId'] === file.id)!;
    return { applicationId, name, agency, summary, places };
  };
  const adopt = (who: TestPerson, ...files: TestApplicant[]) =>
    who.client.post(`${M}/projects`, { projects: files.map(shownOf) });
  expect(said(await adopt(proposer, mine!, theirs!))).toEqual(REFUSED);
  expect((await adopt(proposer, theirs!)).body.made).toBe(1);
  expect((await adopt(staff!, mine!)).body.made).toBe(1);
});

describe('given who is of the team no more as they act, then 403 and nothing is written', () => {
  const demoted = () => staff!.client.patch(`/api/cohorts/${cohortId}/members/${other!.id}`, { role: 'coach' });

  it('teams', async () => {
    const happened = beforeItIsWritten(world, demoted);
    expect(said(await solve(other!))).toEqual([403, 'forbidden']);
    expect([happened(), await versions()]).toEqual([true, 0]);
  });

  it('the version that is published', async () => {
    const { id } = (await solve(staff!)).body;
    const happened = beforeItIsWritten(world, demoted);
    expect(said(await other!.client.post(`${M}/${id as string}/publish`, {}))).toEqual([403, 'forbidden']);
    expect([happened(), (await staff!.client.get(M)).body.versions[0].publishedAt]).toEqual([true, null]);
  });

  it('the day of wishes', async () => {
    const happened = beforeItIsWritten(world, demoted);
    expect(said(await other!.client.put(`${M}/wishes`, { until: '2026-11-20' }))).toEqual([403, 'forbidden']);
    expect([happened(), (await staff!.client.get(M)).body.wishes.until]).toEqual([true, null]);
  });
});
