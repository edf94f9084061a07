import { NEW_WEBHOOKS } from '../../../../src/bridges/webhooks/webhooks.controller.js';
import { WEBHOOK_LIMITS } from '../../../../src/bridges/webhooks/webhook-room.js';
import { type Limit, RateLimits } from '../../../../src/infra/redis/rate-limits.js';
import { TEXT_OF_DAY, bytesOf } from '../../../../src/infra/redis/text-of-day.js';
import type { Message } from '../../../../src/contracts/chat/chat.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { clientOf } from '../../../support/client.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { aPrivateChannel, say } from '../../../support/rooms/chat.js';

/** Who makes one webhook after the other fills the disk no more than by one, or by their own writing. */
let world: TestWorld;
let cohort: string;
let ines: TestPerson;
let leo: TestPerson;

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
  cohort = await aCohort(world);
});
afterAll(() => world.stop());
beforeEach(async () => {
  [ines, leo] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
});

const leave = (limit: Limit, left: number, { id }: TestPerson) =>
  world.app.get(RateLimits).take(limit, id, limit.points - left);
const make = (person: TestPerson, channel: string) =>
  person.client.post(`/api/channels/${channel}/webhooks`, { direction: 'in', name: 'CI' });
const comeIn = async (secret: string, text: string) =>
  (await clientOf(world.url).post(new URL(secret).pathname, { text })).status;

it('given a keeper whose webhooks said as much as one may write in a day, then a new one says nothing, its channel is told once, and others go on', async () => {
  const [room, second] = [await aPrivateChannel(ines, cohort, []), await aPrivateChannel(ines, cohort, [])];
  const theirs = (await make(leo, await aPrivateChannel(leo, cohort, []))).body.secret as string;
  expect(WEBHOOK_LIMITS.ofKeeper).toMatchObject({ points: TEXT_OF_DAY.points, seconds: TEXT_OF_DAY.seconds });
  await leave(WEBHOOK_LIMITS.ofKeeper, bytesOf('some words'), ines);
  const first = (await make(ines, room)).body;
  expect(await comeIn(first.secret, 'some words')).toBe(200);
  await ines.client.delete(`/api/channels/${room}/webhooks/${first.id as string}`);
  for (const channel of [room, second]) {
    const { secret } = (await make(ines, channel)).body as { secret: string };
    expect([await comeIn(secret, 'x'), await comeIn(secret, 'x')]).toEqual([429, 429]);
    await eventually(async () => {
      const { items } = (await ines.client.get(`/api/channels/${channel}/messages`)).body as { items: Message[] };
      const notes = items.flatMap(({ note }) => note ?? []);
      expect(notes).toEqual([{ kind: 'webhook', name: 'CI', because: 'day_full' }]);
    });
  }
  expect(await comeIn(theirs, 'x')).toBe(200);
  // What comes in from outside takes nothing from what they write themselves.
  await say(ines, room, 'my own words');
});

it('given an address that leaked, then it leaves half of a day to the others of its keeper', () => {
  expect(WEBHOOK_LIMITS.bytes.points * 2).toBeLessThanOrEqual(WEBHOOK_LIMITS.ofKeeper.points);
});

it('given webhooks that are made and deleted again, then a day has an end to new ones', async () => {
  const room = await aPrivateChannel(ines, cohort, []);
  await leave(NEW_WEBHOOKS, 1, ines);
  const { status, body } = await make(ines, room);
  await ines.client.delete(`/api/channels/${room}/webhooks/${body.id as string}`);
  const refused = await make(ines, room);
  expect([status, refused.status]).toEqual([201, 429]);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(86_000);
});
