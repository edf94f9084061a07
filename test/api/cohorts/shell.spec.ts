import { startWorld, type TestWorld } from '../../support/app.js';
import { channelOf, say } from '../../support/rooms/chat.js';
import { clientOf } from '../../support/client.js';
import { aCohort, aMember, aPerson, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès' });
  leo = await aMember(world, cohortId, 'staff', { name: 'Léo' });
  stranger = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
});
afterAll(() => world.stop());

const shellOf = ({ client }: TestPerson, ofCohort = cohortId) => client.get(`/api/shell?cohortId=${ofCohort}`);

it('given something of each part, then the answer holds what the route of each part answers', async () => {
  const { id: channelId } = await channelOf(ines, 'cohort');
  const root = await say(ines, channelId, 'Who knows a printer?');
  await say(leo, channelId, `I do, @[Inès](${ines.id})`, root.id);
  await leo.client.put('/api/me/status', { text: 'At the printer', clears: 'today' });
  await ines.client.put(`/api/me/blocked/${leo.id}`);
  await world.settled();
  const shell = await shellOf(ines);
  expect(shell.status).toBe(200);
  const alone = {
    me: '/api/me',
    cohort: `/api/cohorts/${cohortId}`,
    channels: '/api/channels',
    waitingThreads: '/api/threads/waiting',
    inbox: '/api/me/inbox',
    standings: '/api/standings',
    blocked: '/api/me/blocked',
  };
  expect(Object.keys(shell.body as object).sort()).toEqual(Object.keys(alone).sort());
  for (const [part, path] of Object.entries(alone))
    expect([part, shell.body[part]]).toEqual([part, (await ines.client.get(path)).body]);
  expect(shell.body.waitingThreads.items).toEqual([{ channelId, count: 1 }]);
  expect(shell.body.standings.items).toHaveLength(1);
  expect(shell.body.blocked.items).toHaveLength(1);
});

it('given another cohort, one that is none, or none at all, then it is of no cohort, and the rest is their own', async () => {
  for (const id of [cohortId, '0123456789abcdef01234567', 'none']) {
    const { status, body } = await shellOf(stranger, id);
    expect(status).toBe(200);
    expect(body.cohort).toBeNull();
    expect(body.me.id).toBe(stranger.id);
    expect(body.channels).toEqual((await stranger.client.get('/api/channels')).body);
    expect(JSON.stringify(body)).not.toContain(cohortId);
  }
  expect((await stranger.client.get('/api/shell')).body.cohort).toBeNull();
});

it('given an admin from outside, then they see the cohort as its own route shows it to them', async () => {
  const admin = await aPerson(world, { isAdmin: true });
  const { body } = await shellOf(admin);
  expect(body.cohort).toEqual((await admin.client.get(`/api/cohorts/${cohortId}`)).body);
  expect(body.channels.items).toEqual([]);
});

it('given nobody, or an odd question, then it answers nothing', async () => {
  expect((await clientOf(world.url).get('/api/shell')).status).toBe(401);
  expect((await ines.client.get('/api/shell?cohortId=')).status).toBe(422);
  expect((await ines.client.get('/api/shell?limit=1')).status).toBe(422);
});
