import type { CreatedWebhook } from '../../../../src/contracts/bridges/webhooks.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import { aCohort, aMember } from '../../../support/factories.js';
import { type HeldBody, holdBody } from '../../../support/servers/held-bodies.js';
import { aPrivateChannel } from '../../../support/rooms/chat.js';

/** Strangers whose long bodies are on their way take nothing from a webhook of ours, from whatever place it writes. */
let world: TestWorld;
let hook: string;
let slow: HeldBody[] = [];

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
  const cohortId = await aCohort(world);
  const ines = await aMember(world, cohortId, 'fellow');
  const room = await aPrivateChannel(ines, cohortId, []);
  const made = await ines.client.post(`/api/channels/${room}/webhooks`, { name: 'CI', direction: 'in' });
  hook = new URL((made.body as CreatedWebhook).secret).pathname;
});
afterAll(async () => {
  for (const one of slow) one.end();
  await world.stop();
});

/** Sends a long body of which only the beginning comes. */
const begin = (path: string) =>
  holdBody(world, ['POST', path], { 'content-type': 'application/json', 'content-length': 200_000 }, '{"a":');
const send = async (path: string) => {
  const body = JSON.stringify({ text: 'x'.repeat(10_000) });
  return (
    await fetch(new URL(path, world.url), { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  ).status;
};

it('given a place from which many made-up hooks send slowly, then a long message by a real one is taken, and theirs are not', async () => {
  slow = await Promise.all(Array.from({ length: 32 }, () => begin('/api/hooks/a-token-that-nobody-was-given')));
  // As soon as all of them have begun to come.
  await eventually(async () => expect(await send('/api/hooks/another-one-that-nobody-was-given')).toBe(429));
  expect(await send(hook)).toBe(200);
  expect(slow.map(({ status }) => status())).toEqual(Array<null>(32).fill(null));
});
