import { Types } from 'mongoose';
import { aPrivateChannel } from '../../support/rooms/chat.js';
import { clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { Realtime } from '../../../src/infra/realtime/realtime.js';
import { rooms } from '../../../src/infra/realtime/rooms.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let path: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  path = `/api/cohorts/${cohortId}/members`;
  staff = await aMember(world, cohortId, 'staff', { name: 'Salomé Staff' });
});

const names = (answer: { body: { items: { name: string }[] } }) => answer.body.items.map(({ name }) => name);

describe('the people of a cohort', () => {
  it('given words, then finds by the beginnings of name, gives and wants, whatever the accents', async () => {
    const fellow = await aMember(world, cohortId, 'fellow', { name: 'Éloïse Brémond', gives: ['Accessibilité RGAA'] });
    await aMember(world, cohortId, 'coach', { name: 'Karim Haddad', craft: 'data', wants: ['écriture'] });
    await aMember(world, await aCohort(world), 'fellow', { name: 'Éloïse Elsewhere' });
    const find = async (query: string) => names(await fellow.client.get(`${path}?${query}`));
    expect(await find('')).toEqual(['Éloïse Brémond', 'Karim Haddad', 'Salomé Staff']);
    expect(await find('q=elo')).toEqual(['Éloïse Brémond']);
    expect(await find('q=RGAA%20acces')).toEqual(['Éloïse Brémond']);
    expect(await find('q=ecrit')).toEqual(['Karim Haddad']);
    expect(await find('q=loise')).toEqual([]);
    expect(await find('q=(a%2B)%2B%24')).toEqual(['Éloïse Brémond']);
    expect(await find('role=coach')).toEqual(['Karim Haddad']);
    expect(await find('craft=data')).toEqual(['Karim Haddad']);
  });

  it('given pages of one, then each person comes once, in order', async () => {
    await aMember(world, cohortId, 'fellow', { name: 'Ana' });
    await aMember(world, cohortId, 'fellow', { name: 'ana' });
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const answer = await staff.client.get(`${path}?limit=1${cursor}`);
      seen.push(answer.body.items[0].userId);
      if (!answer.body.nextCursor) break;
      cursor = `&cursor=${answer.body.nextCursor}`;
    }
    expect(new Set(seen).size).toBe(3);
    expect(seen).toHaveLength(3);
  });

  it('given a fellow, then addresses are hidden; given staff, then shown', async () => {
    const fellow = await aMember(world, cohortId, 'fellow');
    const seen = await fellow.client.get(`${path}/${staff.id}`);
    expect(seen.body.email).toBeUndefined();
    expect(seen.text).not.toContain(staff.email);
    expect((await staff.client.get(`${path}/${fellow.id}`)).body).toMatchObject({
      email: fellow.email,
      lastSeenAt: null,
    });
  });

  it('given nobody, a person of another cohort, an operator or a wrong role, then refused', async () => {
    const outsider = await aMember(world, await aCohort(world), 'staff');
    expect((await clientOf(world.url).get(path)).status).toBe(401);
    expect((await outsider.client.get(path)).status).toBe(404);
    expect((await staff.client.get(`${path}/${outsider.id}`)).status).toBe(404);
    expect((await staff.client.get(`${path}/nonsense`)).status).toBe(404);
    expect((await staff.client.get(`${path}?role[$ne]=x`)).status).toBe(422);
    expect((await staff.client.get(`${path}?role=boss`)).status).toBe(422);
  });
});

describe('changing a member', () => {
  it('given a project, then a fellow is in it; given another role, then out of it', async () => {
    const fellow = await aMember(world, cohortId, 'fellow');
    const project = (
      await staff.client.post(`/api/cohorts/${cohortId}/projects`, { name: 'EauVive', agency: 'Bassin' })
    ).body;
    const placed = await staff.client.patch(`${path}/${fellow.id}`, { projectId: project.id });
    expect(placed.body).toMatchObject({ projectId: project.id, projectName: 'EauVive' });
    const asCoach = await staff.client.patch(`${path}/${fellow.id}`, { role: 'coach' });
    expect(asCoach.body).toMatchObject({ role: 'coach', projectId: null });
    const refused = await staff.client.patch(`${path}/${fellow.id}`, { projectId: project.id });
    expect(refused.body.errors).toEqual([{ field: '/projectId', code: 'not_for_role' }]);
  });

  it('given a host who goes to another project, or to none, then they are no host of the one before', async () => {
    const host = await aMember(world, cohortId, 'host');
    const make = async (name: string) =>
      (await staff.client.post(`/api/cohorts/${cohortId}/projects`, { name, agency: 'Bassin' })).body.id as string;
    const [first, second] = [await make('Crues'), await make('Sources')];
    const hosts = async (id: string) => {
      const { body } = await staff.client.get(`/api/cohorts/${cohortId}/projects/${id}`);
      return body.hosts.map((one: { id: string }) => one.id);
    };
    const to = async (projectId: string | null) => {
      expect((await staff.client.patch(`${path}/${host.id}`, { projectId })).status).toBe(200);
      return [await hosts(first), await hosts(second)];
    };
    expect(await to(first)).toEqual([[host.id], []]);
    expect(await to(second)).toEqual([[], [host.id]]);
    // What is said of them otherwise takes them off nothing.
    expect((await staff.client.patch(`${path}/${host.id}`, { givenCraft: 'data' })).status).toBe(200);
    expect(await hosts(second)).toEqual([host.id]);
    expect(await to(null)).toEqual([[], []]);
    const summary = { summary: 'Mine no more.' };
    expect((await host.client.patch(`/api/cohorts/${cohortId}/projects/${second}`, summary)).status).toBe(403);
  });

  it('given a project of another cohort or a wrong body, then 422 and nothing changes', async () => {
    const fellow = await aMember(world, cohortId, 'fellow');
    const there = await aCohort(world);
    const other = await aMember(world, there, 'staff');
    const foreign = (await other.client.post(`/api/cohorts/${there}/projects`, { name: 'X', agency: 'Y' })).body;
    for (const body of [{ projectId: foreign.id }, { role: 'alumni' }, { cohortId: there }, { role: { $ne: '' } }]) {
      expect((await staff.client.patch(`${path}/${fellow.id}`, body)).status).toBe(422);
    }
    expect((await other.client.patch(`${path}/${fellow.id}`, { role: 'staff' })).status).toBe(404);
    expect((await fellow.client.patch(`${path}/${fellow.id}`, { role: 'staff' })).status).toBe(403);
    expect((await fellow.client.get(`${path}/${fellow.id}`)).body).toMatchObject({ role: 'fellow', projectId: null });
  });
});

describe('removing a member', () => {
  it('given a member, then they see nothing more, leave their projects and the rooms of the cohort', async () => {
    const host = await aMember(world, cohortId, 'host');
    const project = (
      await staff.client.post(`/api/cohorts/${cohortId}/projects`, { name: 'Sols', agency: 'A', hostIds: [host.id] })
    ).body;
    const live = await connect(world.nodes[1]!.url, host.token);
    const inRoom = () => world.nodes[1]!.app.get(Realtime).socketsHere(rooms.cohort(cohortId)).length;
    expect(inRoom()).toBe(1);
    expect((await staff.client.delete(`${path}/${host.id}`)).status).toBe(204);
    expect((await staff.client.delete(`${path}/${host.id}`)).status).toBe(404);
    expect((await host.client.get(path)).status).toBe(404);
    await eventually(() => expect(inRoom()).toBe(0));
    const after = await staff.client.get(`/api/cohorts/${cohortId}/projects/${project.id}`);
    expect(after.body.hosts).toEqual([]);
    live.close();
  });

  it('given the last of the staff, then 409, also when two leave at once on two nodes', async () => {
    expect((await staff.client.delete(`${path}/${staff.id}`)).body.code).toBe('last_staff');
    expect((await staff.client.patch(`${path}/${staff.id}`, { role: 'fellow' })).body.code).toBe('last_staff');
    const second = await aMember(world, cohortId, 'staff');
    const answers = await Promise.all([
      staff.client.delete(`${path}/${staff.id}`),
      second.client.on(world.nodes[1]!.url).delete(`${path}/${second.id}`),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  it('given a closed cohort, then they are out of it and of its channels within 5 s, on both nodes; the last of staff stays', async () => {
    const fellow = await aMember(world, cohortId, 'fellow');
    const channelId = await aPrivateChannel(staff, cohortId, [fellow]);
    expect((await staff.client.post(`/api/cohorts/${cohortId}/close`)).status).toBe(200);
    await world.settled();
    const live = await connect(world.nodes[1]!.url, fellow.token);
    const held = () => fellow.client.get(`/api/channels/${channelId}/messages`);
    expect((await held()).status).toBe(200);
    const mine = (await staff.client.get(`/api/cohorts/${cohortId}`)).body;
    expect(mine.abilities).toMatchObject({ edit: false, removeMembers: true });
    expect((await fellow.client.get(`/api/cohorts/${cohortId}`)).body.abilities.removeMembers).toBe(false);
    expect((await staff.client.get(`${path}/${fellow.id}/successors`)).status).toBe(200);
    expect((await fellow.client.delete(`${path}/${staff.id}`)).status).toBe(403);
    expect((await staff.client.patch(`${path}/${fellow.id}`, { role: 'staff' })).body.code).toBe('cohort_closed');
    expect((await staff.client.delete(`${path}/${fellow.id}`)).status).toBe(204);
    expect((await staff.client.delete(`${path}/${staff.id}`)).body.code).toBe('last_staff');
    await eventually(async () => {
      expect((await fellow.client.on(world.nodes[1]!.url).get(path)).status).toBe(404);
      expect((await held()).status).toBe(404);
      const here = world.nodes[1]!.app.get(Realtime);
      for (const room of [rooms.cohort(cohortId), rooms.channel(channelId)])
        expect(here.socketsHere(room)).toHaveLength(0);
    });
    live.close();
  });

  it('given a fellow or another cohort, then refused', async () => {
    const fellow = await aMember(world, cohortId, 'fellow');
    const outsider = await aMember(world, await aCohort(world), 'staff');
    expect((await fellow.client.delete(`${path}/${staff.id}`)).status).toBe(403);
    expect((await outsider.client.delete(`${path}/${staff.id}`)).status).toBe(404);
    expect((await clientOf(world.url).delete(`${path}/${staff.id}`)).status).toBe(401);
  });
});

describe('where a person belongs', () => {
  it('given a cohort that has begun, one that is prepared and one that is closed, then they come in this order', async () => {
    const person = await aPerson(world);
    const dates: [name: string, more: Record<string, unknown>][] = [
      ['closed', { state: 'closed', startsOn: '2026-09-01' }],
      ['prepared', { startsOn: '2027-02-22' }],
      ['begun', { startsOn: '2026-09-01' }],
      // Begins today where it is, and tomorrow in Europe.
      ['today', { startsOn: '2026-10-14', timeZone: 'Pacific/Auckland' }],
    ];
    for (const [name, more] of dates) {
      const id = await aCohort(world, { name });
      await world.db.collection('cohorts').updateOne({ _id: new Types.ObjectId(id) }, { $set: more });
      await join(world, id, person.id, 'staff');
    }
    world.clock.set('2026-10-13T12:00:00.000Z');
    const { memberships } = (await person.client.get('/api/me')).body;
    expect(memberships.map(({ cohortName }: any) => cohortName)).toEqual(['today', 'begun', 'prepared', 'closed']);
  });
});
