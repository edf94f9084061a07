import { LinkTokens } from '../../../src/auth/tokens/link-tokens.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aPublicWorkshop, guestOf } from '../../support/rooms/guests.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let fellows: TestPerson[];

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { RATE_LIMITS: 'on' } });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  fellows = await Promise.all(Array.from({ length: 50 }, () => aMember(world, cohortId, 'fellow')));
}, 60_000);
afterAll(() => world.stop());

const nobody = (index: number) => clientOf(world.nodes[index % 2]!.url);
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
}, 60_000);

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
  const statuses: number[] = [];
  for (let times = 0; times < 21; times += 1)
    statuses.push((await nobody(times).post(pages[times % 3]!.guests, guestOf(`victim+${times}@guests.test`))).status);
  expect(statuses).toEqual([...Array.from({ length: 20 }, () => 202), 429]);
  expect((await nobody(0).post(pages[0]!.guests, guestOf('neighbour@guests.test'))).status).toBe(202);
});
