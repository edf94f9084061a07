import type { ParsedMail } from 'mailparser';
import { RateLimits } from '../../../src/infra/redis/rate-limits.js';
import { PEOPLE_NAMED } from '../../../src/infra/redis/naming.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { readIcs } from '../../support/ics.js';
import { aGuest, aPublicWorkshop } from '../../support/rooms/guests.js';
import { clientOf } from '../../support/client.js';
import { aSeries, aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohort: string;
let host: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
  cohort = await aCohort(world);
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  host = await aMember(world, cohort, 'coach');
  fellow = await aMember(world, cohort, 'fellow');
});

const at = (hour: number, day = 20) => ({
  startsAt: `2026-10-${day}T${String(hour).padStart(2, '0')}:00:00.000Z`,
  endsAt: `2026-10-${day}T${String(hour).padStart(2, '0')}:30:00.000Z`,
});
const minutes = (count: number) => world.clock.set(new Date(Date.parse(NOW) + count * 60_000));
const move = async (path: string, hour: number, who = host) => (await who.client.patch(path, at(hour))).status;
const moves = async (path: string, hours: number[], who = host) => {
  const statuses: number[] = [];
  for (const hour of hours) statuses.push(await move(path, hour, who));
  return statuses;
};
const goes = async (path: string, who = fellow) => {
  expect((await who.client.put(`${path}/registration`, {})).status).toBe(200);
};
const admit = async (path: string, who: TestPerson) =>
  (await host.client.put(`${path}/registrations/${who.id}`)).status;
const mine = (more: object = {}) => aWorkshop(host, cohort, { ...at(8), ...more });

/** The letters of moves that somebody has, of all that is due by now. */
const sent = async (email: string) => {
  await world.settled();
  await deliver(world);
  await deliver(world);
  const mails = await world.mail.to(email);
  return mails.filter(({ subject }) => /moved|changed/i.test(subject ?? ''));
};

describe('who puts people on a list', () => {
  it('given more than one may name, then 429; who comes by themselves does, and another host goes on', async () => {
    const { path } = await mine({ capacity: 20, reserved: 10 });
    await world.app.get(RateLimits).take(PEOPLE_NAMED, host.id, PEOPLE_NAMED.points - 1);
    expect(await admit(path, fellow)).toBe(200);
    const other = await aMember(world, cohort, 'fellow');
    expect(await admit(path, other)).toBe(429);
    await goes(path, await aMember(world, cohort, 'fellow'));
    const staff = await aMember(world, cohort, 'staff');
    expect((await staff.client.put(`${path}/registrations/${other.id}`)).status).toBe(200);
  });
});

describe('moves of a workshop', () => {
  it('given people on its list, then so many in an hour, whoever moves it; what changes nothing for them goes on, and another one moves', async () => {
    const [{ path, id }, second] = [await mine(), await mine(at(14, 21))];
    await goes(path);
    await goes(second.path);
    expect(await moves(path, [9, 10, 11, 12, 13, 14, 15])).toEqual([200, 200, 200, 200, 200, 200, 429]);
    expect(await move(path, 15, await aMember(world, cohort, 'staff'))).toBe(429);
    expect(await move(path.replace(id, id.toUpperCase()), 15)).not.toBe(200);
    expect((await host.client.patch(path, { title: 'Other words' })).status).toBe(200);
    expect((await host.client.patch(second.path, at(15, 21))).status).toBe(200);
  });

  it('given nobody on its list, then it moves as often as one likes', async () => {
    const { path } = await mine();
    expect(await moves(path, [9, 10, 11, 12, 13, 14, 15, 16])).toEqual(Array(8).fill(200));
  });

  it('given what is refused, then it counts for nothing', async () => {
    const { path } = await mine();
    await goes(path);
    await mine(at(9));
    for (let time = 0; time < 7; time += 1) expect(await move(path, 9)).toBe(409);
    expect(await move(path, 10)).toBe(200);
  });

  it('given one who moves many, then so many in an hour; the programme team moves more', async () => {
    const staff = await aMember(world, cohort, 'staff');
    const { path } = await mine();
    await goes(path);
    const limit = { name: 'workshop-moves-by', points: 30, seconds: 3600 };
    await world.app.get(RateLimits).take(limit, host.id, limit.points);
    await world.app.get(RateLimits).take(limit, staff.id, limit.points);
    expect(await move(path, 10)).toBe(429);
    expect(await move(path, 10, staff)).toBe(200);
  });

  it('given a series, then its dates are moved together so many times, and told by one letter within minutes', async () => {
    const staff = await aMember(world, cohort, 'staff');
    const { path, dates } = await aSeries(staff, cohort, { repeat: { unit: 'week', weekdays: [2], count: 3 } });
    await goes(path);
    const rooms = async (names: string[]) => {
      const statuses: number[] = [];
      for (const place of names) {
        const { edition } = (await staff.client.get(`/api/cohorts/${cohort}/workshops/${dates[0]!}`)).body;
        const body = { scope: 'all', workshopId: dates[0], edition, place };
        statuses.push((await staff.client.patch(path, body)).status);
      }
      return statuses;
    };
    const told = async () => (await sent(fellow.email)).map(({ text }) => /Room \w+/.exec(text ?? '')?.[0]);
    expect(await rooms(['Room one'])).toEqual([200]);
    await eventually(async () => expect(await told()).toEqual(['Room one']));
    minutes(1);
    expect(await rooms(['Room two', 'Room three'])).toEqual([200, 200]);
    minutes(3);
    await eventually(async () => expect(await told()).toEqual(['Room one', 'Room three']));
    expect(await rooms(['Room four', 'Room five', 'Room six', 'Room seven'])).toEqual([200, 200, 200, 429]);
  });
});

describe('letters of moves that follow each other', () => {
  const startOf = ({ attachments }: ParsedMail) => readIcs(String(attachments[0]!.content)).events[0]!.startsAt;
  const starts = async (email: string) => (await sent(email)).map(startOf);
  const heard = async (email: string, hours: number[]) =>
    await eventually(async () => expect(await starts(email)).toEqual(hours.map((hour) => at(hour).startsAt)));

  it('given three within minutes, then the first leaves at once, and of the others the last alone, three minutes later; the inbox has all at once', async () => {
    const { path } = await mine();
    await goes(path);
    expect(await move(path, 9)).toBe(200);
    await heard(fellow.email, [9]);
    minutes(1);
    expect(await move(path, 10)).toBe(200);
    minutes(2);
    expect(await move(path, 11)).toBe(200);
    await eventually(async () => {
      const { items } = (await fellow.client.get('/api/me/inbox')).body;
      expect(items.filter(({ kind }: { kind: string }) => kind === 'workshop.moved')).toHaveLength(3);
    });
    expect(await starts(fellow.email)).toEqual([at(9).startsAt]);
    minutes(3);
    await heard(fellow.email, [9, 11]);
    minutes(7);
    expect(await move(path, 12)).toBe(200);
    await heard(fellow.email, [9, 11, 12]);
  });

  it('given it goes on and on, then no letter waits for more than three minutes', async () => {
    const { path } = await mine();
    await goes(path);
    expect(await move(path, 9)).toBe(200);
    await heard(fellow.email, [9]);
    for (const [minute, hour] of [
      [2, 10],
      [4, 11],
      [5, 12],
    ] as const) {
      minutes(minute);
      expect(await move(path, hour)).toBe(200);
      if (minute === 2) minutes(3);
      if (minute === 2) await heard(fellow.email, [9, 10]);
    }
    minutes(6);
    await heard(fellow.email, [9, 10, 12]);
  });

  it('given another room, and the time as it was, then the letter of the one before is dropped all the same; called off, that is said at once', async () => {
    const { path } = await mine();
    await goes(path);
    expect(await move(path, 9)).toBe(200);
    await heard(fellow.email, [9]);
    minutes(1);
    for (const place of ['Room one', 'Room two']) await host.client.patch(path, { place });
    minutes(3);
    await eventually(async () =>
      expect((await sent(fellow.email)).map(({ text }) => text).join()).toContain('Room two'),
    );
    expect((await sent(fellow.email)).map(({ text }) => text).join()).not.toContain('Room one');
    minutes(4);
    expect(await move(path, 10)).toBe(200);
    expect((await host.client.post(`${path}/cancel`, { reason: 'The room is gone' })).status).toBe(200);
    await eventually(async () => {
      const subjects = (await world.mail.to(fellow.email)).map(({ subject }) => subject).join();
      expect(subjects).toMatch(/cancel/i);
    });
    minutes(8);
    expect(await starts(fellow.email)).not.toContain(at(10).startsAt);
  });

  it('given a guest, then the same', async () => {
    const staff = await aMember(world, cohort, 'staff');
    const { path, guests } = await aPublicWorkshop(staff, cohort, at(8));
    const email = `moves-${Date.now()}@guests.test`;
    const link = await aGuest(world, guests, email);
    expect((await clientOf(world.url).post(`${link}/confirm`)).status).toBe(200);
    expect(await move(path, 9, staff)).toBe(200);
    await heard(email, [9]);
    minutes(1);
    expect(await moves(path, [10, 11], staff)).toEqual([200, 200]);
    await world.settled();
    expect(await starts(email)).toEqual([at(9).startsAt]);
    minutes(3);
    await heard(email, [9, 11]);
  });
});
