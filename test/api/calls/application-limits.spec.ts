import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { handOver, handedOver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { type TestApplicant, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';

let world: TestWorld;
let staff: TestPerson;
let one: TestApplicant;

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { RATE_LIMITS: 'on' } });
  staff = await aMember(world, await aCohort(world, { name: 'Cohort 8' }), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  const call = await aCall(staff, staff.cohortId!);
  one = await anApplicant(world, call.slug);
  await handsIn(one);
});

const submit = (node = 0, revision = 1) =>
  one.client.on(world.nodes[node]!.url).post(`${one.path}/submit`, { revision });
const withdraw = () => one.client.post(`${one.path}/withdraw`);
const lettersTo = (email: string, subject: RegExp) =>
  world.mail.mails.filter(
    (mail) => [mail.to].flat().some((to) => to?.text.includes(email)) && subject.test(mail.subject ?? ''),
  );
const minutes = (count: number) => new Date(Date.parse(NOW) + count * 60_000).toISOString();

it('given a device on which somebody signed in once, then it makes no more of the figure of who looks than a place does', async () => {
  const { slug } = await aCall(staff, staff.cohortId!);
  const signedIn = await clientOf(world.url).post('/api/auth/login', { email: staff.email, password: PASSWORD });
  const cookie = signedIn.headers
    .getSetCookie()
    .find((one) => one.startsWith('cordee_device='))!
    .split(';')[0]!;
  const look = (node: number) =>
    fetch(new URL(`/api/calls/${slug}/seen`, world.nodes[node]!.url), { method: 'POST', headers: { cookie } });
  const said = [];
  for (let time = 0; time < 70; time += 1) said.push((await look(time % 2)).status);
  expect(said.filter((status) => status === 204)).toHaveLength(60);
  expect(said.at(-1)).toBe(429);
});

it('given all that may be typed in a minute was typed, then it can be handed in all the same', async () => {
  const statuses = new Set<number>();
  for (let revision = 1; revision < 70; revision += 1)
    statuses.add((await one.client.patch(one.path, { revision, answers: { town: `Lyon ${revision}` } })).status);
  expect([...statuses]).toEqual([200, 429]);
  const { revision } = (await one.client.get(one.path)).body;
  expect((await submit(0, revision)).status).toBe(200);
});

it('given it is handed in and taken back without end, then that ends, and letters are few', async () => {
  const answers: number[] = [];
  for (let time = 0; time < 20; time += 1) answers.push((await withdraw()).status, (await submit(time % 2)).status);
  // Thirty in an hour, the first of which came before.
  expect(answers.filter((status) => status === 200)).toHaveLength(29);
  expect(answers.at(-1)).toBe(429);
  await handOver(world, 'application');
  await eventually(() => expect(lettersTo(one.email, /^Handed in/)).toHaveLength(1));
  world.clock.set(minutes(10));
  await handOver(world, 'application');
  expect(lettersTo(one.email, /^Handed in/).length).toBeLessThan(3);
});

it('given it is handed in anew within minutes, then one receipt of all of it follows the first', async () => {
  await eventually(() => expect(lettersTo(one.email, /^Handed in/)).toHaveLength(1));
  await handedOver(world, 'application');
  for (let revision = 1; revision < 4; revision += 1) {
    world.clock.set(minutes(revision));
    await one.client.patch(one.path, { revision, answers: { town: `Lyon ${revision}` } });
    expect((await submit(0, revision + 1)).body.submitted.times).toBe(revision + 1);
  }
  await handOver(world, 'application');
  expect(lettersTo(one.email, /^Handed in/)).toHaveLength(1);
  world.clock.set(minutes(12));
  await handOver(world, 'application');
  await eventually(() => expect(lettersTo(one.email, /^Handed in/)).toHaveLength(2));
  expect(lettersTo(one.email, /^Handed in/)[1]!.text).toContain('Lyon 3');
});
