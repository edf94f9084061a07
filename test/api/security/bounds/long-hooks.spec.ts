import { type ClientRequest, request } from 'node:http';
import type { CreatedWebhook } from '../../../../src/contracts/bridges/webhooks.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import { aCohort, aMember } from '../../../support/factories.js';
import { aPrivateChannel } from '../../../support/rooms/chat.js';

/** Strangers whose long bodies are on their way take nothing from a webhook of ours, from whatever place it writes. */
let world: TestWorld;
let hook: string;
const slow: ClientRequest[] = [];

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
  const cohortId = await aCohort(world);
  const ines = await aMember(world, cohortId, 'fellow');
  const room = await aPrivateChannel(ines, cohortId, []);
  const made = await ines.client.post(`/api/channels/${room}/webhooks`, { name: 'CI', direction: 'in' });
  hook = new URL((made.body as CreatedWebhook).secret).pathname;
});
afterAll(async () => {
  for (const one of slow) one.destroy();
  await world.stop();
});

/** The answer to a long body of which only the beginning comes; null while it is waited for. */
const begin = async (path: string) =>
  await new Promise<number | null>((resolve) => {
    const headers = { 'content-type': 'application/json', 'content-length': 200_000 };
    const asked = request(new URL(path, world.url), { method: 'POST', headers, agent: false });
    slow.push(asked);
    const timer = setTimeout(() => resolve(null), 500);
    asked.on('error', () => undefined);
    asked.on('response', ({ statusCode = 0 }) => {
      clearTimeout(timer);
      resolve(statusCode);
    });
    asked.write('{"a":');
  });
const send = async (path: string) => {
  const body = JSON.stringify({ text: 'x'.repeat(10_000) });
  return (
    await fetch(new URL(path, world.url), { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  ).status;
};

it('given a place from which many made-up hooks send slowly, then a long message by a real one is taken, and theirs are not', async () => {
  const answers = await Promise.all(
    Array.from({ length: 32 }, () => begin('/api/hooks/a-token-that-nobody-was-given')),
  );
  expect(answers).toEqual(Array<null>(32).fill(null));
  // As soon as all of them have begun to come.
  await eventually(async () => expect(await send('/api/hooks/another-one-that-nobody-was-given')).toBe(429));
  expect(await send(hook)).toBe(200);
});
