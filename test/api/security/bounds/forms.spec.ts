import type { CreatedWebhook } from '../../../../src/contracts/bridges/webhooks.js';
import { MADE_UP } from '../../../../src/infra/http/write-limit.guard.js';
import { RateLimits } from '../../../../src/infra/redis/rate-limits.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { aCohort, aMember } from '../../../support/factories.js';
import { holdBody } from '../../../support/servers/held-bodies.js';
import { aPrivateChannel } from '../../../support/rooms/chat.js';

/** Forms, and the JSON within them, of who has no login: to read each field costs far more than to send it. */
let world: TestWorld;
let hook: string;

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
  const cohortId = await aCohort(world);
  const ines = await aMember(world, cohortId, 'fellow');
  const room = await aPrivateChannel(ines, cohortId, []);
  const made = await ines.client.post(`/api/channels/${room}/webhooks`, { name: 'CI', direction: 'in' });
  hook = new URL((made.body as CreatedWebhook).secret).pathname;
});
afterAll(() => world.stop());

const FORM = 'application/x-www-form-urlencoded';
const send = async (path: string, body: string, type = FORM) => {
  const answer = await fetch(new URL(path, world.url), { method: 'POST', headers: { 'content-type': type }, body });
  const text = await answer.text();
  return [answer.status, text.startsWith('{') ? (JSON.parse(text) as { code: string }).code : text];
};
const fields = (most: number) => Array.from({ length: most }, (_, index) => `a${index}`).join('&');

it.each(['/api/hooks/made-up', '/api/unsubscribe/made-up'])(
  'given a form for %s with more fields than anybody sends, of whatever names, then it is not read',
  async (path) => {
    for (const body of [fields(11), fields(10_000), '&'.repeat(20_000), 'a&'.repeat(20_000)])
      expect(await send(path, body)).toEqual([400, 'unreadable']);
    expect(await send(path, fields(10), `${FORM}; charset=utf-8`)).not.toEqual([400, 'unreadable']);
  },
);

it('given a field that would reach a prototype, then it is a field that nobody knows', async () => {
  expect(await send(hook, 'text=hello&__proto__=x&constructor=y')).toEqual([200, 'ok']);
  expect(Object.prototype).not.toHaveProperty('text');
});

it('given JSON in a form, then it is read as far as any other JSON is, also within JSON', async () => {
  const parse = jest.spyOn(JSON, 'parse');
  const deep = `{"text":"hello","a":${'['.repeat(65)}${']'.repeat(65)}}`;
  const wide = JSON.stringify({ text: 'hello', a: Array(4000).fill(0) });
  for (const payload of [deep, wide]) {
    expect(await send(hook, new URLSearchParams({ payload }).toString())).toEqual([422, 'invalid']);
    expect(await send(hook, JSON.stringify({ payload }), 'application/json')).toEqual([422, 'invalid']);
    expect(parse.mock.calls.map(([text]) => text)).not.toContain(payload);
  }
  parse.mockRestore();
  expect(await send(hook, new URLSearchParams({ payload: '{"text":"hello"}' }).toString())).toEqual([200, 'ok']);
});

/** The answer to a form of which only the beginning comes; null once it is read. */
const begin = async (path: string) => {
  const held = await holdBody(world, ['POST', path], { 'content-type': FORM, 'content-length': 1000 }, 'a=');
  held.end();
  return held.status();
};

it('given a place that has made up as many addresses as it may, then nothing of what it sends there is read, and a real one is', async () => {
  expect(await begin('/api/hooks/made-up')).toBeNull();
  await world.app
    .get(RateLimits)
    .take(MADE_UP, '127.0.0.1', MADE_UP.points)
    .catch(() => undefined);
  expect(await begin('/api/hooks/made-up')).toBe(429);
  expect(await begin(hook)).toBeNull();
  expect(await send(hook, 'payload={"text":"hello"}')).toEqual([200, 'ok']);
});
