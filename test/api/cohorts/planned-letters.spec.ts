import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { handOverAt } from '../../support/deliveries-turn.js';
import { PASSWORD, type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';
import { mailTo } from '../../support/rooms/guests.js';

/** Letters that are planned speak in the name of who invites. Once that one is out, they wait for those who are left. */
let world: TestWorld;
let cohortId: string;
let [admin, colleague, left]: TestPerson[] = [];
let made = 0;

const NOW = '2026-06-10T08:00:00.000Z';
const DAY = '2026-06-24T08:00:00.000Z';

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world);
  admin = await aPerson(world, { isAdmin: true });
  colleague = await aMember(world, cohortId, 'staff');
  left = await aMember(world, cohortId, 'staff');
});

const path = () => `/api/cohorts/${cohortId}/invitations`;
const plan = async (by: TestPerson, sendAt = DAY) => {
  const email = `planned-${(made += 1)}@people.test`;
  const people = [{ email, name: 'Ana', role: 'fellow' }];
  expect((await by.client.post(path(), { people, sendAt, note: 'Welcome' })).body.created).toBe(1);
  return email;
};
const rowOf = async (email: string) =>
  (await colleague!.client.get(path())).body.items.find((one: { email: string }) => one.email === email);
const setDay = async (by: TestPerson, email: string, sendAt = DAY) =>
  (await by.client.post(`${path()}/letters`, { invitationIds: [(await rowOf(email)).id], sendAt })).body.items[0]
    .outcome;
const member = () => `/api/cohorts/${cohortId}/members/${left!.id}`;

it.each([
  ['are taken out of the team', () => admin!.client.delete(member())],
  ['have another role', () => admin!.client.patch(member(), { role: 'coach' })],
  ['have their account closed', () => admin!.client.post(`/api/admin/people/${left!.id}/deactivate`, {})],
])(
  'given they %s, then no letter goes in their name, nor on a day that they set; those of others do',
  async (_, act) => {
    const [theirs, others, taken] = [await plan(left!), await plan(colleague!), await plan(colleague!, 'not_yet')];
    expect(await setDay(left!, taken)).toBe('planned');
    expect((await act()).status).toBeLessThan(300);
    await followOutbox(world);
    for (const email of [theirs, taken])
      expect(await rowOf(email)).toMatchObject({ state: 'pending', letter: 'kept', sendAt: null });
    await handOverAt(world, 'invitation', '2026-06-24T08:00:01.000Z');
    await world.mail.to(others);
    expect([world.mail.asked(theirs), world.mail.asked(taken)]).toEqual([0, 0]);
    // They are as long good as any that is kept, and staff send them.
    world.clock.set('2027-05-01T08:00:00.000Z');
    expect((await rowOf(theirs)).state).toBe('pending');
  },
);

it('given who is of the team again, then what they planned stands', async () => {
  const email = await plan(left!);
  await admin!.client.patch(member(), { role: 'coach' });
  await admin!.client.patch(member(), { role: 'staff' });
  await followOutbox(world);
  expect(await setDay(left!, email)).toBe('planned');
  const again = await plan(left!);
  await followOutbox(world);
  expect([await rowOf(email), await rowOf(again)]).toMatchObject([{ letter: 'planned' }, { letter: 'planned' }]);
});

it('given an account that is given back, then what was planned in its name is kept, and what its owner plans from then on goes', async () => {
  const email = await plan(left!);
  const nobody = clientOf(world.url);
  await nobody.post('/api/auth/password/forgot', { email: left!.email });
  const token = /\/reset\/(\S+)/.exec((await mailTo(world, left!.email, 'assword')).text!)![1]!;
  expect((await nobody.post('/api/auth/password/reset', { token, password: `${PASSWORD} anew` })).status).toBe(204);
  await followOutbox(world);
  expect(await rowOf(email)).toMatchObject({ letter: 'kept' });
  world.clock.advance(10_000);
  // The owner, who is signed in anew, sets the day themselves.
  const login = await nobody.post('/api/auth/login', { email: left!.email, password: `${PASSWORD} anew` });
  const owner = { ...left!, client: clientOf(world.url, login.body.accessToken) };
  expect(await setDay(owner, email)).toBe('planned');
  world.clock.advance(120_000);
  await followOutbox(world);
  expect(await rowOf(email)).toMatchObject({ letter: 'planned' });
});
