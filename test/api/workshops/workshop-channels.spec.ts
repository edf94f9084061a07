import type { ChannelSummary } from '../../../src/contracts/chat/chat.js';
import { Types } from 'mongoose';
import { WorkshopChannels } from '../../../src/bridges/workshop-channels.js';
import { MINUTE } from '../../../src/common/times/clock.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let host: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  host = await aMember(world, cohortId, 'coach');
});
afterAll(() => world.stop());

const channelsOf = async (person: TestPerson) =>
  ((await person.client.get('/api/channels')).body.items as ChannelSummary[]).filter((one) => one.kind === 'workshop');

async function aWorkshop(title: string, capacity: number): Promise<string> {
  const { body } = await staff.client.post(`/api/cohorts/${cohortId}/workshops`, {
    title,
    kind: 'workshop',
    startsAt: '2026-11-03T13:00:00.000Z',
    endsAt: '2026-11-03T15:00:00.000Z',
    timeZone: 'Europe/Paris',
    capacity,
    hosts: [host.id],
  });
  return body.id as string;
}

describe('the channel of a workshop', () => {
  it('is there from its publication for the hosts, then for who goes; who waits or leaves is not in it', async () => {
    const [first, second] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'fellow')];
    const id = await aWorkshop('Écrire pour tous', 1);
    await world.settled();
    expect(await channelsOf(host)).toEqual([]);
    const path = `/api/cohorts/${cohortId}/workshops/${id}`;
    expect((await staff.client.post(`${path}/publish`)).status).toBeLessThan(300);
    await eventually(async () => expect((await channelsOf(host)).map((one) => one.name)).toEqual(['écrire-pour-tous']));
    await first.client.put(`${path}/registration`, {});
    await second.client.on(world.nodes[1]!.url).put(`${path}/registration`, {});
    await world.settled();
    expect([await channelsOf(first), await channelsOf(second)].map((one) => one.length)).toEqual([1, 0]);
    await first.client.delete(`${path}/registration`);
    await world.settled();
    expect([await channelsOf(first), await channelsOf(second)].map((one) => one.length)).toEqual([0, 1]);
    await staff.client.post(`${path}/cancel`, { reason: 'The room is closed' });
    await world.settled();
    expect((await channelsOf(second))[0]).toMatchObject({ archived: true });
  });

  it('given a write that shows after a turn, with an instant before what the turn saw, then the next turn sees it', async () => {
    const turn = () => world.app.get(WorkshopChannels).turn();
    const id = await aWorkshop('Late to be seen', 5);
    await turn();
    const late = new Date(world.clock.now().getTime() - MINUTE);
    const _id = new Types.ObjectId(id);
    await world.db.collection('workshops').updateOne({ _id }, { $set: { status: 'published', changedAt: late } });
    await turn();
    expect(await world.db.collection('channels').countDocuments({ key: `workshop:${id}` })).toBe(1);
  });

  it('given more workshops of one instant than a turn takes, and no event of them, then each has its channel after two turns', async () => {
    const id = await aWorkshop('Many at once', 5);
    const workshops = world.db.collection('workshops');
    const { _id: _, ...row } = (await workshops.findOne({ _id: new Types.ObjectId(id) }))!;
    const changedAt = new Date(world.clock.now().getTime() + MINUTE);
    const many = Array.from({ length: 60 }, () => ({
      ...{ ...row, _id: new Types.ObjectId() },
      ...{ status: 'published', title: 'One of many', changedAt },
    }));
    await workshops.insertMany(many);
    world.clock.advance(MINUTE);
    for (let turns = 0; turns < 2; turns += 1) await world.app.get(WorkshopChannels).turn();
    const keys = many.map(({ _id }) => `workshop:${String(_id)}`);
    expect(await world.db.collection('channels').countDocuments({ key: { $in: keys } })).toBe(60);
  });
});
