import { Types } from 'mongoose';
import { MembershipsRepository } from '../../../src/cohorts/members/memberships.repository.js';
import { Realtime } from '../../../src/infra/realtime/realtime.js';
import { rooms } from '../../../src/infra/realtime/rooms.js';
import { clientOf, connect } from '../../support/client.js';
import { pace } from '../../support/patience.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { PASSWORD, type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { acceptInvitation } from '../../support/rooms/invitations.js';

let world: TestWorld;
let cohortId: string;
let path: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set('2026-10-13T09:45:00.000Z');
  cohortId = await aCohort(world);
  path = `/api/cohorts/${cohortId}/invitations`;
  staff = await aMember(world, cohortId, 'staff');
});

let count = 0;
const address = () => `new${(count += 1)}@people.test`;
const one = (email: string, more: object = {}) => ({ people: [{ email, name: 'Ana', role: 'fellow', ...more }] });
const tokenOf = (url: string) => /\/invitation\/(.+)$/.exec(url)![1]!;
const list = async () => (await staff.client.get(path)).body.items as any[];
const nobody = () => clientOf(world.url);

async function invite(email: string, more: object = {}): Promise<string> {
  expect((await staff.client.post(path, one(email, more))).body.created).toBe(1);
  return tokenOf((await list())[0].url);
}

const accept = (token: string, more: object = {}) => acceptInvitation(world, token, more);

it('given an invitation that says a craft, then it was given to who accepts it, there, also to who had an account', async () => {
  const craftOf = async (email: string) =>
    ((await staff.client.get(`/api/cohorts/${cohortId}/members`)).body.items as any[]).find(
      (member) => member.email === email,
    ).givenCraft;
  const [named, plain] = [address(), address()];
  await accept(await invite(named, { craft: 'designer' }));
  await accept(await invite(plain));
  expect(await Promise.all([named, plain].map(craftOf))).toEqual(['designer', null]);
  const known = await aPerson(world, { craft: 'data' });
  const token = await invite(known.email, { craft: 'product' });
  expect((await known.client.post(`/api/auth/invitations/${token}/accept`, {})).status).toBe(200);
  expect(await craftOf(known.email)).toBe('product');
  expect((await known.client.get('/api/me')).body.craft).toBe('data');
});

describe('accepting', () => {
  it('given the cohort is closed in the same instant, then who accepts is alumni, or finds it closed', async () => {
    const tokens: string[] = [];
    for (let index = 0; index < 6; index += 1) tokens.push(await invite(address()));
    const [closed, ...answers] = await Promise.all([
      staff.client.post(`/api/cohorts/${cohortId}/close`),
      ...tokens.map((token, index) =>
        clientOf(world.nodes[index % 2]!.url).post(`/api/auth/invitations/${token}/accept`, { password: PASSWORD }),
      ),
    ]);
    expect(closed.status).toBe(200);
    expect(answers.every(({ status, body }) => status === 200 || body.code === 'cohort_closed')).toBe(true);
    const { items } = (await staff.client.get(`/api/cohorts/${cohortId}/members`)).body;
    expect(items.filter((member: any) => member.role === 'fellow')).toEqual([]);
    expect(items.filter((member: any) => member.role === 'alumni')).toHaveLength(
      answers.filter(({ status }) => status === 200).length,
    );
  });

  it('given a fellow who accepts between the last look and the end of closing, then the cohort has none', async () => {
    const token = await invite(address());
    const memberships = world.app.get(MembershipsRepository);
    const graduate = memberships.graduate.bind(memberships);
    let accepting: ReturnType<typeof accept> | undefined;
    memberships.graduate = async (...asked) => {
      await graduate(...asked);
      accepting ??= accept(token);
      // A head start, in which an acceptance that nothing holds back is over.
      await Promise.race([accepting, pace(1500)]);
    };
    const closed = await staff.client.post(`/api/cohorts/${cohortId}/close`);
    memberships.graduate = graduate;
    expect(closed.status).toBe(200);
    expect((await accepting)!.body).toMatchObject({ status: 409, code: 'cohort_closed' });
    const { items } = (await staff.client.get(`/api/cohorts/${cohortId}/members`)).body;
    expect(items.map((member: any) => member.role)).toEqual(['staff']);
  });

  it('given an address with an account, then only who is signed in with it can accept', async () => {
    const known = await aPerson(world);
    const token = await invite(known.email);
    const at = `/api/auth/invitations/${token}/accept`;
    expect((await accept(token)).body).toMatchObject({ status: 401, code: 'sign_in_to_accept' });
    expect((await staff.client.post(at, {})).body).toMatchObject({ status: 409, code: 'other_account' });
    expect((await clientOf(world.url, 'nonsense').post(at, {})).status).toBe(401);
    expect((await known.client.get('/api/me')).body).toMatchObject({ name: known.name, memberships: [] });
    const accepted = await known.client.post(at, {});
    expect(accepted.body.me.memberships).toEqual([expect.objectContaining({ cohortId, role: 'fellow' })]);
    expect((await known.client.post(at, {})).body.code).toBe('invitation_used');
    expect((await nobody().post('/api/auth/login', { email: known.email, password: PASSWORD })).status).toBe(200);
  });

  it('given a member who accepts an invitation to another role, then they stay what they are, on live sockets too', async () => {
    const fellow = await aMember(world, cohortId, 'fellow');
    const other = address();
    const token = await invite(other, { role: 'staff' });
    await world.db.collection('users').updateOne({ _id: new Types.ObjectId(fellow.id) }, { $set: { email: other } });
    const live = await connect(world.url, fellow.token);
    const accepted = await fellow.client.post(`/api/auth/invitations/${token}/accept`, {});
    expect(accepted.body.me.memberships).toEqual([expect.objectContaining({ cohortId, role: 'fellow' })]);
    await world.settled();
    const staffRoom = world.app.get(Realtime).socketsHere(rooms.cohortStaff(cohortId));
    expect(staffRoom.map((socket) => socket.data.userId)).not.toContain(fellow.id);
    live.close();
  });

  it('given a host and a coach with a project, then they host and coach it', async () => {
    await staff.client.post(`/api/cohorts/${cohortId}/projects`, { name: 'Sols', agency: 'A' });
    const host = (await accept(await invite(address(), { role: 'host', project: 'Sols' }))).body.me;
    const coach = (await accept(await invite(address(), { role: 'coach', project: 'Sols' }))).body.me;
    const [project] = (await staff.client.get(`/api/cohorts/${cohortId}/projects`)).body.items;
    expect(project).toMatchObject({ hosts: [{ id: host.id }], coach: { id: coach.id }, fellows: [] });
  });
});
