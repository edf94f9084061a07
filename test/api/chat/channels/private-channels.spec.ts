import type { ChannelSummary } from '../../../../src/contracts/chat/chat.js';
import { startWorld, type TestWorld } from '../../../support/app.js';
import { aPrivateChannel, channelOf, say } from '../../../support/rooms/chat.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let staff: TestPerson;
let outsider: TestPerson;
let room: string;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier', craft: 'data' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre', craft: 'data' });
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  room = await aPrivateChannel(ines, cohortId, [leo]);
});

describe('private channels', () => {
  it('refuses who is no member of the cohort, when made and later', async () => {
    const made = await ines.client.post(`/api/cohorts/${cohortId}/channels`, {
      name: 'x',
      memberIds: [leo.id, outsider.id],
    });
    expect(made.status).toBe(422);
    expect(made.body.errors).toEqual([{ field: '/memberIds/1', code: 'unknown' }]);
    expect((await ines.client.put(`/api/channels/${room}/members/${outsider.id}`)).status).toBe(404);
  });

  it('given a kept channel, then nobody is let in or out by hand, and only its topic is changed, by staff', async () => {
    const { id } = await channelOf(ines, 'cohort');
    expect((await ines.client.delete(`/api/channels/${id}/members/${ines.id}`)).body.code).toBe('kept_by_membership');
    expect((await ines.client.patch(`/api/channels/${id}`, { topic: 'x' })).status).toBe(403);
    expect((await staff.client.patch(`/api/channels/${id}`, { name: 'x' })).body.code).toBe('kept_by_membership');
    expect((await staff.client.patch(`/api/channels/${id}`, { topic: 'For all' })).body.topic).toBe('For all');
  });
});

describe('direct channels', () => {
  it('given nothing was said, then only who opened it sees it', async () => {
    const other = await aMember(world, cohortId, 'coach');
    const { id } = (await other.client.post('/api/direct', { userIds: [leo.id] })).body;
    const has = async (person: TestPerson) =>
      (await person.client.get('/api/channels')).body.items.some((one: ChannelSummary) => one.id === id);
    expect([await has(other), await has(leo)]).toEqual([true, false]);
    await say(other, id, 'Hello');
    expect(await has(leo)).toBe(true);
  });

  it('given somebody of another cohort or nobody, then 422 alike', async () => {
    const strange = await ines.client.post('/api/direct', { userIds: [outsider.id] });
    const nobody = await ines.client.post('/api/direct', { userIds: ['6530f0a0a0a0a0a0a0a0a0a0'] });
    expect(strange.status).toBe(422);
    expect(strange.text).toBe(nobody.text);
  });

  it('given staff, then they may not delete in a direct channel what is not theirs', async () => {
    const { id } = (await ines.client.post('/api/direct', { userIds: [staff.id] })).body;
    const message = await say(ines, id, 'between us');
    expect((await staff.client.delete(`/api/channels/${id}/messages/${message.id}`)).status).toBe(403);
  });
});
