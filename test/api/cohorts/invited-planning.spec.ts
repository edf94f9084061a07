import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { PASSWORD, type TestPerson, aCohort, aMember } from '../../support/factories.js';

/** Who is invited and has not come yet is planned with: a project, its hosts, its coach; it holds when they join. */
let world: TestWorld;
let cohortId: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
});

let count = 0;
interface Invited {
  invitationId: string;
  url: string;
}
async function invite(role: string, name: string, more: object = {}): Promise<Invited> {
  const email = `plan${(count += 1)}@people.test`;
  const people = [{ email, name, role, ...more }];
  expect((await staff.client.post(`/api/cohorts/${cohortId}/invitations`, { people })).body.created).toBe(1);
  const [row] = (await staff.client.get(`/api/cohorts/${cohortId}/invitations`)).body.items;
  return { invitationId: row.id, url: row.url };
}
const accept = async ({ url }: Invited, node = 0) => {
  const token = url.split('/').at(-1)!;
  const answer = await clientOf(world.nodes[node]!.url).post(`/api/auth/invitations/${token}/accept`, {
    password: PASSWORD,
  });
  expect(answer.status).toBe(200);
  return answer.body.me.id as string;
};
const projects = () => `/api/cohorts/${cohortId}/projects`;
const aProject = async (name: string, body: object = {}) =>
  (await staff.client.post(projects(), { name, agency: 'Bassin', ...body })).body;
const seen = async (id: string, as = staff) => (await as.client.get(`${projects()}/${id}`)).body;
const ids = (people: { id: string }[]) => people.map(({ id }) => id);

it('given a team of the invited, then staff see it before they come, and each is where they were planned once they have', async () => {
  const [fellow, host, coach] = [
    await invite('fellow', 'Ana'),
    await invite('host', 'Bo'),
    await invite('coach', 'Cy'),
  ];
  const invitedIds = [fellow, host, coach].map(({ invitationId }) => invitationId);
  const first = await aProject('EauVive', { invitedIds });
  const second = await aProject('Sols', { invitedIds: [host.invitationId, coach.invitationId] });
  expect(first.invited.map(({ name, role }: any) => [name, role])).toEqual([
    ['Ana', 'fellow'],
    ['Bo', 'host'],
    ['Cy', 'coach'],
  ]);
  const listed = await staff.client.get(`/api/cohorts/${cohortId}/invitations/people?role=coach&q=c`);
  expect(listed.body.items).toMatchObject([
    { name: 'Cy', projectIds: [first.id, second.id], projectNames: ['EauVive', 'Sols'] },
  ]);
  const member = await aMember(world, cohortId, 'fellow');
  expect((await seen(first.id, member)).invited).toEqual([]);

  const [fellowId, hostId, coachId] = [await accept(fellow), await accept(host, 1), await accept(coach)];
  const now = await seen(first.id);
  expect([ids(now.fellows), ids(now.hosts), now.coach.id, now.invited]).toEqual([[fellowId], [hostId], coachId, []]);
  const other = await seen(second.id);
  expect([ids(other.hosts), other.coach.id]).toEqual([[hostId], coachId]);
  expect((await staff.client.get(`/api/cohorts/${cohortId}/members/${fellowId}`)).body.projectId).toBe(first.id);
});

it('given they are chosen elsewhere, or left out, then the last choice holds; a coach who is there takes the place of one who is invited', async () => {
  const [fellow, coach] = [await invite('fellow', 'Ana'), await invite('coach', 'Cy')];
  const invitedIds = [fellow.invitationId, coach.invitationId];
  const first = await aProject('EauVive', { invitedIds });
  const second = await aProject('Sols', { invitedIds: [fellow.invitationId] });
  expect((await seen(first.id)).invited.map(({ name }: any) => name)).toEqual(['Cy']);
  const there = await aMember(world, cohortId, 'coach');
  expect((await staff.client.patch(`${projects()}/${first.id}`, { coachId: there.id })).body.invited).toEqual([]);
  await Promise.all([accept(coach), accept(fellow, 1)]);
  expect((await seen(first.id)).coach.id).toBe(there.id);
  expect((await seen(second.id)).fellows).toHaveLength(1);
});

it('given who accepted meanwhile, staff, a stranger or too many, then 422 names them and nothing changes; nobody else may plan', async () => {
  const [gone, coach, second, team] = [
    await invite('fellow', 'Ana'),
    await invite('coach', 'Cy'),
    await invite('coach', 'Di'),
    await invite('staff', 'Sy'),
  ];
  await accept(gone);
  const project = await aProject('EauVive');
  const plan = (body: object) => staff.client.patch(`${projects()}/${project.id}`, body);
  for (const id of [gone.invitationId, team.invitationId, staff.id, 'nonsense']) {
    const refused = await plan({ invitedIds: [coach.invitationId, id], name: 'Renamed' });
    expect([refused.status, refused.body.errors]).toEqual([422, [{ field: '/invitedIds/1', code: 'not_invited' }]]);
  }
  const two = await plan({ invitedIds: [coach.invitationId, second.invitationId] });
  expect(two.body.errors).toEqual([{ field: '/invitedIds/1', code: 'only_one_coach' }]);
  expect(await seen(project.id)).toMatchObject({ name: 'EauVive', invited: [] });
  const fellow = await aMember(world, cohortId, 'fellow', { projectId: project.id });
  const outsider = await aMember(world, await aCohort(world), 'staff');
  const path = `/api/cohorts/${cohortId}/invitations/people`;
  expect((await fellow.client.patch(`${projects()}/${project.id}`, { invitedIds: [] })).status).toBe(403);
  expect([(await fellow.client.get(path)).status, (await outsider.client.get(path)).status]).toEqual([403, 404]);
  expect((await clientOf(world.url).get(path)).status).toBe(401);
});

it.each(['coach', 'host', 'fellow'] as const)(
  'given an admin of the installation who is %s of the cohort, then they see who is planned, and keep them as they save',
  async (role) => {
    const fellow = await invite('fellow', 'Ana');
    const project = await aProject('EauVive', { invitedIds: [fellow.invitationId] });
    const admin = await aMember(world, cohortId, role, { isAdmin: true });
    const shown = await seen(project.id, admin);
    expect(shown).toMatchObject({ abilities: { edit: true }, invited: [{ name: 'Ana' }] });
    const invitedIds = shown.invited.map(({ invitationId }: Invited) => invitationId);
    const saved = await admin.client.patch(`${projects()}/${project.id}`, { name: 'Eau', invitedIds });
    expect(saved.body).toMatchObject({ name: 'Eau', invited: [{ name: 'Ana' }] });
    const member = await aMember(world, cohortId, role);
    expect((await seen(project.id, member)).invited).toEqual([]);
  },
);

it('given a plan is made while they accept on another node, then it is done or refused, never lost', async () => {
  for (let round = 0; round < 5; round += 1) {
    const fellow = await invite('fellow', `Ana ${round}`);
    const project = await aProject(`Race ${round}`);
    const [planned, userId] = await Promise.all([
      staff.client.patch(`${projects()}/${project.id}`, { invitedIds: [fellow.invitationId] }),
      accept(fellow, 1),
    ]);
    const member = (await staff.client.get(`/api/cohorts/${cohortId}/members/${userId}`)).body;
    expect([planned.status, member.projectId]).toEqual(planned.status === 200 ? [200, project.id] : [422, null]);
  }
});

it('given an invitation that ran out and is made again, then what was planned is kept', async () => {
  const fellow = await invite('fellow', 'Ana');
  const project = await aProject('EauVive', { invitedIds: [fellow.invitationId] });
  const email = `plan${count}@people.test`;
  world.clock.set('2027-01-13T09:45:00.000Z');
  const people = [{ email, name: 'Ana', role: 'fellow' }];
  expect((await staff.client.post(`/api/cohorts/${cohortId}/invitations`, { people })).body.created).toBe(1);
  expect((await seen(project.id)).invited).toHaveLength(1);
});

it('given invitations that a process of the version before wrote, then all is read, and what was planned holds', async () => {
  const [fellow, coach] = [await invite('fellow', 'Ana'), await invite('coach', 'Cy')];
  const project = await aProject('EauVive');
  const rows = world.db.collection('invitations');
  const asBefore = (invitation: Invited, projectId: string | null) =>
    rows.updateOne(
      { _id: new Types.ObjectId(invitation.invitationId) },
      { $set: { projectId: projectId && new Types.ObjectId(projectId) }, $unset: { projectIds: 1 } },
    );
  await asBefore(fellow, project.id);
  await asBefore(coach, null);
  const { status, body } = await staff.client.get(`/api/cohorts/${cohortId}/invitations`);
  expect([status, body.items.map((one: any) => one.projectName)]).toEqual([200, [null, 'EauVive']]);
  expect((await staff.client.get(`/api/cohorts/${cohortId}/invitations/people`)).body.items).toHaveLength(2);
  expect((await seen(project.id)).invited).toMatchObject([{ name: 'Ana' }]);
  const shown = await clientOf(world.url).get(`/api/auth/invitations/${fellow.url.split('/').at(-1)!}`);
  expect(shown.body.projectName).toBe('EauVive');
  const [fellowId] = [await accept(fellow), await accept(coach)];
  expect(ids((await seen(project.id)).fellows)).toEqual([fellowId]);
});
