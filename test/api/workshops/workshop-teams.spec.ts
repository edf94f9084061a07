import { Offers } from '../../../src/workshops/registrations/offers.js';
import { type TestWorld, NOW, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { aWorkshop, hoursAfter } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let alone: TestPerson[];
let team: TestPerson[];
let other: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff', { name: 'Staff' });
  alone = await Promise.all(Array.from({ length: 6 }, () => aMember(world, cohortId, 'fellow')));
  const project = await staff.client.post(`/api/cohorts/${cohortId}/projects`, {
    name: 'Open permits',
    agency: 'City',
  });
  expect(project.status).toBe(201);
  const projectId = project.body.id as string;
  team = [];
  for (const name of ['Inès', 'Léo', 'Zoé']) team.push(await aMember(world, cohortId, 'fellow', { name, projectId }));
  await aMember(world, cohortId, 'host', { projectId });
  other = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const put = (person: TestPerson, path: string, body: object = {}, node = 0) =>
  person.client.on(world.nodes[node]!.url).put(`${path}/registration`, body);
const admit = (person: TestPerson, path: string, userId: string) =>
  person.client.put(`${path}/registrations/${userId}`);
const leave = (person: TestPerson, path: string) => person.client.delete(`${path}/registration`);
const mine = async (person: TestPerson, path: string) => (await person.client.get(path)).body.mine;
const all = (people: readonly TestPerson[], path: string) => Promise.all(people.map((one) => mine(one, path)));
const inbox = async (person: TestPerson) =>
  (await person.client.get('/api/me/inbox')).body.items as { kind: string; title: string; params: any }[];

describe('a team that registers as one', () => {
  it('given room for all, then all have a place by one act, each is told who did it, and again is the same answer', async () => {
    const { path } = await aWorkshop(staff, cohortId, { title: 'All of us', capacity: 3 });
    const answers = await Promise.all([put(team[0]!, path, { team: true }), put(team[0]!, path, { team: true }, 1)]);
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, { status: 'going', mode: null }],
      [200, { status: 'going', mode: null }],
    ]);
    expect((await staff.client.get(path)).body).toMatchObject({ going: 3, waitlisted: 0 });
    await eventually(async () =>
      expect((await inbox(team[1]!))[0]).toMatchObject({
        kind: 'workshop.registered',
        title: 'Inès has registered you: “All of us”',
      }),
    );
    expect((await inbox(team[0]!))[0]).toMatchObject({ title: 'You are going: “All of us”' });
  });

  it('given room for two of three, then all wait together, what is free is kept for them, and nobody passes them', async () => {
    const { path } = await aWorkshop(staff, cohortId, { capacity: 3 });
    await put(alone[0]!, path);
    expect((await put(team[0]!, path, { team: true })).body).toEqual({
      ...{ status: 'waitlisted', position: 1, together: true, mode: null },
    });
    expect(await all(team, path)).toMatchObject([
      { position: 1, together: true },
      { position: 2, together: true },
      { position: 3, together: true },
    ]);
    expect((await put(alone[1]!, path)).body).toMatchObject({ status: 'waitlisted', position: 4 });
    await leave(alone[0]!, path);
    expect(await all(team, path)).toMatchObject(Array(3).fill({ status: 'going' }));
    expect(await mine(alone[1]!, path)).toMatchObject({ status: 'waitlisted', position: 1 });
  });

  it('given one of the team leaves the line, then the others fit and get their places at once', async () => {
    const { path } = await aWorkshop(staff, cohortId, { capacity: 3 });
    await put(alone[0]!, path);
    await put(team[0]!, path, { team: true });
    await leave(team[1]!, path);
    expect(await all([team[0]!, team[2]!], path)).toMatchObject(Array(2).fill({ status: 'going' }));
    expect(await mine(team[1]!, path)).toBeNull();
  });

  it('given a day before the start, then each of a team that still waits goes alone, so that no place stays empty', async () => {
    const { path } = await aWorkshop(staff, cohortId, { capacity: 3 });
    await put(alone[0]!, path);
    await put(team[0]!, path, { team: true });
    const split = () => Promise.all(world.nodes.map((node) => node.app.get(Offers).turn()));
    world.clock.set(hoursAfter('2026-10-15T08:00:00.000Z', -25));
    await split();
    expect(await all(team, path)).toMatchObject(Array(3).fill({ status: 'waitlisted' }));
    world.clock.set(hoursAfter('2026-10-15T08:00:00.000Z', -24));
    await split();
    expect(await all(team, path)).toMatchObject([{ status: 'going' }, { status: 'going' }, { position: 1 }]);
  });

  it('given some who stand already, then only the others are registered', async () => {
    const { path } = await aWorkshop(staff, cohortId, { capacity: 3 });
    await put(team[2]!, path);
    expect((await put(team[0]!, path, { team: true })).body).toMatchObject({ status: 'going' });
    expect((await staff.client.get(path)).body).toMatchObject({ going: 3 });
  });

  it('given no team, one for whom it is not, or a body that says two things, then a clear answer and nobody is registered', async () => {
    const { path } = await aWorkshop(staff, cohortId, { capacity: 5 });
    expect((await put(alone[0]!, path, { team: true })).body.code).toBe('no_team');
    expect((await put(staff, path, { team: true })).body.code).toBe('no_team');
    expect((await put(team[0]!, path, { team: true, accept: true })).status).toBe(422);
    const small = await aWorkshop(staff, cohortId, { capacity: 3, reserved: 1 });
    expect((await put(team[0]!, small.path, { team: true })).body.code).toBe('team_too_large');
    const designers = await aWorkshop(staff, cohortId, { requires: { roles: [], crafts: ['designer'] } });
    await team[0]!.client.patch('/api/me', { craft: 'designer' });
    expect((await put(team[0]!, designers.path, { team: true })).body.code).toBe('not_for_you');
    expect((await staff.client.get(path)).body).toMatchObject({ going: 0, waitlisted: 0 });
  });

  it('given a team and twelve others at once over two processes, then never more than there are places, and the team is not torn', async () => {
    const { path } = await aWorkshop(staff, cohortId, { capacity: 4 });
    await Promise.all([
      ...alone.map((one, index) => put(one, path, {}, index % 2)),
      ...team.map((one, index) => put(one, path, { team: true }, index % 2)),
    ]);
    const { going, waitlisted } = (await staff.client.get(path)).body as { going: number; waitlisted: number };
    expect([going <= 4, going + waitlisted]).toEqual([true, 9]);
    expect(new Set((await all(team, path)).map(({ status }) => status)).size).toBe(1);
  });
});

describe('places that hosts keep', () => {
  it('given two kept of three, then one is free for all; who is named gets one, also from the line, and is told', async () => {
    const { path } = await aWorkshop(staff, cohortId, { title: 'Kept', capacity: 3, reserved: 2 });
    await put(alone[0]!, path);
    expect((await put(alone[1]!, path)).body).toMatchObject({ status: 'waitlisted', position: 1 });
    const asked = world.clock.now().toISOString();
    expect((await put(alone[2]!, path)).body).toMatchObject({ status: 'waitlisted', position: 2 });
    world.clock.advance(60_000);
    const given = await admit(staff, path, alone[2]!.id);
    expect([given.status, given.body]).toEqual([200, { userId: alone[2]!.id, status: 'going' }]);
    expect((await staff.client.get(path)).body).toMatchObject({ going: 2, waitlisted: 1, reserved: 1 });
    // Who was in line registered then, and not when a place was kept for them.
    const comes = (await staff.client.get(`${path}/registrations`)).body.items as Record<string, any>[];
    expect(comes.find(({ person }) => person.id === alone[2]!.id)?.registeredAt).toBe(asked);
    expect((await admit(staff, path, alone[2]!.id)).body).toMatchObject({ status: 'going' });
    expect((await staff.client.get(path)).body).toMatchObject({ going: 2, reserved: 1 });
    await eventually(async () =>
      expect((await inbox(alone[2]!))[0]).toMatchObject({ title: 'A place opened for you: “Kept”' }),
    );
    expect((await admit(staff, path, alone[4]!.id)).body).toMatchObject({ status: 'going' });
    await eventually(async () =>
      expect((await inbox(alone[4]!))[0]).toMatchObject({ title: 'Staff has registered you: “Kept”' }),
    );
    expect((await leave(alone[4]!, path)).status).toBe(204);
    expect(await mine(alone[1]!, path)).toMatchObject({ status: 'going' });
    expect((await admit(staff, path, alone[3]!.id)).body.code).toBe('none_reserved');
  });

  it('given 10 who are named at once over two processes for 3 kept places, then 3 get one', async () => {
    const { path } = await aWorkshop(staff, cohortId, { capacity: 3, reserved: 3 });
    const named = [...alone, ...team, staff];
    const answers = await Promise.all(
      named.map((one, index) => staff.client.on(world.nodes[index % 2]!.url).put(`${path}/registrations/${one.id}`)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code))).toEqual(
      new Set(['none_reserved']),
    );
    expect((await staff.client.get(path)).body).toMatchObject({ going: 3, reserved: 0 });
  });

  it('given hosts keep fewer, then who waits gets what is free', async () => {
    const { path } = await aWorkshop(staff, cohortId, { capacity: 1, reserved: 1 });
    await put(alone[0]!, path);
    expect((await staff.client.patch(path, { reserved: 0 })).status).toBe(200);
    expect(await mine(alone[0]!, path)).toMatchObject({ status: 'going' });
  });

  it('given more kept than there are, then 422 at the field', async () => {
    const { path } = await aWorkshop(staff, cohortId, { capacity: 3, reserved: 2 });
    const refused = await staff.client.patch(path, { capacity: 1 });
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [expect.objectContaining({ field: '/reserved', code: 'beyond_capacity' })],
    ]);
  });

  it('given who may not, then 401, 403 or 404, and for who is no member 404', async () => {
    const { path } = await aWorkshop(staff, cohortId, { capacity: 3, reserved: 2 });
    expect((await admit(alone[0]!, path, alone[1]!.id)).status).toBe(403);
    expect((await admit(other, path, alone[1]!.id)).status).toBe(404);
    expect((await clientOf(world.nodes[0]!.url).put(`${path}/registrations/${alone[1]!.id}`)).status).toBe(401);
    expect((await admit(staff, path, other.id)).status).toBe(404);
    expect((await admit(staff, path, 'nobody')).status).toBe(404);
    expect((await staff.client.get(path)).body).toMatchObject({ going: 0, reserved: 2 });
  });
});
