import type { Redis } from 'ioredis';
import { LinkTokens } from '../../../src/auth/tokens/link-tokens.js';
import { FormLimits } from '../../../src/infra/http/form-limits.js';
import { networkOf } from '../../../src/infra/http/network.js';
import { REDIS } from '../../../src/infra/redis/redis.token.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aPublicWorkshop, guestOf, mailTo } from '../../support/rooms/guests.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let fellows: TestPerson[];

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  fellows = await Promise.all(Array.from({ length: 50 }, () => aMember(world, cohortId, 'fellow')));
});
afterAll(() => world.stop());

const nobody = (index: number) => clientOf(world.nodes[index % 2]!.url);
/** Sends a form from somewhere. The status of the answer. */
const ask = async (from: string, path: string, email: string) => {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': from };
  return (await fetch(`${world.url}${path}`, { method: 'POST', headers, body: JSON.stringify(guestOf(email)) })).status;
};
/** Counts forms where they are counted, without their rows and letters. */
const count = async (workshopId: string, forms: readonly { email: string; from?: string }[]) => {
  const limits = world.app.get(FormLimits);
  await Promise.all(forms.map(({ email, from = '127.0.0.1' }) => limits.take(workshopId, email, from)));
};
const registrations = async (path: string) =>
  (await staff.client.get(`${path}/registrations?limit=200`)).body.items as {
    userId: string;
    guest?: string;
    status: string;
    position?: number;
  }[];

it('given 20 places, 50 members and 50 guests (some with another) at once on two nodes, then 20 go, all others wait in one line', async () => {
  const { path, guests } = await aPublicWorkshop(staff, cohortId, { capacity: 20 });
  const asked = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      nobody(index).post(guests, guestOf(`g${index}@guests.test`, { plusOne: index % 5 === 0 })),
    ),
  );
  expect(asked.map(({ status }) => status)).toEqual(Array(50).fill(202));
  const rows = await world.db.collection('workshop-guests').find({}).toArray();
  const tokens = rows.map(({ _id, forms }) =>
    world.app.get(LinkTokens).sign('guest', `${String(_id)}~${forms[0].formKey as string}`),
  );
  const answers = await Promise.all([
    ...tokens.map((token, index) => nobody(index).post(`/api/guests/${token}/confirm`)),
    ...fellows.map((one, index) => one.client.on(world.nodes[index % 2]!.url).put(`${path}/registration`, {})),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));

  const all = await registrations(path);
  const waiting = all.filter(({ status }) => status === 'waitlisted');
  const going = all.filter(({ status }) => status === 'going');
  expect([all.length, new Set(all.map(({ userId }) => userId)).size]).toEqual([110, 110]);
  // A pair at the head of the line waits until there is room for both.
  expect(going.length).toBeLessThanOrEqual(20);
  expect(going.length).toBeGreaterThanOrEqual(19);
  expect(waiting.map(({ position }) => position)).toEqual(waiting.map((_, index) => index + 1));
  expect((await staff.client.get(path)).body).toMatchObject({ going: going.length, waitlisted: waiting.length });

  const leaving = tokens.slice(0, 10);
  await Promise.all(leaving.map((token, index) => nobody(index).post(`/api/guests/${token}/leave`)));
  const after = await registrations(path);
  const goingAfter = after.filter(({ status }) => status === 'going');
  expect(goingAfter.length).toBeLessThanOrEqual(20);
  expect(goingAfter.length).toBeGreaterThanOrEqual(19);
  const gone = new Set(leaving.map((token) => token.split('.')[0]));
  expect(after.filter(({ userId }) => gone.has(userId))).toEqual([]);
  // Nobody passed who stood before them: all that were promoted are the first of the line.
  const stillWaiting = new Set(after.filter(({ status }) => status === 'waitlisted').map(({ userId }) => userId));
  const stayed = new Set(after.map(({ userId }) => userId));
  const order = waiting.filter(({ userId }) => stayed.has(userId)).map(({ userId }) => stillWaiting.has(userId));
  expect(order).toEqual([...order].sort((a, b) => Number(a) - Number(b)));
});

it('given one address asks for the sixth time within an hour at one workshop, then 429 there, and nothing else counts', async () => {
  const [{ guests }, other] = await Promise.all([
    aPublicWorkshop(staff, cohortId),
    aPublicWorkshop(staff, cohortId, { title: 'Another' }),
  ]);
  const refused: number[] = [];
  for (let times = 0; times < 6; times += 1) {
    const nowhere = await nobody(times).post('/api/public/workshops/none/guests', guestOf('limit@guests.test'));
    const wrong = await nobody(times).post(guests, guestOf('limit@guests.test', { mode: 'online' }));
    refused.push(nowhere.status, wrong.status);
  }
  expect(refused).toEqual(Array.from({ length: 6 }, () => [404, 422]).flat());
  const statuses: number[] = [];
  for (let times = 0; times < 6; times += 1)
    statuses.push((await nobody(times).post(guests, guestOf('limit@guests.test'))).status);
  expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
  expect((await nobody(0).post(guests, guestOf('other@guests.test'))).status).toBe(202);
  expect((await nobody(0).post(other.guests, guestOf('limit@guests.test'))).status).toBe(202);
});

it('given one mailbox under many tags, at many workshops, then it gets no more letters than one address may', async () => {
  const pages = await Promise.all(
    [1, 2, 3].map((one) => aPublicWorkshop(staff, cohortId, { title: `Workshop ${one}` })),
  );
  for (const [index, { id }] of pages.entries())
    await count(
      id,
      [1, 2, 3, 4, 5, 6].map((one) => ({ email: `victim+${index}${one}@guests.test` })),
    );
  const statuses: number[] = [];
  for (let times = 0; times < 3; times += 1)
    statuses.push((await nobody(times).post(pages[times % 3]!.guests, guestOf(`victim+${times}@guests.test`))).status);
  expect(statuses).toEqual([202, 202, 429]);
  expect((await nobody(0).post(pages[0]!.guests, guestOf('neighbour@guests.test'))).status).toBe(202);
});

it('given one mailbox with dots wherever one likes, or by the other name of its house, then it gets no more either', async () => {
  const { guests, id } = await aPublicWorkshop(staff, cohortId);
  const boxes = Array.from({ length: 21 }, (_, at) => `vic${'.'.repeat(at % 2)}tim${at % 3 ? '.' : ''}box+${at}`);
  const emails = boxes.map((box, at) => `${box}@${at % 5 ? 'gmail.com' : 'googlemail.com'}`);
  const from = '203.0.113.8';
  await count(
    id,
    emails.slice(0, 18).map((email) => ({ email, from })),
  );
  const statuses: number[] = [];
  for (const email of emails.slice(18)) statuses.push(await ask(from, guests, email));
  expect(statuses).toEqual([202, 202, 429]);
  expect(await ask(from, guests, 'victim.box@guests.test')).toBe(202);
  expect(await ask(from, guests, 'victimsbox@gmail.com')).toBe(202);
});

it('given forms from one place without an end, then those that are refused leave nothing behind of what they made up', async () => {
  const { guests, id } = await aPublicWorkshop(staff, cohortId);
  const from = '203.0.113.9';
  const taken = Array.from({ length: 99 }, (_, at) => ({ email: `taken-${at}@made-up.test`, from }));
  await count(id, taken);
  expect(await ask(from, guests, 'taken-99@made-up.test')).toBe(202);
  const statuses: number[] = [];
  for (let time = 0; time < 10; time += 1) statuses.push(await ask(from, guests, `refused-${time}@made-up.test`));
  expect(statuses).toEqual(Array.from({ length: 10 }, () => 429));
  const keys = await world.app.get<Redis>(REDIS).keys('*@made-up.test');
  expect(keys.filter((key) => key.includes('taken-')).length).toBeGreaterThanOrEqual(100);
  expect(keys.filter((key) => key.includes('refused-'))).toEqual([]);
});

it('given networks of one site without an end, then those that are refused leave nothing behind', async () => {
  const { guests, id } = await aPublicWorkshop(staff, cohortId);
  const from = (at: number) => `2001:db8:77:${at.toString(16)}::1`;
  const asked = Array.from({ length: 399 }, (_, at) => `one-${at}@made-up-${at % 10}.test`);
  await count(
    id,
    asked.map((email, at) => ({ email, from: networkOf(from(at)) })),
  );
  expect(await ask(from(399), guests, 'the-last@made-up.test')).toBe(202);
  expect(await ask(from(500), guests, 'refused@made-up.test')).toBe(429);
  expect(await world.app.get<Redis>(REDIS).keys('*:guest-network:2001:db8:77:1f4:*')).toEqual([]);
});

it('given mailboxes made up at one domain from few places, then who asks from elsewhere is let in at that domain, one each', async () => {
  const { guests, id } = await aPublicWorkshop(staff, cohortId);
  const from = (at: number) => `203.0.113.${21 + (at % 3)}`;
  const made = Array.from({ length: 196 }, (_, at) => ({ email: `made-up-${at}@ministry.test`, from: from(at) }));
  await count(id, made);
  const more: number[] = [];
  for (let at = 0; at < 6; at += 1) more.push(await ask(from(0), guests, `one-more-${at}@ministry.test`));
  // What is left of the domain's share, and one more of that place.
  expect(more).toEqual([202, 202, 202, 202, 202, 429]);
  const said = [
    await ask('203.0.113.24', guests, 'one@ministry.test'),
    await ask('203.0.113.24', guests, 'two@ministry.test'),
    await ask('203.0.113.25', guests, 'one@ministry.test'),
    await ask('203.0.113.25', guests, 'two@ministry.test'),
    await ask('203.0.113.21', guests, 'three@ministry.test'),
    await ask('203.0.113.21', guests, 'three@agency.test'),
  ];
  expect(said).toEqual([202, 429, 429, 202, 429, 202]);
});

it('given a mailbox that somebody used up at one workshop, then its owner is let in at every other, once a day each', async () => {
  const [b, a, c] = await Promise.all([
    aPublicWorkshop(staff, cohortId, { title: 'Workshop B' }),
    aPublicWorkshop(staff, cohortId, { title: 'Workshop A' }),
    aPublicWorkshop(staff, cohortId, { title: 'Workshop C' }),
  ]);
  const askAt = async (at: { guests: string }, email: string) =>
    (await nobody(0).post(at.guests, guestOf(email))).status;
  const others = Array.from({ length: 19 }, (_, at) => ({ email: `owner+${at}@guests.test` }));
  await count(b.id, others);
  expect(await askAt(b, 'owner+19@guests.test')).toBe(202);
  expect(await askAt(b, 'owner+20@guests.test')).toBe(429);
  expect(await askAt(a, 'owner@guests.test')).toBe(202);
  expect(await mailTo(world, 'owner@guests.test', 'Workshop A')).toBeDefined();
  // One each: whoever goes on has no more letters written to it.
  expect(await askAt(a, 'owner+again@guests.test')).toBe(429);
  expect(await askAt(c, 'owner+another@guests.test')).toBe(202);
  expect(await askAt(c, 'owner@guests.test')).toBe(429);
});

it('given somebody who sends forms to pages that are none, then whoever shares their address is let in by theirs', async () => {
  const { guests } = await aPublicWorkshop(staff, cohortId);
  const from = '203.0.113.7';
  const none = [];
  for (let time = 0; time < 101; time += 1)
    none.push(await ask(from, '/api/public/workshops/none/guests', 'x@guests.test'));
  expect(new Set(none)).toEqual(new Set([404]));
  expect(await ask(from, guests, 'shares@guests.test')).toBe(202);
});
