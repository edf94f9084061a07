import { Types } from 'mongoose';
import { ApplicationErasing } from '../../../src/calls/applications/application-erasing.js';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { type TestApplicant, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';
import { DECIDED_AT, TOLD_AT, WHILE_OPEN, aProject, accepted } from '../../support/rooms/teams.js';

let world: TestWorld;
let [staff, fellow, other]: TestPerson[] = [];
let people: TestApplicant[];
let projects: { id: string; name: string }[];
let M: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, await aCohort(world), 'staff');
  M = `/api/cohorts/${cohortId}/matching`;
  people = await accepted(world, staff, 'fellows', [{}, { name: 'Yao Tchalla', craft: 'developer' }]);
  projects = [];
  for (const name of ['BailSûr', 'QuaiLibre', 'SolSain', 'TriPapier'])
    projects.push(await aProject(staff, name, ['developer', 'designer']));
  await aProject(staff, 'Wants nobody', []);
});

const open = (until: string | null = '2026-11-20', by = staff!) => by.client.put(`${M}/wishes`, { until });
const seen = async (one = people[0]!) => await one.client.get(`${one.path}/wishes`);
const wish = (projectIds: string[], one = people[0]!, node = 0) =>
  one.client.on(world.nodes[node]!.url).put(`${one.path}/wishes`, { projectIds });
const ids = (...at: number[]) => at.map((index) => projects[index]!.id);

describe('wishes', () => {
  it('given staff open them, then who is accepted sees the projects that want somebody, and ranks three', async () => {
    expect((await seen()).body).toEqual({
      ...{ state: 'before', until: null, timeZone: 'Europe/Paris', projects: [], projectIds: [], changedAt: null },
    });
    expect((await wish(ids(0))).body.code).toBe('wishes_not_open');
    expect((await open()).body.wishes).toEqual({ until: '2026-11-20', isOpen: true, handedIn: 0 });
    const { body } = await seen();
    expect(body.projects.map(({ name }: any) => name)).toEqual(['BailSûr', 'QuaiLibre', 'SolSain', 'TriPapier']);
    expect(body.projects[0]).toEqual({
      ...{ id: ids(0)[0], name: 'BailSûr', agency: 'An agency', summary: '' },
      places: ['developer', 'designer'].map((craft) => ({ craft, must: [], nice: [] })),
    });
    const saved = await wish(ids(2, 0, 1));
    expect([saved.status, saved.body.projectIds, saved.body.changedAt]).toEqual([200, ids(2, 0, 1), TOLD_AT]);
    expect((await wish(ids(1))).body.projectIds).toEqual(ids(1));
    expect((await seen(people[1])).body.projectIds).toEqual([]);
    const { people: told, wishes } = (await staff!.client.get(M)).body;
    expect(told.map(({ name, craft, wishes: own }: any) => [name, craft, own])).toEqual([
      ['Salomé Payet', 'designer', ids(1)],
      ['Yao Tchalla', 'developer', []],
    ]);
    expect(wishes.handedIn).toBe(1);
    expect((await wish([])).body.projectIds).toEqual([]);
  });

  it('given the day is over in the zone of the cohort, or staff close them, then wishes stand as they are', async () => {
    await open();
    await wish(ids(0, 1));
    world.clock.set('2026-11-20T22:59:00.000Z');
    expect((await wish(ids(1, 0))).status).toBe(200);
    world.clock.set('2026-11-20T23:00:00.000Z');
    const late = await wish(ids(2));
    expect([late.status, late.body.code]).toEqual([409, 'wishes_closed']);
    // From then on one sees what one named, by its name.
    expect((await seen()).body).toMatchObject({
      ...{ state: 'closed', projectIds: ids(1, 0) },
      projects: ['BailSûr', 'QuaiLibre'].map((name) => ({ name, agency: 'An agency', summary: '', places: [] })),
    });
    expect((await seen(people[1])).body.projects).toEqual([]);
    expect((await open('2026-11-19')).body.errors).toEqual([{ field: '/until', code: 'in_the_past' }]);
    await open('2026-11-25');
    expect((await wish(ids(2))).status).toBe(200);
    await open(null);
    expect((await wish(ids(1))).body.code).toBe('wishes_not_open');
  });

  it('given the cohort is over, then nothing of its projects is seen', async () => {
    await open();
    await wish(ids(0));
    await world.db
      .collection('cohorts')
      .updateOne({ _id: new Types.ObjectId(staff!.cohortId!) }, { $set: { state: 'closed' } });
    expect((await seen()).body).toMatchObject({ state: 'closed', projects: [], projectIds: [] });
  });

  it('given many at once on two processes, then one of them counts, whole', async () => {
    await open();
    const tries = [ids(0, 1, 2), ids(2, 1, 0), ids(3)];
    const answers = await Promise.all(tries.map((asked, at) => wish(asked, people[0], at % 2)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(tries).toContainEqual((await seen()).body.projectIds);
  });

  it('given what cannot be wished for, then it says why', async () => {
    await open();
    const nobody = (await staff!.client.get(`/api/cohorts/${staff!.cohortId}/projects`)).body.items.at(-1).id;
    const elsewhere = await aProject(other!, 'Elsewhere', ['developer']);
    const codes = async (asked: string[]) =>
      (await wish(asked)).body.errors.map(({ field, code }: any) => `${field} ${code}`);
    expect(await codes([...ids(0), nobody, elsewhere.id])).toEqual([
      ...['/projectIds/1 unknown_project', '/projectIds/2 unknown_project'],
    ]);
    expect(await codes(ids(0, 0))).toEqual(['/projectIds/1 doubled']);
    expect((await wish(ids(0, 1, 2, 3))).status).toBe(422);
  });

  it('given who is not accepted, or asks with what is not theirs, then there is nothing', async () => {
    world.clock.set(WHILE_OPEN);
    const call = await aCall(staff!, staff!.cohortId!);
    const undecided = await anApplicant(world, call.slug);
    await handsIn(undecided);
    const [agency] = await accepted(world, staff!, 'projects', [{}]);
    world.clock.set(TOLD_AT);
    await open();
    for (const one of [undecided, agency!]) {
      expect((await seen(one)).status).toBe(404);
      expect((await wish(ids(0), one)).status).toBe(404);
    }
    const [mine, theirs] = people;
    expect((await mine!.client.get(`${theirs!.path}/wishes`)).status).toBe(404);
    expect((await mine!.client.put(`${theirs!.path}/wishes`, { projectIds: ids(0) })).status).toBe(404);
    for (const client of [clientOf(world.url), staff!.client, fellow!.client])
      expect((await client.get(`${mine!.path}/wishes`)).status).toBe(401);
    // Before the letter goes, and once they took it back.
    world.clock.set(DECIDED_AT);
    expect((await seen()).status).toBe(404);
    world.clock.set(TOLD_AT);
    await mine!.client.post(`${mine!.path}/withdraw`);
    expect((await seen()).status).toBe(404);
    expect((await open(undefined, fellow)).status).toBe(403);
    expect((await open(undefined, other)).status).toBe(404);
  });

  it('given a file is erased, then its wishes are', async () => {
    await open();
    await wish(ids(0));
    world.clock.set('2028-12-01T00:00:00.000Z');
    await world.app.get(ApplicationErasing).erase();
    await Promise.all(world.nodes.map(({ app }) => app.get(Outbox).settled()));
    expect(
      await world.db.collection('project-wishes').countDocuments({ cohortId: new Types.ObjectId(staff!.cohortId!) }),
    ).toBe(0);
  });
});
