import { Webhook as Signature } from 'standardwebhooks';
import type { Message } from '../../../src/contracts/chat/chat.js';
import type { CreatedWebhook, Delivery, Webhook } from '../../../src/contracts/bridges/webhooks.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel, heard, say } from '../../support/rooms/chat.js';
import { clientOf, connect } from '../../support/client.js';
import { counted } from '../../support/rooms/deliveries.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { type Received, aReceiver, addressOf } from '../../support/rooms/webhooks.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let ines: TestPerson;
let leo: TestPerson;
let outsider: TestPerson;
let room: string;
const received: Received[] = [];
/** What the receiver answers. */
let answer = 204;
const receiver = aReceiver(received, () => answer);
let url: string;

beforeAll(async () => {
  url = await addressOf(receiver);
  world = await startWorld({ nodes: 2, env: { OUTSIDE_ALLOW: '127.0.0.1', RATE_LIMITS: 'on' } });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
});
afterAll(async () => {
  await world.stop();
  receiver.close();
});
beforeEach(async () => {
  // Nobody makes more than 30 channels an hour, nor sends more than 40 messages in ten seconds.
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo' });
  room = await aPrivateChannel(ines, cohortId, [leo]);
  received.splice(0);
  answer = 204;
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
const log = async (id: string) => (await ines.client.get(path(`/${id}/deliveries`))).body.items as Delivery[];
const comeIn = (secret: string, body: unknown, node = 0) =>
  clientOf(world.nodes[node]!.url).post(new URL(secret).pathname, body);

describe('what comes in', () => {
  it('given what Slack takes, then it is a message of the channel, unread for all, naming nobody', async () => {
    const { secret } = await make({ direction: 'in' });
    const said = await comeIn(secret, { text: `*Build* failed <https://ci.example/1|here> @channel <@${leo.id}>` }, 1);
    expect([said.status, said.text]).toEqual([200, 'ok']);
    const [message] = await messages();
    expect(message).toMatchObject({
      body: `**Build** failed [here](https://ci.example/1) @channel @${leo.id}`,
      bot: { name: 'CI' },
      mentions: [],
      mentionsAll: false,
    });
    const mine = (await leo.client.get('/api/channels')).body.items as {
      id: string;
      unread: number;
      mentions: number;
    }[];
    expect(mine.find((one) => one.id === room)).toMatchObject({ unread: 1, mentions: 0 });
    await comeIn(secret, { text: 'again', username: 'Deploy' });
    expect((await messages())[1]?.bot).toEqual({ name: 'Deploy' });
  });

  it.each([
    [{}, 422],
    [{ text: '   ' }, 422],
    [{ text: 7 }, 422],
    [{ text: 'x'.repeat(16_001) }, 422],
    ['nothing', 400],
  ])('given %j, then %i and nothing is written', async (body, status) => {
    const { secret } = await make({ direction: 'in' });
    expect((await comeIn(secret, body)).status).toBe(status);
    expect(await messages()).toEqual([]);
  });
});

describe('what goes out', () => {
  it('given messages, then the other side gets each once, in order, with a good signature', async () => {
    await say(leo, room, 'before');
    const { id, secret } = await make({ direction: 'out', url });
    const first = await say(leo, room, `Hello <@${ines.id}>`);
    await say(ines, room, 'and a reply', first.id);
    await eventually(() => expect(received).toHaveLength(2));
    expect(received.map((one) => one.payload.data.message?.body)).toEqual(['Hello @Inès', 'and a reply']);
    const [one] = received;
    expect(one!.payload).toMatchObject({ type: 'message.created', data: { sender: { id: leo.id, name: 'Léo' } } });
    expect(one!.payload.data.message).not.toHaveProperty('previews');
    const headers = one!.headers as Record<string, string>;
    expect(new Signature(secret).verify(one!.body, headers)).toEqual(one!.payload);
    expect(() => new Signature(secret).verify(one!.body.replace('Hello', 'Hallo'), headers)).toThrow();
    await eventually(async () => expect((await hook(id)).lastAt).not.toBeNull());
    expect((await log(id)).map(({ ok, status, attempt }) => [ok, status, attempt])).toEqual([
      [true, 204, 1],
      [true, 204, 1],
    ]);
    await eventually(async () => expect(await counted('message.created', 'webhook', 'sent')).toBe(2));
  });

  it('given a receiver that fails, then it is tried again later with the same id, and nothing is lost', async () => {
    answer = 500;
    const { id } = await make({ direction: 'out', url });
    await say(leo, room, 'one');
    await say(leo, room, 'two');
    await eventually(async () => expect((await hook(id)).problem).toBe('status'));
    expect(received).toHaveLength(1);
    await eventually(async () => expect(await counted('message.created', 'webhook', 'later')).toBe(1));
    answer = 200;
    await ines.client.patch(path(`/${id}`), { active: false });
    await ines.client.patch(path(`/${id}`), { active: true });
    await eventually(() => expect(received).toHaveLength(3));
    expect(received.map((one) => one.payload.data.message?.body)).toEqual(['one', 'one', 'two']);
    expect(received[0]!.headers['webhook-id']).toBe(received[1]!.headers['webhook-id']);
    await eventually(async () => expect((await hook(id)).problem).toBeNull());
  });

  it('given a test, then it says at once what came of it', async () => {
    const { id } = await make({ direction: 'out', url });
    expect((await ines.client.post(path(`/${id}/test`))).body).toMatchObject({
      ok: true,
      status: 204,
      messageId: null,
    });
    expect(received[0]!.payload).toMatchObject({ type: 'test', data: { message: null } });
    const incoming = await make({ direction: 'in' });
    expect((await ines.client.post(path(`/${incoming.id}/test`))).body.code).toBe('not_outgoing');
  });

  it.each([
    ['http://example.org/', 'https_needed'],
    ['ftp://example.org/', 'wrong_format'],
    ['not an address', 'wrong_format'],
  ])('given %s, then 422 %s', async (wrong, code) => {
    const refused = await ines.client.post(path(), { direction: 'out', name: 'x', url: wrong });
    expect([refused.status, refused.body.errors[0]]).toMatchObject([422, { field: '/url', code }]);
  });
});

describe('who is told', () => {
  it('given messages that go out, then everybody in the channel sees where to, at once, and nobody else', async () => {
    const receivers = async (person: TestPerson) => await person.client.get(`/api/channels/${room}/receivers`);
    expect((await receivers(leo)).body.items).toEqual([]);
    const live = await connect(world.nodes[1]!.url, leo.token);
    const { id } = await make({ direction: 'out', url });
    await make({ direction: 'in' });
    await heard(live, 'channel.changed', (one) => one.channelId === room);
    expect((await receivers(leo)).body.items).toEqual([{ name: 'CI', host: new URL(url).host }]);
    expect((await receivers(leo)).text).not.toContain('/hook');
    await ines.client.patch(path(`/${id}`), { active: false });
    expect((await receivers(leo)).body.items).toEqual([]);
    const foreign = await receivers(outsider);
    const random = await outsider.client.get('/api/channels/6530f0a0a0a0a0a0a0a0a0a0/receivers');
    expect([foreign.status, foreign.text]).toEqual([404, random.text]);
    live.close();
  });
});

describe('who may', () => {
  it('given who may not change the channel, then 403; given who is not in it, then 404 as for nothing', async () => {
    const { id, secret } = await make({ direction: 'in' });
    const acts = [
      (client: TestPerson['client'], at: string) => client.get(at),
      (client: TestPerson['client'], at: string) => client.post(at, { direction: 'in', name: 'x' }),
      (client: TestPerson['client'], at: string) => client.patch(`${at}/${id}`, { name: 'x' }),
      (client: TestPerson['client'], at: string) => client.delete(`${at}/${id}`),
      (client: TestPerson['client'], at: string) => client.get(`${at}/${id}/deliveries`),
      (client: TestPerson['client'], at: string) => client.post(`${at}/${id}/test`),
    ];
    for (const act of acts) {
      expect((await act(leo.client, path())).status).toBe(403);
      const foreign = await act(outsider.client, path());
      const random = await act(outsider.client, '/api/channels/6530f0a0a0a0a0a0a0a0a0a0/webhooks');
      expect([foreign.status, foreign.text]).toEqual([404, random.text]);
      expect((await act(staff.client, path())).status).toBe(404);
    }
    expect(JSON.stringify((await ines.client.get(path())).body)).not.toContain(secret.slice(-20));
  });

  it('given a webhook of another channel, then it is not found through mine', async () => {
    const { id } = await make({ direction: 'in' });
    room = await aPrivateChannel(ines, cohortId, []);
    expect((await ines.client.delete(path(`/${id}`))).status).toBe(404);
  });

  it('given many at once by two processes, then ten are made, and one more as soon as one is gone', async () => {
    const nodes = world.nodes.map(({ url: base }) => clientOf(base, ines.token));
    const made = await Promise.all(
      Array.from({ length: 16 }, (_, index) => nodes[index % 2]!.post(path(), { direction: 'in', name: 'x' })),
    );
    const refused = made.filter(({ status }) => status !== 201);
    expect(refused.map(({ body }) => body.code)).toEqual(Array(6).fill('too_many_webhooks'));
    const { items } = (await ines.client.get(path())).body as { items: Webhook[] };
    expect(items).toHaveLength(10);
    expect((await ines.client.delete(path(`/${items[3]!.id}`))).status).toBe(204);
    await make({ direction: 'in' });
    expect((await ines.client.post(path(), { direction: 'in', name: 'x' })).body.code).toBe('too_many_webhooks');
  });
});
