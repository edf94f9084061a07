import type { ChannelSummary } from '../../src/contracts/chat.js';
import { startWorld, type TestWorld } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../support/factories.js';

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
    await eventually(async () => expect((await channelsOf(host)).map((one) => one.name)).toEqual(['ecrire-pour-tous']));
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
});
