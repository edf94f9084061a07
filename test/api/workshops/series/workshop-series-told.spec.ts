import { Types } from 'mongoose';
import { EventBus } from '../../../../src/infra/events/event-bus.js';
import { WorkshopNotices } from '../../../../src/notifications/notices/workshop.notices.js';
import { RegistrationsRepository } from '../../../../src/workshops/registrations/registrations.repository.js';
import { SeriesGrowth } from '../../../../src/workshops/series/series-growth.js';
import { seriesJoined, seriesLeft } from '../../../../src/workshops/workshops.events.js';
import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { aSeries } from '../../../support/rooms/workshops.js';

const MINUTE = 60_000;

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let fellow: TestPerson;
let path: string;
let id: string;
let dates: string[];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
}, 60_000);
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  fellow = await aMember(world, cohortId, 'fellow');
  ({ path, id, dates } = await aSeries(staff, cohortId, { repeat: { unit: 'week', weekdays: [2], count: 4 } }));
});
afterEach(() => jest.restoreAllMocks());

const titles = async () => {
  const { items } = (await fellow.client.get('/api/me/inbox')).body;
  return (items as { kind: string; title: string }[])
    .filter(({ kind }) => ['workshop.registered', 'workshop.left'].includes(kind))
    .map(({ title }) => title);
};
const untold = () =>
  world.db
    .collection('registrations')
    .countDocuments({ userId: new Types.ObjectId(fellow.id), 'news.at': { $exists: true } });
const look = (node = 0) => world.nodes[node]!.app.get(WorkshopNotices).tellUntold();

/** What happens meanwhile is published to nobody; returns it. */
async function lost(happens: () => Promise<unknown>): Promise<[unknown, unknown][]> {
  const published: [unknown, unknown][] = [];
  const buses = world.nodes.map((node) =>
    jest.spyOn(node.app.get(EventBus), 'publish').mockImplementation((event: unknown, facts: unknown) => {
      published.push([event, facts]);
    }),
  );
  await happens();
  buses.forEach((bus) => bus.mockRestore());
  return published;
}

describe('what one did with several dates at once', () => {
  const join = async (): Promise<unknown> => await fellow.client.put(`${path}/registration`, {});
  const leave = async (): Promise<unknown> => await fellow.client.delete(`${path}/registration`);

  it('given the word of it is lost, then the next look tells of all in one notice, and of leaving them in another', async () => {
    await lost(join);
    world.clock.advance(2 * MINUTE);
    await look();
    expect(await titles()).toEqual(['You are going: “Morning round”, 4 dates']);
    await lost(leave);
    world.clock.advance(2 * MINUTE);
    await look();
    expect((await titles()).slice(0, -1)).toEqual(['You left “Morning round”, 4 dates']);
    expect(await untold()).toBe(0);
  });

  it.each([
    ['joins', seriesJoined, join, () => Promise.resolve(), 'You are going: “Morning round”, 4 dates'],
    ['leaves', seriesLeft, leave, join, 'You left “Morning round”, 4 dates'],
  ] as const)(
    'given who %s hears of it late, in the very instant of the look, then one notice and nothing more',
    async (_what, event, act, before, title) => {
      await before();
      await eventually(async () => expect(await untold()).toBe(0));
      const known = await titles();
      const published = await lost(act);
      const [, facts] = published.find(([one]) => one === event)!;
      world.clock.advance(2 * MINUTE);
      world.nodes[1]!.app.get(EventBus).publish(event, facts as never);
      await Promise.all([look(0), look(1)]);
      await world.settled();
      await eventually(async () => expect(await untold()).toBe(0));
      expect(await titles()).toEqual([title, ...known]);
    },
  );

  it('given the act is still under way as the look comes, then it waits until all dates of it are there', async () => {
    await lost(join);
    world.clock.advance(2 * MINUTE);
    const last = { workshopId: new Types.ObjectId(dates[3]), userId: new Types.ObjectId(fellow.id) };
    const justNow = { $set: { 'news.at': world.clock.now() } };
    await world.db.collection('registrations').updateOne(last, justNow);
    await look();
    expect(await titles()).toEqual([]);
    world.clock.advance(2 * MINUTE);
    await look();
    expect(await titles()).toEqual(['You are going: “Morning round”, 4 dates']);
  });

  it('given one of the dates is left by itself before they are told, then that is told by itself, and of the others together', async () => {
    await lost(async () => {
      await join();
      await fellow.client.delete(`/api/cohorts/${cohortId}/workshops/${dates[1]!}/registration`);
    });
    world.clock.advance(2 * MINUTE);
    await look();
    expect((await titles()).sort()).toEqual(['You are going: “Morning round”, 3 dates', 'You left “Morning round”']);
  });

  it('given more dates were added and the word of it is lost, then the look says so, in one notice', async () => {
    await join();
    await eventually(async () => expect(await titles()).toHaveLength(1));
    const { edition } = (await staff.client.get(path)).body;
    await lost(async () => {
      await staff.client.post(`${path}/lengthen`, { workshopId: dates[0], edition, count: 6 });
      await eventually(async () => {
        const row = await world.db.collection('workshop-series').findOne({ _id: new Types.ObjectId(id) });
        expect(row?.growth).toBeUndefined();
      });
    });
    world.clock.advance(2 * MINUTE);
    await world.app.get(SeriesGrowth).serveLeft();
    await look();
    expect((await titles()).slice(0, -1)).toEqual(['There are more dates. You are going: “Morning round”, 2 dates']);
  });

  it('given a place that was held lapses as its reader joins all, then that is told by itself, and of the others together', async () => {
    const [holder, next] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'fellow')];
    const series = await aSeries(staff, cohortId, {
      ...{ title: 'Small round', capacity: 1, offerMinutes: 60 },
      repeat: { unit: 'week', weekdays: [2], count: 3 },
    });
    const first = `/api/cohorts/${cohortId}/workshops/${series.dates[0]!}/registration`;
    for (const one of [holder, fellow, next]) expect((await one.client.put(first, {})).body.error).toBeUndefined();
    expect((await holder.client.delete(first)).status).toBeLessThan(300);
    expect((await fellow.client.get(first.replace('/registration', ''))).body.mine.status).toBe('offered');
    // The turn of the worker, which may be first, finds nothing: the joining is what meets the end of the offer.
    const turns = world.nodes.map(({ app }) =>
      jest.spyOn(app.get(RegistrationsRepository), 'workshopsWithLapsed').mockResolvedValue([]),
    );
    world.clock.advance(61 * MINUTE);
    expect((await fellow.client.put(`${series.path}/registration`, {})).status).toBeLessThan(300);
    turns.forEach((turn) => turn.mockRestore());
    const told = async (kind: string) =>
      ((await fellow.client.get('/api/me/inbox')).body.items as { kind: string; title: string }[])
        .filter((one) => one.kind === kind)
        .map(({ title }) => title);
    await eventually(async () => expect(await told('workshop.lapsed')).toHaveLength(1));
    await eventually(async () =>
      expect((await told('workshop.registered'))[0]).toBe('You are going: “Small round”, 2 dates'),
    );
  });
});
