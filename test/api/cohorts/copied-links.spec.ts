import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from '../../support/factories.js';
import { mailTo } from '../../support/rooms/guests.js';
import { followOutbox } from '../../support/outbox.js';

/** Staff and admins copy the links of those who are invited. Once they are none any more, what they copied opens nothing; what went by mail does. */
let world: TestWorld;
let cohortId: string;
let [admin, other, left]: TestPerson[] = [];
let made = 0;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  admin = await aPerson(world, { isAdmin: true });
  other = await aPerson(world, { isAdmin: true });
  left = await aMember(world, cohortId, 'staff');
});

/** Invites somebody in a role; the link that one of the team copies, and that of the letter. */
async function invited(role: string, by = left!) {
  const email = `copied-${(made += 1)}@people.test`;
  const path = `/api/cohorts/${cohortId}/invitations`;
  await by.client.post(path, { people: [{ email, name: 'Ada', role }] });
  const { items } = (await by.client.get(path)).body;
  const copied = items
    .find((one: { email: string }) => one.email === email)
    .url.split('/')
    .at(-1) as string;
  const mailed = /\/invitation\/(\S+)/.exec((await mailTo(world, email, 'invit')).text!)![1]!;
  return { copied, mailed };
}
const accept = async (token: string) => {
  const body = { name: 'Eve', password: 'a long enough password' };
  return (await clientOf(world.url).post(`/api/auth/invitations/${token}/accept`, body)).status;
};
const members = () => `/api/cohorts/${cohortId}/members/${left!.id}`;

it.each([
  ['are taken out of the team', 'staff', () => admin!.client.delete(members())],
  ['are taken out of the team, and invited fellows', 'fellow', () => admin!.client.delete(members())],
  ['have another role', 'staff', () => admin!.client.patch(members(), { role: 'coach' })],
  ['have their account closed', 'staff', () => admin!.client.post(`/api/admin/people/${left!.id}/deactivate`, {})],
])('given they %s, then the links that they copied open nothing, and those of the letters do', async (_, role, act) => {
  const before = await aMember(world, cohortId, 'staff');
  const { copied, mailed } = await invited(role);
  expect((await act()).status).toBeLessThan(300);
  await followOutbox(world);
  expect(await accept(copied)).toBe(409);
  expect((await invited('fellow', before)).copied).not.toBe(copied);
  expect(await accept(mailed)).toBe(200);
});

it('given an admin is none any more, then so it is in all cohorts', async () => {
  const { copied, mailed } = await invited('staff', other);
  expect((await admin!.client.delete(`/api/admin/people/${other!.id}/admin`)).status).toBeLessThan(300);
  await followOutbox(world);
  expect([await accept(copied), await accept(mailed)]).toEqual([409, 200]);
});

it('given a fellow leaves, then the links that staff gave out stay good', async () => {
  const fellow = await aPerson(world);
  await join(world, cohortId, fellow.id, 'fellow');
  const { copied } = await invited('fellow');
  await left!.client.delete(`/api/cohorts/${cohortId}/members/${fellow.id}`);
  await followOutbox(world);
  expect(await accept(copied)).toBe(200);
});
