import { Types } from 'mongoose';
import { WEBHOOK_LIMITS } from '../../../src/bridges/webhooks/webhook-room.js';
import type { Message } from '../../../src/contracts/chat/chat.js';
import type { CreatedWebhook, Webhook } from '../../../src/contracts/bridges/webhooks.js';
import { RateLimits } from '../../../src/infra/redis/rate-limits.js';
import { bytesOf } from '../../../src/infra/redis/text-of-day.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel } from '../../support/rooms/chat.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let room: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { OUTSIDE_ALLOW: '127.0.0.1', RATE_LIMITS: 'on' } });
  cohortId = await aCohort(world);
});
afterAll(() => world.stop());
beforeEach(async () => {
  // Nobody makes more than 30 channels an hour, nor sends more than 40 messages in ten seconds.
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo' });
  room = await aPrivateChannel(ines, cohortId, [leo]);
});

const path = (more = '') => `/api/channels/${room}/webhooks${more}`;
const make = async (body: Record<string, unknown>) => {
  const made = await ines.client.post(path(), { name: 'CI', ...body });
  expect(made.status).toBe(201);
  return made.body as CreatedWebhook;
};
const messages = async () => (await leo.client.get(`/api/channels/${room}/messages`)).body.items as Message[];
const hook = async (id: string) =>
  ((await ines.client.get(path())).body.items as Webhook[]).find((one) => one.id === id)!;
const rowOf = async (id: string) =>
  (await world.db.collection('webhooks').findOne({ _id: new Types.ObjectId(id) })) as Record<string, unknown>;
const comeIn = (secret: string, body: unknown, node = 0) =>
  clientOf(world.nodes[node]!.url).post(new URL(secret).pathname, body);

describe('what comes in', () => {
  it('given a long text, then it is cut at what a message may hold', async () => {
    const { secret } = await make({ direction: 'in' });
    expect((await comeIn(secret, { text: 'é'.repeat(9000) })).status).toBe(200);
    expect((await messages())[0]?.body).toHaveLength(8000);
  });

  it('given an address that is not in use, switched off or deleted, then 404, and the same words', async () => {
    const { id, secret } = await make({ direction: 'in' });
    const unknown = await comeIn(secret.replace(/.{8}$/, 'aaaaaaaa'), { text: 'x' });
    await ines.client.patch(path(`/${id}`), { active: false });
    const off = await comeIn(secret, { text: 'x' });
    await ines.client.delete(path(`/${id}`));
    const gone = await comeIn(secret, { text: 'x' });
    expect([unknown.status, off.status, gone.status]).toEqual([404, 404, 404]);
    expect(new Set([unknown.text, off.text, gone.text]).size).toBe(1);
  });

  it('given more than a minute may hold, then 429 says when to come again', async () => {
    const { secret } = await make({ direction: 'in' });
    const answers = await Promise.all(Array.from({ length: 61 }, () => comeIn(secret, { text: 'x' })));
    expect(answers.filter((one) => one.status === 429)).toHaveLength(1);
  });
});

describe('given an address that leaked', () => {
  const used = async (id: string, limit: keyof typeof WEBHOOK_LIMITS, points: number) => {
    const { tokenHash } = await rowOf(id);
    await world.app.get(RateLimits).take(WEBHOOK_LIMITS[limit], tokenHash as string, points);
  };

  it.each([
    ['messages', WEBHOOK_LIMITS.messages.points - 1],
    ['bytes', WEBHOOK_LIMITS.bytes.points - bytesOf('é')],
  ] as const)(
    'then so many %s a day come in, the next says when to come again, the channel is told once, and a new address begins anew',
    async (limit, before) => {
      const { id, secret } = await make({ direction: 'in' });
      await used(id, limit, before);
      expect((await comeIn(secret, { text: 'é' })).status).toBe(200);
      const refused = await Promise.all([0, 1, 0].map((node) => comeIn(secret, { text: 'x' }, node)));
      expect(refused.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([429, 'too_many_requests']));
      expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(86_000);
      await eventually(async () => {
        const said = (await messages()).filter(({ note }) => note);
        expect(said.map(({ note }) => note)).toEqual([{ kind: 'webhook', name: 'CI', because: 'day_full' }]);
      });
      expect(await hook(id)).toMatchObject({ active: true, problem: 'day_full' });
      expect((await messages()).filter(({ bot, note }) => bot && !note)).toHaveLength(1);
      await ines.client.delete(path(`/${id}`));
      const again = await make({ direction: 'in' });
      expect((await comeIn(again.secret, { text: 'x' })).status).toBe(200);
      expect(await hook(again.id)).toMatchObject({ problem: null });
    },
  );

  it('then a day holds less than a hundredth of what it could say without a limit', () => {
    expect(WEBHOOK_LIMITS.messages.seconds).toBe(86_400);
    expect(WEBHOOK_LIMITS.bytes.seconds).toBe(86_400);
    expect(WEBHOOK_LIMITS.bytes.points).toBeLessThan((8000 * 60 * 60 * 24) / 100);
  });
});
