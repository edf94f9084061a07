import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { handedOver } from '../../support/deliveries-turn.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { CLOSES, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';
import { followWork } from '../../support/work.js';

/** Who asks for the link of an address learns nothing of it, not even by how long the answer takes: whoever it belongs to, the same is read and written. */
let world: TestWorld;
let staff: TestPerson;
let call: Awaited<ReturnType<typeof aCall>>;

beforeAll(async () => {
  world = await startWorld();
  staff = await aMember(world, await aCohort(world, { name: 'Cohort 8' }), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  call = await aCall(staff, staff.cohortId!);
});

const begin = (email: string) =>
  clientOf(world.url).post(`/api/calls/${call.slug}/applications`, { email, locale: 'en' });

async function workFor(email: string): Promise<string[]> {
  await world.settled();
  const work = followWork(world.db);
  const answer = await begin(email);
  const made = work();
  expect([answer.status, answer.text]).toEqual([202, '']);
  return made;
}

/** Somebody who only asked, somebody who opened their link, somebody who handed in, and somebody who took it back. */
async function theFour(): Promise<string[]> {
  await begin('asked@people.test');
  const [draft, handedIn, withdrawn] = [
    await anApplicant(world, call.slug),
    await anApplicant(world, call.slug),
    await anApplicant(world, call.slug),
  ];
  for (const one of [handedIn, withdrawn]) expect((await handsIn(one)).status).toBe(200);
  expect((await withdrawn.client.post(`${withdrawn.path}/withdraw`)).status).toBe(200);
  await handedOver(world, 'application');
  return ['asked@people.test', draft.email, handedIn.email, withdrawn.email];
}

it('given an open call, then the same is done for an address that nobody asked with and for those that have files', async () => {
  const known = await theFour();
  world.clock.set(new Date(Date.parse(NOW) + 3_600_000).toISOString());
  const nobody = await workFor('nobody@people.test');
  for (const email of known) expect([email, await workFor(email)]).toEqual([email, nobody]);
});

it('given a call that is closed, then the same is done, once and again, and nothing is kept of whom nobody knows', async () => {
  const known = (await theFour()).slice(1);
  world.clock.set(CLOSES);
  for (const turn of [1, 2]) {
    const nobody = await workFor('unknown@people.test');
    for (const email of known) expect([turn, email, await workFor(email)]).toEqual([turn, email, nobody]);
  }
  await handedOver(world, 'application');
  expect(world.mail.mails.flatMap(({ to }) => [to].flat().map((one) => one?.text))).not.toContain(
    'unknown@people.test',
  );
  const kept = await Promise.all(
    ['applications', 'deliveries'].map((name) => world.db.collection(name).find().toArray()),
  );
  expect(JSON.stringify(kept)).not.toContain('unknown@people.test');
});
