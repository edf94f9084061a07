import { Types } from 'mongoose';
import { LinkTokens } from '../../../src/auth/tokens/link-tokens.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aPublicWorkshop, guestOf } from '../../support/rooms/guests.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());

const nobody = (index: number) => clientOf(world.nodes[index % 2]!.url);
const registrations = async (path: string) =>
  (await staff.client.get(`${path}/registrations?limit=200`)).body.items as { status: string }[];

it('given guests who confirm and leave at the same moment, then the page, the row and the books say the same, and each can ask again', async () => {
  const { path, id, guests } = await aPublicWorkshop(staff, cohortId, { capacity: 20 });
  const rows = () => world.db.collection('workshop-guests').find({ workshopId: new Types.ObjectId(id) });
  const linksOf = async () =>
    (await rows().toArray()).map(({ _id, forms }) => {
      const token = world.app.get(LinkTokens).sign('guest', `${String(_id)}~${forms?.[0].formKey as string}`);
      return `/api/guests/${token}`;
    });
  const ask = async (index: number) =>
    (await nobody(index).post(guests, guestOf(`both${index}@guests.test`, { plusOne: index % 2 === 0 }))).status;
  for (let index = 0; index < 8; index += 1) expect(await ask(index)).toBe(202);
  const links = await linksOf();
  await Promise.all(
    links.flatMap((link) =>
      [0, 1].flatMap((node) => [nobody(node).post(`${link}/confirm`), nobody(node + 1).post(`${link}/leave`)]),
    ),
  );
  const places = await Promise.all(links.map(async (link) => (await nobody(0).get(link)).body));
  const listed = await registrations(path);
  const stand = places.flatMap(({ mine, companion }) => [mine, companion].filter(Boolean));
  expect(stand).toHaveLength(listed.length);
  expect((await staff.client.get(path)).body.going).toBe(listed.length);
  for (const row of await rows().toArray()) expect(Boolean(row['leftAt'])).toBe(row['confirmedAt'] === null);
  for (const link of links) expect((await nobody(0).post(`${link}/leave`)).body).toMatchObject({ mine: null });
  expect((await staff.client.get(path)).body.going).toBe(0);
  for (let index = 0; index < 4; index += 1) expect(await ask(index)).toBe(202);
  for (const link of (await linksOf()).slice(0, 4))
    expect((await nobody(0).post(`${link}/confirm`)).body).toMatchObject({ mine: { status: 'going' }, leftAt: null });
});

it('given a place of before whose guest has left by their row, then the page tells of it, and they can give it back', async () => {
  const { path, id, guests } = await aPublicWorkshop(staff, cohortId, { capacity: 1 });
  await nobody(0).post(guests, guestOf('before@guests.test'));
  const row = await world.db.collection('workshop-guests').findOne({ workshopId: new Types.ObjectId(id) });
  const token = world.app.get(LinkTokens).sign('guest', `${String(row!._id)}~${row!['forms'][0].formKey as string}`);
  expect((await nobody(0).post(`/api/guests/${token}/confirm`)).status).toBe(200);
  await world.db.collection('workshop-guests').updateOne({ _id: row!._id }, { $set: { leftAt: new Date() } });
  expect((await nobody(0).get(`/api/guests/${token}`)).body).toMatchObject({ mine: { status: 'going' }, leftAt: null });
  expect((await staff.client.get(path)).body.going).toBe(1);
  expect((await nobody(0).post(`/api/guests/${token}/leave`)).body.mine).toBeNull();
  expect((await staff.client.get(path)).body.going).toBe(0);
});
