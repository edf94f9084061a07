import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';

/** Acts of admins on accounts, on two processes at once. */
let world: TestWorld;
let admin: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.db.collection('users').updateMany({ isAdmin: true }, { $set: { isAdmin: false } });
  admin = await aPerson(world, { isAdmin: true });
});

const path = (who: TestPerson, act = '') => `/api/admin/people/${who.id}${act}`;

it('given a cohort that closes as they come back, by two processes, then nobody is a fellow of a closed one, ten times over', async () => {
  for (let times = 0; times < 10; times += 1) {
    const cohortId = await aCohort(world);
    const staff = await aMember(world, cohortId, 'staff');
    const fellow = await aMember(world, cohortId, 'fellow');
    await admin.client.post(path(fellow, '/deactivate'), {});
    const answers = await Promise.all([
      clientOf(world.nodes[1]!.url, staff.token).post(`/api/cohorts/${cohortId}/close`),
      admin.client.post(path(fellow, '/reactivate')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const { cohorts } = (await admin.client.get(path(fellow))).body;
    expect([times, cohorts]).toMatchObject([times, [{ cohortId, role: 'alumni', state: 'closed' }]]);
  }
});

it('given two who take it from each other on two nodes at once, then one stays, ten times over', async () => {
  for (let round = 0; round < 10; round += 1) {
    await world.db.collection('users').updateMany({ isAdmin: true }, { $set: { isAdmin: false } });
    const [one, other] = [await aPerson(world, { isAdmin: true }), await aPerson(world, { isAdmin: true })];
    const act = round % 2 === 0 ? 'admin' : 'close';
    const ask = (by: TestPerson, whom: TestPerson, node: number) => {
      const client = by.client.on(world.nodes[node]!.url);
      return act === 'admin' ? client.delete(path(whom, '/admin')) : client.post(path(whom, '/deactivate'), {});
    };
    const answers = await Promise.all([ask(one, other, 0), ask(other, one, 1)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect(await world.db.collection('users').countDocuments({ isAdmin: true })).toBe(1);
  }
});
