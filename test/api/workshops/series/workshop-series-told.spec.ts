import { Types } from 'mongoose';
import { Outbox } from '../../../../src/infra/outbox/outbox.js';
import { SeriesNotices } from '../../../../src/notifications/notices/series.notices.js';
import { PlacesService } from '../../../../src/workshops/registrations/places.service.js';
import { RegistrationsRepository } from '../../../../src/workshops/registrations/registrations.repository.js';
import type { SeriesAsked } from '../../../../src/workshops/workshops.events.js';
import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { followOutbox, killedAfter } from '../../../support/outbox.js';
import { aSeries } from '../../../support/rooms/workshops.js';

const MINUTE = 60_000;

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let fellow: TestPerson;
let path: string;
let dates: string[];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  fellow = await aMember(world, cohortId, 'fellow');
  ({ path, dates } = await aSeries(staff, cohortId, { repeat: { unit: 'week', weekdays: [2], count: 4 } }));
});
afterEach(() => jest.restoreAllMocks());

const titles = async () => {
  const { items } = (await fellow.client.get('/api/me/inbox')).body;
  return (items as { kind: string; title: string }[])
    .filter(({ kind }) => ['workshop.registered', 'workshop.left'].includes(kind))
    .map(({ title }) => title);
};
/** What is in the outbox of joining and leaving several dates. */
const inOutbox = async () =>
  (await world.db.collection('outbox').find().toArray()).filter(({ kind }) => /^series/.test(kind as string));

/** The last date waits for a place until somebody opens. */
function holdLastDate(): { open: () => void } {
  const places = world.app.get(PlacesService);
  const ask = places.ask.bind(places);
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  jest.spyOn(places, 'ask').mockImplementation(async (workshopId, asked) => {
    if (workshopId === dates[3]) await opened;
    return await ask(workshopId, asked);
  });
  return { open };
}

/** The dates before the last one are joined, and the act goes on. */
const joinedButLast = () =>
  eventually(async () => {
    const mine = { userId: new Types.ObjectId(fellow.id), status: 'going' };
    expect(await world.db.collection('registrations').countDocuments(mine)).toBe(3);
  });

const turn = () => Promise.all(world.nodes.map(({ app }) => app.get(Outbox).turn()));

describe('what one did with several dates at once', () => {
  const join = async (): Promise<unknown> => await fellow.client.put(`${path}/registration`, {});
  const leave = async (): Promise<unknown> => await fellow.client.delete(`${path}/registration`);

  it('given the process dies right after, then all of it is told in one notice, and of leaving them in another', async () => {
    await killedAfter(world, join);
    expect(await titles()).toEqual([]);
    await followOutbox(world);
    expect(await titles()).toEqual(['You are going: “Morning round”, 4 dates']);
    await killedAfter(world, leave);
    await followOutbox(world);
    expect((await titles()).slice(0, -1)).toEqual(['You left “Morning round”, 4 dates']);
    expect(await inOutbox()).toEqual([]);
  });

  it.each([
    ['joins', join, () => Promise.resolve(), 'You are going: “Morning round”, 4 dates'],
    ['leaves', leave, join, 'You left “Morning round”, 4 dates'],
  ] as const)(
    'given what one %s is told by two processes at once, then one notice and nothing more',
    async (...given) => {
      const [, act, before, title] = given;
      await before();
      await eventually(async () => expect(await inOutbox()).toEqual([]));
      const known = await titles();
      await killedAfter(world, act);
      const [row] = await inOutbox();
      await Promise.all(
        world.nodes.map(({ app }) => app.get(SeriesNotices).tellPlaces(row!['fact'] as never as SeriesAsked)),
      );
      await followOutbox(world);
      expect(await titles()).toEqual([title, ...known]);
    },
  );

  it('given the act is still under way, then nobody tells of it until all dates of it are there', async () => {
    const { open } = holdLastDate();
    const joining = join();
    await joinedButLast();
    await turn();
    expect(await titles()).toEqual([]);
    open();
    await joining;
    await eventually(async () => expect(await titles()).toEqual(['You are going: “Morning round”, 4 dates']));
  });

  it('given the process dies in the midst of it, then what is there is told when its time is up', async () => {
    const { open } = holdLastDate();
    const joining = join();
    await joinedButLast();
    world.clock.advance(30_000);
    await turn();
    await eventually(async () => expect(await titles()).toEqual(['You are going: “Morning round”, 3 dates']));
    open();
    await joining;
  });

  it('given one of the dates is left by itself before they are told, then that is told by itself, and of the others together', async () => {
    await killedAfter(world, async () => {
      await join();
      await fellow.client.delete(`/api/cohorts/${cohortId}/workshops/${dates[1]!}/registration`);
    });
    await followOutbox(world);
    expect((await titles()).sort()).toEqual(['You are going: “Morning round”, 3 dates', 'You left “Morning round”']);
  });

  it('given more dates were added and the process dies, then that is told in one notice', async () => {
    await join();
    await eventually(async () => expect(await titles()).toHaveLength(1));
    const { edition } = (await staff.client.get(path)).body;
    const more = { workshopId: dates[0], edition, count: 6 };
    expect((await killedAfter(world, () => staff.client.post(`${path}/lengthen`, more))).status).toBe(200);
    await followOutbox(world);
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
