import { Projects } from '../../../src/cohorts/projects/projects.service.js';
import { TeamChannelsPort } from '../../../src/cohorts/projects/team-channels.js';
import { clientOf } from '../../support/client.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let path: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  path = `/api/cohorts/${cohortId}/projects`;
  staff = await aMember(world, cohortId, 'staff');
});

describe('a project', () => {
  it('given a team, hosts and a coach, then shows them with crafts and faces', async () => {
    const fellow = await aMember(world, cohortId, 'fellow', { craft: 'designer' });
    const host = await aMember(world, cohortId, 'host');
    const coach = await aMember(world, cohortId, 'coach');
    const made = await staff.client.post(path, {
      name: 'PermisClair',
      agency: 'Préfecture',
      summary: 'Permits that one can follow.',
      fellowIds: [fellow.id],
      hostIds: [host.id],
      coachId: coach.id,
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      name: 'PermisClair',
      fellows: [{ id: fellow.id, craft: 'designer' }],
      hosts: [{ id: host.id }],
      coach: { id: coach.id },
      channelId: null,
      abilities: { edit: true, editSummary: true },
    });
    const projects = world.app.get(Projects);
    expect(await projects.coachOf(cohortId, fellow.id)).toBe(coach.id);
    expect(await projects.find(cohortId, made.body.id)).toMatchObject({ fellowIds: [fellow.id], hostIds: [host.id] });
    expect((await fellow.client.get('/api/me')).body.memberships[0].projectId).toBe(made.body.id);
  });

  it('given the same name in other letters at once, then one is made', async () => {
    const answers = await Promise.all(
      ['Été Clair', 'ete  clair', 'ÉTÉ CLAIR'].map((name) => staff.client.post(path, { name, agency: 'A' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({
      code: 'name_taken',
      errors: [{ field: '/name', code: 'name_taken' }],
    });
  });

  it('given people with another role, of another cohort or nobody, then 422 names each', async () => {
    const coach = await aMember(world, cohortId, 'coach');
    const outsider = await aMember(world, await aCohort(world), 'fellow');
    const answer = await staff.client.post(path, {
      name: 'X',
      agency: 'A',
      fellowIds: [coach.id, outsider.id],
      hostIds: ['nonsense'],
      coachId: staff.id,
    });
    expect(answer.body.errors).toEqual([
      { field: '/fellowIds/0', code: 'not_a_fellow' },
      { field: '/fellowIds/1', code: 'not_a_fellow' },
      { field: '/hostIds/0', code: 'not_a_host' },
      { field: '/coachId', code: 'not_a_coach' },
    ]);
    expect((await staff.client.get(path)).body.items).toEqual([]);
  });

  it('given coaches who leave while they are named, then no project keeps one who is gone', async () => {
    const coaches = await Promise.all(Array.from({ length: 12 }, () => aMember(world, cohortId, 'coach')));
    const projects = await Promise.all(
      coaches.map(
        async (_, at) => (await staff.client.post(path, { name: `Named ${at}`, agency: 'A' })).body.id as string,
      ),
    );
    const named = await Promise.all(
      coaches.map(async ({ id }, at) => {
        const leaving = staff.client.delete(`/api/cohorts/${cohortId}/members/${id}`);
        const answer = await staff.client.patch(`${path}/${projects[at]}`, { coachId: id });
        expect((await leaving).status).toBe(204);
        return answer;
      }),
    );
    for (const { status, body } of named) expect(status === 200 || body.errors[0].code === 'not_a_coach').toBe(true);
    const items = (await staff.client.get(path)).body.items as { id: string; coach: unknown }[];
    expect(items.filter(({ id, coach }) => projects.includes(id) && coach !== null)).toEqual([]);
  });

  it('given a new team, then those who left are in no project any more', async () => {
    const [a, b] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'fellow')];
    const project = (await staff.client.post(path, { name: 'X', agency: 'A', fellowIds: [a.id] })).body;
    const changed = await staff.client.patch(`${path}/${project.id}`, { fellowIds: [b.id], name: 'Y' });
    expect(changed.body).toMatchObject({ name: 'Y', fellows: [{ id: b.id }] });
    expect((await a.client.get('/api/me')).body.memberships[0].projectId).toBeNull();
    expect((await a.client.get(`/api/cohorts/${cohortId}/members?projectId=${project.id}`)).body.items).toHaveLength(1);
  });

  it('given its fellow, then the summary changes and nothing else; given another fellow, then 403', async () => {
    const [mine, other] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'fellow')];
    const project = (await staff.client.post(path, { name: 'X', agency: 'A', fellowIds: [mine.id] })).body;
    const at = `${path}/${project.id}`;
    expect((await mine.client.patch(at, { summary: 'Ours' })).body.summary).toBe('Ours');
    expect((await mine.client.patch(at, { summary: 'Ours', name: 'Mine' })).status).toBe(403);
    expect((await other.client.patch(at, { summary: 'Theirs' })).status).toBe(403);
    expect((await mine.client.get(at)).body).toMatchObject({
      name: 'X',
      summary: 'Ours',
      abilities: { edit: false, editSummary: true },
    });
  });

  it('given nobody, a fellow or another cohort, then refused', async () => {
    const project = (await staff.client.post(path, { name: 'X', agency: 'A' })).body;
    const fellow = await aMember(world, cohortId, 'fellow');
    const outsider = await aMember(world, await aCohort(world), 'staff');
    expect((await clientOf(world.url).get(path)).status).toBe(401);
    expect((await fellow.client.post(path, { name: 'Y', agency: 'A' })).status).toBe(403);
    expect((await outsider.client.get(`${path}/${project.id}`)).status).toBe(404);
    const own = `/api/cohorts/${(await outsider.client.get('/api/me')).body.memberships[0].cohortId}/projects`;
    expect((await outsider.client.get(`${own}/${project.id}`)).status).toBe(404);
    expect((await outsider.client.patch(`${own}/${project.id}`, { name: 'Mine' })).status).toBe(404);
    expect((await staff.client.post(path, { name: 'Z' })).body.errors).toEqual([
      expect.objectContaining({ field: '/agency', code: 'required' }),
    ]);
  });

  it('given pages of one, then they come by name; the chat tells the channels one may read', async () => {
    const ids: string[] = [];
    for (const name of ['Bora', 'âge', 'Cap']) ids.push((await staff.client.post(path, { name, agency: 'A' })).body.id);
    const first = (await staff.client.get(`${path}?limit=2`)).body;
    const rest = (await staff.client.get(`${path}?limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(['âge', 'Bora', 'Cap']);
    expect(rest.nextCursor).toBeNull();
    world.app.get(TeamChannelsPort).provide({
      readableBy: (userId) => Promise.resolve(new Map(userId === staff.id ? [[ids[0]!, 'channel']] : [])),
    });
    expect((await staff.client.get(`${path}/${ids[0]}`)).body.channelId).toBe('channel');
  });
});
