import fc from 'fast-check';
import { Types } from 'mongoose';
import { BusySources } from '../../../src/calendar/busy-sources.js';
import { idOf, toIds } from '../../../src/infra/mongo/ids.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { countQueries } from '../../support/queries.js';
import { aWorkshop, hoursAfter } from '../../support/rooms/workshops.js';

const STARTS = '2026-10-15T08:00:00.000Z';
const FROM = new Date('2026-10-14T00:00:00Z');
const TO = new Date('2026-10-17T00:00:00Z');

let world: TestWorld;
let cohort: string;
let staff: TestPerson;
let people: TestPerson[];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
  people = await Promise.all(Array.from({ length: 5 }, () => aMember(world, cohort, 'fellow')));
});
afterAll(() => world.stop());

const ids = () => people.map(({ id }) => id);
const urlOf = (index: number) => world.nodes[index % 2]!.url;
const slots = async (person: TestPerson, coachId: string) => {
  const path = `/api/cohorts/${cohort}/slots?from=2026-10-14T22:00:00Z&to=2026-10-16T22:00:00Z&coachId=${coachId}`;
  return ((await person.client.get(path)).body.slots as { startsAt: string }[]).map((slot) =>
    slot.startsAt.slice(8, 16),
  );
};

interface Act {
  kind: 'join' | 'leave' | 'move' | 'host' | 'there' | 'cancel';
  person: number;
  at: number;
  hours: number;
  node: number;
}

/** When they are taken, found the slow way: from the workshops themselves, whatever is kept beside them. */
async function slowly(from: Date, to: Date): Promise<string[]> {
  const everybody = toIds(ids());
  const registrations = world.db.collection('registrations');
  const going = await registrations
    .find({ userId: { $in: everybody }, status: { $in: ['going', 'attended'] } })
    .toArray();
  const workshops = await world.db
    .collection('workshops')
    .find({ status: 'published', startsAt: { $lt: to }, endsAt: { $gt: from } })
    .toArray();
  return workshops
    .flatMap((one) => {
      const guests = going.filter(({ workshopId }) => workshopId.equals(one._id)).map(({ userId }) => String(userId));
      const hosts = (one.hosts as Types.ObjectId[]).map(String).filter((host) => ids().includes(host));
      return [...guests, ...hosts].map(
        (userId) => `${userId} ${one.startsAt.toISOString()} ${one.endsAt.toISOString()}`,
      );
    })
    .sort();
}

const quickly = async (from: Date, to: Date) =>
  (await world.app.get(BusySources).everything(ids(), from, to))
    .map(({ userId, startsAt, endsAt }) => `${userId} ${startsAt.toISOString()} ${endsAt.toISOString()}`)
    .sort();

describe('who is taken', () => {
  it('given a workshop that moves and is called off, then it frees the old time and blocks the new one', async () => {
    const coach = await aCoach(world, cohort, {
      weekly: [4, 5].map((weekday) => ({ weekday, start: '10:00', end: '11:00' })),
    });
    const [fellow] = people as [TestPerson];
    const { path } = await aWorkshop(staff, cohort);
    expect(await slots(fellow, coach.id)).toEqual(['15T08:00', '16T08:00']);
    await fellow.client.put(`${path}/registration`, {});
    expect(await slots(fellow, coach.id)).toEqual(['16T08:00']);
    const revision = (await staff.client.get(path)).body.revision;
    const moved = { startsAt: hoursAfter(STARTS, 24), endsAt: hoursAfter(STARTS, 26), revision };
    expect((await staff.client.patch(path, moved)).status).toBe(200);
    expect(await slots(fellow, coach.id)).toEqual(['15T08:00']);
    expect((await staff.client.post(`${path}/cancel`, { reason: 'Nobody has a key to the room.' })).status).toBe(200);
    expect(await slots(fellow, coach.id)).toEqual(['15T08:00', '16T08:00']);
  });

  it('given who waits, then they are free until they get a place, and free again when they leave', async () => {
    const { path } = await aWorkshop(staff, cohort, { capacity: 1 });
    const [first, second] = people as [TestPerson, TestPerson];
    const isTaken = async (person: TestPerson) => (await quickly(FROM, TO)).some((line) => line.startsWith(person.id));
    await first.client.put(`${path}/registration`, {});
    await second.client.put(`${path}/registration`, {});
    expect([await isTaken(first), await isTaken(second)]).toEqual([true, false]);
    await first.client.delete(`${path}/registration`);
    expect([await isTaken(first), await isTaken(second)]).toEqual([false, true]);
    await second.client.delete(`${path}/registration`);
    expect(await quickly(FROM, TO)).toEqual([]);
  });

  it('given people who join on one node while it moves on the other, then each is taken at its last time', async () => {
    const { path } = await aWorkshop(staff, cohort, { title: 'It moves' });
    const move = async (hours: number) => {
      const revision = (await staff.client.get(path)).body.revision;
      const times = { startsAt: hoursAfter(STARTS, hours), endsAt: hoursAfter(STARTS, hours + 1), revision };
      expect((await staff.client.on(urlOf(1)).patch(path, times)).status).toBe(200);
    };
    const joining = people.map((person, index) => person.client.on(urlOf(index)).put(`${path}/registration`, {}));
    for (const hours of [1, 2, 3]) await move(hours);
    expect((await Promise.all(joining)).map((one) => one.status)).toEqual(people.map(() => 200));
    expect(await quickly(FROM, TO)).toEqual(
      ids()
        .map((id) => `${id} ${hoursAfter(STARTS, 3)} ${hoursAfter(STARTS, 4)}`)
        .sort(),
    );
    await staff.client.post(`${path}/cancel`, { reason: 'It moved too often.' });
  });

  it('given any acts on workshops, then it is what one finds from the workshops themselves', async () => {
    const places = await Promise.all(
      [1, 2, 20].map((capacity) => aWorkshop(staff, cohort, { capacity, title: `Of ${capacity}` })),
    );
    const act = fc.record<Act>({
      kind: fc.constantFrom('join', 'join', 'join', 'leave', 'move', 'host', 'there', 'cancel'),
      person: fc.nat(people.length - 1),
      at: fc.nat(places.length - 1),
      hours: fc.integer({ min: -10, max: 40 }),
      node: fc.nat(1),
    });
    let steps = 0;
    let most = 0;
    const change = async (path: string, node: number, body: object) => {
      const { revision } = (await staff.client.get(path)).body;
      return await staff.client.on(urlOf(node)).patch(path, { revision, ...body });
    };
    const run = async ({ kind, person, at, hours, node }: Act) => {
      const who = people[person]!;
      const { path, id } = places[at]!;
      steps += 1;
      if (kind === 'join') await who.client.on(urlOf(node)).put(`${path}/registration`, {});
      if (kind === 'leave') await who.client.on(urlOf(node)).delete(`${path}/registration`);
      if (kind === 'move')
        await change(path, node, { startsAt: hoursAfter(STARTS, hours), endsAt: hoursAfter(STARTS, hours + 2) });
      if (kind === 'host') await change(path, node, { hosts: [who.id] });
      if (kind === 'there')
        await world.db
          .collection('registrations')
          .updateOne({ workshopId: idOf(id), userId: idOf(who.id), status: 'going' }, { $set: { status: 'attended' } });
      if (kind === 'cancel' && steps % 4 === 0) {
        await staff.client.on(urlOf(node)).post(`${path}/cancel`, { reason: 'One of many acts.' });
        places[at] = await aWorkshop(staff, cohort, { capacity: 2, title: `Number ${steps}` });
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 10 }), async (acts) => {
        for (const one of acts) await run(one);
        const all = await slowly(FROM, TO);
        most = Math.max(most, all.length);
        expect(await quickly(FROM, TO)).toEqual(all);
        const narrow = [new Date(hoursAfter(STARTS, 1)), new Date(hoursAfter(STARTS, 9))] as const;
        expect(await quickly(...narrow)).toEqual(await slowly(...narrow));
      }),
      { numRuns: 20 },
    );
    expect(most).toBeGreaterThan(3);
  });

  it('given 20 coaches and four weeks, then one question finds who is taken, and answers with slots', async () => {
    const place = await aCohort(world);
    const me = await aMember(world, place, 'fellow');
    const coaches = await Promise.all(Array.from({ length: 20 }, () => aCoach(world, place)));
    await aSession(place, me, coaches[0]!.id, '2026-10-14T07:00:00Z');
    await eventually(async () => {
      const queries = countQueries(world.db, ['sessions', 'outside-busy', 'registrations', 'workshops']);
      const path = `/api/cohorts/${place}/slots?from=2026-10-13T00:00:00Z&to=2026-11-10T00:00:00Z`;
      const { body } = await me.client.get(path);
      expect([queries(), body.slots.length > 1000]).toEqual([1, true]);
    });
  });
});
