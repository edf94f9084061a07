import type { Step } from '../../../src/contracts/selection/steps.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { handOver } from '../../support/deliveries-turn.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { ANSWERS, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';
import { mailTo } from '../../support/rooms/guests.js';
import { aJuror, aStep, juryTokenIn } from '../../support/rooms/juries.js';

const BEFORE = '2026-10-20T10:00:00.000Z';
const NOON = '2026-11-03T10:00:00.000Z';

/** Links of jurors: how long each letter keeps them good, whom it does not reach, and how often one is followed. */
let world: TestWorld;
let staff: TestPerson;
let call: Awaited<ReturnType<typeof aCall>>;
let step: Step;
let made = 0;

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
  staff = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(BEFORE);
  call = await aCall(staff, staff.cohortId!);
  await handsIn(await anApplicant(world, call.slug), ANSWERS);
});

const anEmail = () => `gilles-${(made += 1)}@jury-of-links${made}.test`;
const invite = (email: string) =>
  staff.client.post(`${call.path}/jurors`, { items: [{ email, name: 'Gilles', locale: 'en' }] });
const juror = async () => (await staff.client.get(`${call.path}/jurors`)).body.items[0];
const view = async (token: string) => (await clientOf(world.url).get(`/api/auth/juries/${token}`)).body;
/** What was handed in is shared out, and the step is opened. */
async function open() {
  step = await aStep(staff, call.path);
  await staff.client.post(`${call.path}/assignment`, { step: step.id, perFile: 1, perJuror: 10 });
  return await staff.client.post(`${call.path}/steps/${step.id}/open`);
}
const remind = async () =>
  (await staff.client.post(`${call.path}/jurors/remind`, { stepId: step.id, jurorIds: [(await juror()).id] })).body;

it('given somebody who was invited long before files wait for them, then the link of that letter is good for sixty days', async () => {
  const email = anEmail();
  await invite(email);
  const token = juryTokenIn(await mailTo(world, email, 'invited to the jury'));
  await handOver(world, 'juror');
  world.clock.set('2026-12-25T10:00:00.000Z');
  expect((await view(token)).code).toBe('jury_expired');
  expect((await open()).status).toBe(200);
  await handOver(world, 'juror');
  expect(await world.mail.to(email)).toHaveLength(2);
  expect((await view(token)).email).toBe(email);
  world.clock.set('2027-02-22T10:00:00.000Z');
  expect((await view(token)).email).toBe(email);
  world.clock.set('2027-02-24T10:00:00.000Z');
  expect((await view(token)).code).toBe('jury_expired');
});

it('given an address that takes no mail, then staff see it until a letter arrives, and nobody counts as reminded there', async () => {
  const email = anEmail();
  world.mail.answer(email, 550);
  await invite(email);
  await handOver(world, 'juror');
  expect(await juror()).toMatchObject({ state: 'invited', refusedAt: BEFORE });
  world.clock.set(NOON);
  await open();
  await handOver(world, 'juror');
  expect(await remind()).toEqual({ reminded: 0 });
  await handOver(world, 'juror');
  expect((await juror()).refusedAt).not.toBeNull();
  world.mail.answer(email, 0);
  world.clock.set('2026-11-03T12:00:00.000Z');
  expect(await remind()).toEqual({ reminded: 0 });
  await handOver(world, 'juror');
  expect((await juror()).refusedAt).toBeNull();
  world.clock.set('2026-11-03T14:00:00.000Z');
  expect(await remind()).toEqual({ reminded: 1 });
});

it('given a juror who follows their link again and again, then logins by it have an end, as those by a password have', async () => {
  const { token, client } = await aJuror(world, staff, call.path);
  const follow = async () => (await client.post(`/api/auth/juries/${token}/accept`, {})).status;
  const statuses: number[] = [];
  for (let times = 0; times < 32; times += 1) statuses.push(await follow());
  expect(statuses).toEqual([...Array<number>(30).fill(200), 429, 429]);
});
