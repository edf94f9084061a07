import type { CreatedWebhook } from '../../../src/contracts/bridges/webhooks.js';
import type { Message } from '../../../src/contracts/chat/chat.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aPrivateChannel } from '../../support/rooms/chat.js';

/** What programs that were made for Slack send as a form. */
let world: TestWorld;
let ines: TestPerson;
let room: string;

beforeAll(async () => {
  world = await startWorld({});
  const cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow');
  room = await aPrivateChannel(ines, cohortId, []);
});
afterAll(() => world.stop());

const send = async (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  await fetch(new URL(path, world.url), { method: 'POST', body: new URLSearchParams(form), headers });
const aHook = async () => {
  const made = await ines.client.post(`/api/channels/${room}/webhooks`, { name: 'CI', direction: 'in' });
  return new URL((made.body as CreatedWebhook).secret).pathname;
};

it('given a form with a payload, then it is a message as JSON would be', async () => {
  const answer = await send(await aHook(), { payload: JSON.stringify({ text: '*Build* é & 🎉', username: 'Deploy' }) });
  expect([answer.status, await answer.text()]).toEqual([200, 'ok']);
  const items = (await ines.client.get(`/api/channels/${room}/messages`)).body.items as Message[];
  expect(items.at(-1)).toMatchObject({ body: '**Build** é & 🎉', bot: { name: 'Deploy' } });
});

it.each([
  ['no JSON', { payload: '{text' }, '/payload'],
  ['JSON of another shape', { payload: '{"text":7}' }, '/payload'],
  ['a payload without a text', { payload: '{}' }, '/text'],
  ['no payload', { what: 'x' }, '/text'],
])('given a form with %s, then 422 says where', async (_what, form, field) => {
  const answer = await send(await aHook(), form);
  expect(answer.status).toBe(422);
  expect(JSON.stringify(await answer.json())).toContain(field);
});

it('given a form of a foreign page, or one for another route, then it is refused as before', async () => {
  const form = { payload: '{"text":"x"}' };
  expect((await send(await aHook(), form, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await send('/api/auth/login', { email: 'a@b.example', password: 'x' })).status).toBe(415);
});
