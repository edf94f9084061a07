import { ShellService } from '../../../src/bridges/pages/shell.service.js';
import { WeekService } from '../../../src/bridges/pages/week.service.js';
import { MessageReading } from '../../../src/chat/reading/message-reading.service.js';
import { PostsService } from '../../../src/forums/posts.service.js';
import { AT_ONCE, MOST_WAITING } from '../../../src/infra/http/load/in-line.js';
import { SlotsService } from '../../../src/mentoring/scheduling/slots.service.js';
import { MAX_EXPLAINED } from '../../../src/mentoring/scheduling/slots-explained.js';
import { InboxService } from '../../../src/notifications/inbox/inbox.service.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { channelOf } from '../../support/rooms/chat.js';
import { aCoach } from '../../support/rooms/coaching.js';

const WEEKS = 'from=2026-10-13T00:00:00Z&to=2026-12-13T00:00:00Z';

let world: TestWorld;
let cohort: string;
let one: TestPerson;
let other: TestPerson;
let [topic, channel] = ['', ''];

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  await aCoach(world, cohort);
  [one, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
  const made = await one.client.post(`/api/cohorts/${cohort}/topics`, {
    title: 'A long question',
    body: 'A question',
    tags: [],
  });
  [topic, channel] = [made.body.id, (await channelOf(one, 'cohort')).id];
});
afterAll(() => world.stop());
afterEach(() => jest.restoreAllMocks());

const reads = () => [
  `/api/cohorts/${cohort}/slots?${WEEKS}`,
  `/api/cohorts/${cohort}/slots?${WEEKS}&explain=true`,
  `/api/shell?cohortId=${cohort}`,
  `/api/cohorts/${cohort}/week?since=2026-10-12T00:00:00Z&from=2026-10-13T00:00:00Z&to=2026-10-20T00:00:00Z`,
  `/api/cohorts/${cohort}/topics/${topic}/posts?limit=200`,
  `/api/channels/${channel}/messages?limit=200`,
];

/** Makes the costly reads wait until `open` is called; who is being answered, and how many of one person were at most. */
function watched() {
  const made: string[] = [];
  let most = 0;
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const watch =
    <T extends { userId: string }, Args extends unknown[], R>(read: (actor: T, ...args: Args) => Promise<R>) =>
    async (actor: T, ...args: Args): Promise<R> => {
      made.push(actor.userId);
      most = Math.max(most, made.filter((userId) => userId === actor.userId).length);
      if (actor.userId === one.id) await opened;
      const answer = await read(actor, ...args);
      made.splice(made.indexOf(actor.userId), 1);
      return answer;
    };
  const slots = world.app.get(SlotsService);
  const shell = world.app.get(ShellService);
  const week = world.app.get(WeekService);
  const [posts, messages] = [world.app.get(PostsService), world.app.get(MessageReading)];
  const [list, around, weekOf] = [slots.list.bind(slots), shell.of.bind(shell), week.of.bind(week)];
  const [postsOf, messagesOf] = [posts.list.bind(posts), messages.page.bind(messages)];
  jest.spyOn(posts, 'list').mockImplementation(watch(postsOf));
  jest.spyOn(messages, 'page').mockImplementation(watch(messagesOf));
  jest.spyOn(slots, 'list').mockImplementation(watch(list));
  jest.spyOn(shell, 'of').mockImplementation(watch(around));
  jest.spyOn(week, 'of').mockImplementation(watch(weekOf));
  return { made, most: () => most, open: () => open() };
}

it('given one who asks for what costs much, again and again, then one is made after the other, and another person waits for none', async () => {
  const { made, most, open } = watched();
  const many = Promise.all([...reads(), ...reads()].map((path) => one.client.get(path)));
  for (const path of reads()) expect((await other.client.get(path)).status).toBe(200);
  expect((await one.client.get('/api/me')).status).toBe(200);
  expect(made).toEqual([one.id]);
  open();
  expect((await many).map(({ status }) => status)).toEqual(Array(12).fill(200));
  expect(most()).toBe(1);
});

it('given more that wait than pages ask for, then 429 with the time to wait, and once they are made one may ask again', async () => {
  const { made, open } = watched();
  const [path] = reads() as [string];
  const answered: number[] = [];
  const read = async () => {
    const { status, headers } = await one.client.get(path);
    answered.push(status);
    return [status, headers.get('retry-after')];
  };
  const many = Promise.all(Array.from({ length: MOST_WAITING + 5 }, read));
  await eventually(() => expect(answered).toEqual(Array(5).fill(429)));
  expect(made).toEqual([one.id]);
  expect((await other.client.get(path)).status).toBe(200);
  expect(await read()).toEqual([429, '1']);
  open();
  await many;
  expect(answered.filter((status) => status === 200)).toHaveLength(MOST_WAITING);
  expect((await one.client.get(path)).status).toBe(200);
});

it('given more times that are not offered than anybody reads, then the next of them are explained, and all that is free is there', async () => {
  const full = await aCohort(world);
  const me = await aMember(world, full, 'fellow');
  const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '00:00', end: '24:00' }));
  for (let n = 0; n < 3; n += 1)
    await aCoach(world, full, { weekly: always, slotMinutes: 15, bufferMinutes: 0, horizonDays: 1 });
  const late = await aCoach(world, full, { slotMinutes: 60, bufferMinutes: 0 });
  const asked = await me.client.get(`/api/cohorts/${full}/slots?${WEEKS}&explain=true&minutes=15`);
  const plain = await me.client.get(`/api/cohorts/${full}/slots?${WEEKS}&minutes=15`);
  const { slots, hidden, explainedUntil } = asked.body;
  expect(hidden.length).toBeGreaterThanOrEqual(MAX_EXPLAINED);
  expect(hidden.length).toBeLessThan(MAX_EXPLAINED + 300);
  expect(slots).toEqual(plain.body.slots);
  expect(hidden.at(-1).startsAt < explainedUntil && explainedUntil < '2026-12').toBe(true);
  expect((await one.client.get(`/api/cohorts/${cohort}/slots?${WEEKS}&explain=true`)).body.explainedUntil).toBeNull();
  expect(slots.at(-1)).toMatchObject({ coachId: late.id, startsAt: expect.stringMatching(/^2026-12-1/) });
});

it('given one who asks for anything many times at once, then some are answered at a time and others wait for none; beyond many, 429', async () => {
  const strict = await startWorld({ env: { RATE_LIMITS: 'on' } });
  const place = await aCohort(strict);
  const [many, few] = [await aMember(strict, place, 'fellow'), await aMember(strict, place, 'fellow')];
  const inbox = strict.app.get(InboxService);
  const page = inbox.page.bind(inbox);
  let [now, most] = [0, 0];
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  jest.spyOn(inbox, 'page').mockImplementation(async (userId, query) => {
    if (userId !== many.id) return await page(userId, query);
    most = Math.max(most, (now += 1));
    await opened;
    now -= 1;
    return await page(userId, query);
  });
  const asked = Array.from({ length: 250 }, async () => (await many.client.get('/api/me/inbox')).status);
  await eventually(() => expect(most).toBe(AT_ONCE));
  expect((await few.client.get('/api/me/inbox')).status).toBe(200);
  await eventually(async () => expect((await many.client.get('/api/me')).status).toBe(429));
  open();
  const statuses = await Promise.all(asked);
  expect(most).toBe(AT_ONCE);
  expect(statuses.filter((one) => one === 200)).toHaveLength(AT_ONCE + 200);
  expect((await many.client.get('/api/me/inbox')).status).toBe(200);
  await strict.stop();
});
