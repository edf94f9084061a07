import type { ChannelSummary } from '../../../src/contracts/chat/chat.js';
import { Types } from 'mongoose';
import { Nights } from '../../../src/cohorts/nights/nights.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';

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

  it('given the process dies right after it was published, joined or called off, then another one follows', async () => {
    const id = await aWorkshop('Followed by another', 5);
    const path = `/api/cohorts/${cohortId}/workshops/${id}`;
    const fellow = await aMember(world, cohortId, 'fellow');
    const ofIt = async (person: TestPerson) =>
      (await channelsOf(person)).filter(({ name }) => name === 'followed-by-another').map(({ archived }) => archived);
    await killedAfter(world, () => staff.client.post(`${path}/publish`));
    expect(await ofIt(host)).toEqual([]);
    await followOutbox(world);
    expect(await ofIt(host)).toEqual([false]);
    await killedAfter(world, () => fellow.client.put(`${path}/registration`, {}));
    await followOutbox(world);
    expect(await ofIt(fellow)).toEqual([false]);
    await killedAfter(world, () => staff.client.post(`${path}/cancel`, { reason: 'No room' }));
    await followOutbox(world);
    expect(await ofIt(fellow)).toEqual([true]);
  });

  it('given a week has passed since it began, or no fact says that it is there, then the night puts right what is', async () => {
    const id = await aWorkshop('Over by then', 5);
    await staff.client.post(`/api/cohorts/${cohortId}/workshops/${id}/publish`);
    await world.settled();
    const { _id: _, ...row } = (await world.db.collection('workshops').findOne({ _id: new Types.ObjectId(id) }))!;
    const ofBefore = { ...row, _id: new Types.ObjectId(), title: 'Of before', startsAt: new Date('2026-11-20T13:00Z') };
    await world.db.collection('workshops').insertOne({ ...ofBefore, endsAt: new Date('2026-11-20T15:00Z') });
    const named = async (name: string) =>
      (await channelsOf(host)).filter((one) => one.name === name).map(({ archived }) => archived);
    expect([await named('over-by-then'), await named('of-before')]).toEqual([[false], []]);
    world.clock.set('2026-11-11T03:00:00.000Z');
    await Promise.all(world.nodes.map(({ app }) => app.get(Nights).turn()));
    expect([await named('over-by-then'), await named('of-before')]).toEqual([[true], [false]]);
  });
});
