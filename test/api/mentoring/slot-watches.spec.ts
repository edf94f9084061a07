import { SlotNotices } from '../../../src/notifications/notices/slot.notices.js';
import { DAY } from '../../../src/common/times/clock.js';
import { Intervals } from '../../../src/infra/queue/intervals.js';
import { SlotWatches } from '../../../src/mentoring/scheduling/slot-watches.service.js';
import { NOW, startWorld, type TestWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { HOURS, aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';

let world: TestWorld;
let cohort: string;
let coach: TestPerson;
let holder: TestPerson;
let session: any;
/** One hour a week, three days ahead: one booking makes the coach full. */
const ONE_HOUR = { weekly: [{ weekday: 3, start: '09:00', end: '09:45' }], horizonDays: 3 };

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  // A turn of their own would tell what a test leaves untold.
  for (const { app } of world.nodes) await app.get(Intervals).stop();
  cohort = await aCohort(world);
});
beforeEach(async () => {
  world.clock.set(NOW);
  coach = await aCoach(world, cohort, ONE_HOUR, { name: 'Hanna Lindqvist' });
  holder = await aMember(world, cohort, 'fellow');
  session = await aSession(cohort, holder, coach.id, '2026-10-14T07:00:00Z');
});
afterAll(() => world.stop());

const base = () => `/api/cohorts/${cohort}`;
const watchPath = () => `${base()}/coaches/${coach.id}/watch`;
const watcher = async () => {
  const person = await aMember(world, cohort, 'fellow');
  const answer = await person.client.put(watchPath());
  expect([answer.status, answer.body.coachId]).toEqual([200, coach.id]);
  return person;
};
const told = async (person: TestPerson) =>
  (await person.client.get('/api/me/inbox?limit=200')).body.items.filter((one: any) => one.kind === 'slot.free');
const waitsFor = async (person: TestPerson) =>
  (await person.client.get(`${base()}/slot-watches`)).body.items.map((one: any) => one.coachId);
const cancel = () => holder.client.post(`${base()}/sessions/${session.id}/cancel`, { reason: 'Ill' });
const looked = async () => {
  await Promise.all(world.nodes.map((node) => node.app.get(SlotNotices).look()));
};

it('given three who wait and a cancellation, then each is told once, in the inbox and by mail, and waits no longer', async () => {
  const people = [await watcher(), await watcher(), await watcher()];
  expect((await people[0]!.client.put(watchPath())).status).toBe(200);
  expect(await waitsFor(people[0]!)).toEqual([coach.id]);
  await cancel();
  await Promise.all([looked(), looked()]);
  for (const person of people) {
    await eventually(async () => expect(await waitsFor(person)).toEqual([]));
    const [notice, ...more] = await told(person);
    expect(more).toEqual([]);
    expect(notice).toMatchObject({
      title: 'Hanna Lindqvist has a free hour: Wednesday 14 October at 09:00 (Paris)',
      link: expect.stringContaining(`coach=${coach.id}`),
      why: 'self',
    });
    await eventually(async () => {
      const mails = (await world.mail.to(person.email)).filter((mail) => mail.subject?.includes('has a free hour'));
      expect(mails).toHaveLength(1);
    });
  }
  await looked();
  for (const person of people) expect(await told(person)).toHaveLength(1);
});

it.each([
  ['changed hours', { ...ONE_HOUR, weekly: [...ONE_HOUR.weekly, { weekday: 4, start: '09:00', end: '10:00' }] }],
  ['a day opened by the horizon', { ...ONE_HOUR, horizonDays: 10 }],
])('given %s, then who waits is told', async (_name, hours) => {
  const person = await watcher();
  await coach.client.put(`${base()}/coaches/${coach.id}/availability`, { ...HOURS, ...hours });
  await eventually(async () => expect(await told(person)).toHaveLength(1));
});

it('given a raised cap, then who waits is told', async () => {
  const wide = { ...HOURS, ...ONE_HOUR, weekly: [{ weekday: 3, start: '09:00', end: '12:00' }] };
  const put = (maxPerDay: number) =>
    coach.client.put(`${base()}/coaches/${coach.id}/availability`, { ...wide, maxPerDay });
  await put(1);
  const person = await watcher();
  await put(2);
  await eventually(async () => expect(await told(person)).toHaveLength(1));
});

it.each([
  ['a cancellation', cancel],
  [
    'a hand-over',
    async () => {
      const peer = await aCoach(world, cohort);
      return await coach.client.post(`${base()}/sessions/${session.id}/hand-over`, { coachId: peer.id, revision: 1 });
    },
  ],
  [
    'changed hours',
    () => coach.client.put(`${base()}/coaches/${coach.id}/availability`, { ...HOURS, ...ONE_HOUR, horizonDays: 10 }),
  ],
])(
  'given %s by a process that is killed right after, then a turn of the workers tells, once; and while the coach is full, nobody is told',
  async (_what, act) => {
    const person = await watcher();
    await looked();
    await followOutbox(world);
    expect([await told(person), await waitsFor(person)]).toEqual([[], [coach.id]]);
    await killedAfter(world, async () => expect((await act()).status).toBeLessThan(300));
    expect(await told(person)).toEqual([]);
    await followOutbox(world);
    await looked();
    expect(await told(person)).toHaveLength(1);
    expect(await waitsFor(person)).toEqual([]);
  },
);

it('given days that pass until another one opens, then a look tells, whoever cannot be looked at before', async () => {
  const person = await watcher();
  const watches = world.nodes.map(({ app }) => app.get(SlotWatches));
  const spies = watches.map((one) => {
    const [ready, watched] = [one.ready.bind(one), one.watched.bind(one)];
    return [
      jest.spyOn(one, 'watched').mockImplementation(async () => [holder.id, ...(await watched())]),
      jest
        .spyOn(one, 'ready')
        .mockImplementation((id) => (id === holder.id ? Promise.reject(new Error('away')) : ready(id))),
    ];
  });
  world.clock.advance(6 * DAY);
  await expect(looked()).rejects.toThrow('away');
  spies.flat().forEach((spy) => spy.mockRestore());
  await eventually(async () => expect(await told(person)).toHaveLength(1));
});

it('given who stopped, left, or is busy at that hour, then they are not told', async () => {
  const [stopped, left, busy] = [await watcher(), await watcher(), await watcher()];
  expect((await stopped.client.delete(watchPath())).status).toBe(204);
  expect((await stopped.client.delete(watchPath())).status).toBe(204);
  const staff = await aMember(world, cohort, 'staff');
  await staff.client.delete(`${base()}/members/${left.id}`);
  await aSession(cohort, busy, (await aCoach(world, cohort)).id, '2026-10-14T07:15:00Z');
  const control = await watcher();
  await cancel();
  await eventually(async () => expect(await told(control)).toHaveLength(1));
  expect([await told(stopped), await told(left), await told(busy)]).toEqual([[], [], []]);
  expect(await waitsFor(busy)).toEqual([coach.id]);
});

it('given a coach with a free slot, another role, cohort or nobody, then there is nothing to wait for', async () => {
  const open = await aCoach(world, cohort);
  const answer = await holder.client.put(`${base()}/coaches/${open.id}/watch`);
  expect([answer.status, answer.body.code, answer.body.next.length]).toEqual([409, 'has_free_slot', 3]);
  expect((await holder.client.put(`${base()}/coaches/${holder.id}/watch`)).status).toBe(404);
  expect((await coach.client.put(watchPath())).status).toBe(403);
  const outsider = await aMember(world, await aCohort(world), 'fellow');
  expect((await outsider.client.put(watchPath())).status).toBe(404);
  expect((await clientOf(world.url).put(watchPath())).status).toBe(401);
});
