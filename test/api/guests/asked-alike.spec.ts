import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { handedOver } from '../../support/deliveries-turn.js';
import { aCohort, aMember } from '../../support/factories.js';
import { aGuest, aPublicWorkshop, guestOf } from '../../support/rooms/guests.js';
import { followWork } from '../../support/work.js';

/** Who asks with an address learns nothing of it, not even by how long the answer takes. */
let world: TestWorld;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

it('given an address that nobody asked with, one that was asked with and one that has a place, then the same is written', async () => {
  const cohortId = await aCohort(world);
  const { guests } = await aPublicWorkshop(await aMember(world, cohortId, 'staff'), cohortId);
  await aGuest(world, guests, 'asked@guests.test');
  const place = await aGuest(world, guests, 'comes@guests.test');
  expect((await clientOf(world.url).post(`${place}/confirm`)).status).toBe(200);
  await handedOver(world, 'guest');
  world.clock.advance(3_600_000);
  const workFor = async (email: string) => {
    await world.settled();
    const work = followWork(world.db);
    const { status } = await clientOf(world.url).post(guests, guestOf(email));
    return [status, work()];
  };
  const nobody = await workFor('nobody@guests.test');
  expect(nobody[0]).toBe(202);
  for (const email of ['asked@guests.test', 'comes@guests.test'])
    expect([email, await workFor(email)]).toEqual([email, nobody]);
});
