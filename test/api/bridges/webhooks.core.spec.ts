import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Types } from 'mongoose';
import { Webhook as Signature } from 'standardwebhooks';
import { WebhookKeepers } from '../../../src/bridges/webhooks/webhook-keepers.js';
import { WebhookSender } from '../../../src/bridges/webhooks/webhook-sender.js';
import { WebhooksRepository } from '../../../src/bridges/webhooks/webhooks.repository.js';
import { WEBHOOK_LIMITS } from '../../../src/bridges/webhooks/webhook-room.js';
import type { Message } from '../../../src/contracts/chat/chat.js';
import type {
  ChannelWebhook,
  CreatedWebhook,
  Delivery,
  Webhook,
  WebhookPayload,
} from '../../../src/contracts/bridges/webhooks.js';
import { RateLimits } from '../../../src/infra/redis/rate-limits.js';
import { bytesOf } from '../../../src/infra/redis/text-of-day.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel, channelOf, heard, say } from '../../support/rooms/chat.js';
import { clientOf, connect } from '../../support/client.js';
import { counted } from '../../support/rooms/deliveries.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';

interface Received {
  headers: IncomingMessage['headers'];
  body: string;
  payload: WebhookPayload;
}

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
/** What happens before it answers. */
let happens: (() => Promise<void>) | null = null;
const receiver = createServer((request, response) => {
  void text(request).then(async (body) => {
    await happens?.();
    received.push({ headers: request.headers, body, payload: JSON.parse(body) as WebhookPayload });
    response.writeHead(answer, answer === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end();
  });
});
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
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
  happens = null;
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
const rowOf = async (id: string) =>
  (await world.db.collection('webhooks').findOne({ _id: new Types.ObjectId(id) })) as Record<string, unknown>;
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

  it('given 30 messages at once over two processes, then each goes out, in the order of the channel', async () => {
    await make({ direction: 'out', url });
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        clientOf(world.nodes[index % 2]!.url, leo.token).post(`/api/channels/${room}/messages`, {
          clientId: `going-out-${index}`,
          body: `${index}`,
        }),
      ),
    );
    await eventually(() => expect(received.length).toBeGreaterThanOrEqual(30));
    const seqs = received.map((one) => one.payload.data.message!.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(new Set(seqs).size).toBe(30);
  });

  it('given messages are edited or deleted while those before them are on their way, then they go out as they are by then', async () => {
    const said: Message[] = [];
    for (const body of ['one', 'two', 'three', 'four']) said.push(await say(leo, room, body));
    const pathOf = (at: number) => `/api/channels/${room}/messages/${said[at]!.id}`;
    const done: number[] = [];
    happens = async () => {
      happens = null;
      done.push((await leo.client.patch(pathOf(1), { body: 'two, as it should be' })).status);
      done.push((await leo.client.delete(pathOf(2))).status);
    };
    const { id } = await make({ direction: 'out', url });
    // From the first of them on, as if it had been busy for a while.
    const before = { sentSeq: said[0]!.seq - 1, wakeAt: world.clock.now() };
    await world.db.collection('webhooks').updateOne({ _id: new Types.ObjectId(id) }, { $set: before });
    await world.app.get(WebhookSender).turn();
    await eventually(() => expect(received.at(-1)?.payload.data.message?.body).toBe('four'));
    expect(done).toEqual([200, 204]);
    expect(received.map((one) => one.payload.data.message?.body)).toEqual(['one', 'two, as it should be', 'four']);
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

  it('given a process that died between a message and its event, then the next turn hands the message over', async () => {
    const { id } = await make({ direction: 'out', url });
    const isAsleep = async () => expect(await rowOf(id)).not.toHaveProperty('wakeAt');
    const { seq } = await say(leo, room, 'nobody was called');
    await eventually(() => expect(received).toHaveLength(1));
    await eventually(isAsleep);
    const turn = () => Promise.all(world.nodes.map((node) => node.app.get(WebhookSender).turn()));
    await turn();
    await isAsleep();
    // What such a process leaves: a message beyond the place of a webhook that sleeps.
    await world.db.collection('webhooks').updateOne({ _id: new Types.ObjectId(id) }, { $set: { sentSeq: seq - 1 } });
    await turn();
    await eventually(() => expect(received).toHaveLength(2));
    await eventually(isAsleep);
    expect(await rowOf(id)).toMatchObject({ sentSeq: seq, lease: null });
  });

  it('given fifty that were switched off while they waited, then they take the turn of no other', async () => {
    answer = 500;
    const { id } = await make({ direction: 'out', url });
    await say(leo, room, 'to be tried again');
    await eventually(async () => expect(await rowOf(id)).toMatchObject({ attempts: 1, lease: null }));
    const long = new Date(0);
    const dead = Array.from({ length: 50 }, () => ({
      ...{ _id: new Types.ObjectId(), channelId: new Types.ObjectId(), direction: 'out', name: 'Dead', active: false },
      ...{ place: 1, sentSeq: 0, calls: 1, attempts: 1, wakeAt: long, lease: null, createdAt: long },
    }));
    await world.db.collection('webhooks').insertMany(dead);
    const { wakeAt } = await rowOf(id);
    const due = await world.app.get(WebhooksRepository).due(wakeAt as Date, 50);
    expect(due.map(String)).toContain(id);
    await ines.client.patch(path(`/${id}`), { active: false });
    expect(await rowOf(id)).not.toHaveProperty('wakeAt');
    await world.db.collection('webhooks').deleteMany({ _id: { $in: dead.map(({ _id }) => _id) } });
  });

  it('given a receiver that is gone, or sends elsewhere, then it is switched off, or tried again', async () => {
    answer = 410;
    const gone = await make({ direction: 'out', url });
    await say(leo, room, 'one');
    await eventually(async () => expect(await hook(gone.id)).toMatchObject({ active: false, problem: 'status' }));
    expect(await rowOf(gone.id)).not.toHaveProperty('wakeAt');
    await ines.client.delete(path(`/${gone.id}`));
    answer = 302;
    const elsewhere = await make({ direction: 'out', url });
    await say(leo, room, 'two');
    await eventually(async () => expect((await log(elsewhere.id))[0]).toMatchObject({ ok: false, status: 302 }));
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

  it('given tests without end by all webhooks of one person, then they are refused; another person’s are not', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 4; index += 1) ids.push((await make({ direction: 'out', url })).id);
    const test = (client: TestPerson['client'], id: string) => client.post(path(`/${id}/test`));
    const statuses: number[] = [];
    for (let round = 0; round < 6; round += 1)
      for (const id of ids) statuses.push((await test(ines.client, id)).status);
    expect([statuses.filter((one) => one === 200).length, statuses.at(-1)]).toEqual([20, 429]);
  });

  it('given a receiver that takes its time, then what its keeper sends elsewhere waits, and what others send does not', async () => {
    const held: ServerResponse[] = [];
    const slow = createServer((_request, response) => void held.push(response));
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const slowUrl = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/`;
    for (let index = 0; index < 6; index += 1) await make({ direction: 'out', url: slowUrl });
    const theirs = await aPrivateChannel(leo, cohortId, [ines]);
    await leo.client.post(`/api/channels/${theirs}/webhooks`, { name: 'CI', direction: 'out', url });
    await say(leo, room, 'slow');
    await eventually(() => expect(held.length).toBeGreaterThanOrEqual(2));
    await say(leo, theirs, 'quick');
    await eventually(() => expect(received.map(({ payload }) => payload.data.message?.body)).toEqual(['quick']));
    // Two at a time of each process.
    expect(held.length).toBeLessThanOrEqual(4);
    let answered = 0;
    await eventually(async () => {
      world.clock.advance(5000);
      await world.app.get(WebhookSender).turn();
      for (const response of held.splice(0)) {
        response.end();
        answered += 1;
      }
      expect(answered).toBe(6);
    });
    slow.closeAllConnections();
    slow.close();
  });

  it('given what came in by a webhook, then it does not go out by another', async () => {
    await make({ direction: 'out', url });
    const { secret } = await make({ direction: 'in' });
    await comeIn(secret, { text: 'from a machine' });
    await say(leo, room, 'from a person');
    await eventually(() => expect(received).toHaveLength(1));
    expect(received[0]!.payload.data.message?.body).toBe('from a person');
  });

  it.each(['https://127.0.0.2/', 'https://[::1]/', 'https://169.254.169.254/latest', 'https://10.0.0.1/x'])(
    'given %s, an address inside the house, then it is not reached',
    async (inside) => {
      const { id } = await make({ direction: 'out', url: inside });
      expect((await ines.client.post(path(`/${id}/test`))).body).toMatchObject({ ok: false, problem: 'not_allowed' });
    },
  );

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

describe('who keeps it', () => {
  const leave = (person: TestPerson) => person.client.delete(`/api/channels/${room}/members/me`);
  const takeOver = (person: TestPerson, id: string) => person.client.post(path(`/${id}/take-over`));
  const listOf = async (person: TestPerson) => (await person.client.get(path())).body.items as Webhook[];
  const said = async () => (await messages()).map(({ note, bot, body }) => (note ? { note, bot } : { body }));

  it('given its maker leaves the channel, then nothing comes in or goes out, the channel is told once, and who stays takes it over', async () => {
    const incoming = await make({ direction: 'in' });
    const outgoing = await make({ direction: 'out', url, name: 'Archive' });
    expect((await leave(ines)).status).toBe(204);
    await say(leo, room, 'between us');
    const refused = await Promise.all(
      [0, 1].map((node) => comeIn(incoming.secret, { text: 'x', username: 'Léo' }, node)),
    );
    expect(refused.map(({ status }) => status)).toEqual([404, 404]);
    await eventually(async () => expect(await listOf(leo)).toMatchObject([{ active: false }, { active: false }]));
    const note = (name: string) => ({ note: { kind: 'webhook', name, because: 'keeper_left' }, bot: { name } });
    await eventually(async () =>
      expect((await said()).filter((one) => 'note' in one).sort(byName)).toEqual([note('Archive'), note('CI')]),
    );
    expect(received).toEqual([]);
    expect(await listOf(leo)).toMatchObject([
      { problem: 'keeper_left', keeperLeft: true },
      { problem: 'keeper_left', keeperLeft: true },
    ]);
    const on = await leo.client.patch(path(`/${incoming.id}`), { active: true });
    expect([on.status, on.body.code]).toEqual([409, 'keeper_left']);
    expect((await leo.client.post(path(`/${outgoing.id}/test`))).body.code).toBe('keeper_left');

    const taken = (await takeOver(leo, incoming.id)).body as CreatedWebhook;
    expect(taken).toMatchObject({ active: true, problem: null, keeperLeft: false, keeper: { id: leo.id } });
    expect((await comeIn(incoming.secret, { text: 'x' })).status).toBe(404);
    expect((await comeIn(taken.secret, { text: 'back' })).status).toBe(200);
    const again = await takeOver(leo, incoming.id);
    expect([again.status, again.body.code]).toEqual([409, 'is_kept']);
    const goesOn = (await takeOver(leo, outgoing.id)).body as CreatedWebhook;
    expect(goesOn.secret).not.toBe(outgoing.secret);
    await say(leo, room, 'to be heard');
    await eventually(() => expect(received.map((one) => one.payload.data.message?.body)).toEqual(['to be heard']));
    expect(() => new Signature(outgoing.secret).verify(received[0]!.body, received[0]!.headers as never)).toThrow();
  });

  it('given another owner who has it go elsewhere, then they keep it, by a new secret, and it ends with them', async () => {
    const elsewhere = url.replace('/hook', '/elsewhere');
    room = (await channelOf(staff, 'cohort')).id;
    const claire = await aMember(world, cohortId, 'staff', { name: 'Claire' });
    const made = await staff.client.post(path(), { direction: 'out', name: 'Archive', url });
    const { id, secret } = made.body as CreatedWebhook;
    const renamed = await claire.client.patch(path(`/${id}`), { name: 'Tapes', url });
    expect(renamed.body).toMatchObject({ name: 'Tapes', keeper: { id: staff.id } });
    expect(renamed.body).not.toHaveProperty('secret');
    const own = await staff.client.patch(path(`/${id}`), { url: `${url}/own` });
    expect(own.body).toMatchObject({ url: `${url}/own`, keeper: { id: staff.id } });
    expect(own.body).not.toHaveProperty('secret');

    world.clock.advance(1);
    const moved = await claire.client.patch(path(`/${id}`), { url: elsewhere });
    expect(moved.body).toMatchObject({ url: elsewhere, active: true, keeper: { id: claire.id }, keeperLeft: false });
    expect(moved.body.secret).not.toBe(secret);
    await say(claire, room, 'to be heard');
    await eventually(() => expect(received.map((one) => one.payload.data.message?.body)).toEqual(['to be heard']));
    new Signature(moved.body.secret as string).verify(received[0]!.body, received[0]!.headers as never);
    expect(() => new Signature(secret).verify(received[0]!.body, received[0]!.headers as never)).toThrow();

    expect((await staff.client.delete(`/api/cohorts/${cohortId}/members/${claire.id}`)).status).toBe(204);
    await say(staff, room, 'without her');
    await eventually(async () => expect(await rowOf(id)).toMatchObject({ active: false, problem: 'keeper_left' }));
    expect(received).toHaveLength(1);
  });

  it('given two who have it go elsewhere at once, then its address is that of who keeps it', async () => {
    room = (await channelOf(staff, 'cohort')).id;
    const [claire, mona] = [await aMember(world, cohortId, 'staff'), await aMember(world, cohortId, 'staff')];
    const { id } = (await staff.client.post(path(), { direction: 'out', name: 'Archive', url })).body as CreatedWebhook;
    world.clock.advance(1);
    const answers = await Promise.all(
      [claire, mona, staff].map((one) => one.client.patch(path(`/${id}`), { url: `${url}/${one.id}` })),
    );
    const { url: goesTo, keeper } = ((await staff.client.get(path())).body.items as Webhook[]).find(
      (one) => one.id === id,
    )!;
    expect(goesTo).toBe(`${url}/${keeper?.id ?? ''}`);
    for (const { status, body } of answers) if (status !== 200) expect([status, body.code]).toEqual([409, 'stale']);
    await staff.client.delete(path(`/${id}`));
  });

  it('given its maker comes back, then it stays as it is: the belonging it was bound to is over', async () => {
    const { secret } = await make({ direction: 'in' });
    await leave(ines);
    world.clock.advance(1000);
    await leo.client.put(`/api/channels/${room}/members/${ines.id}`);
    expect((await comeIn(secret, { text: 'x' })).status).toBe(404);
    await eventually(async () => expect((await messages()).filter(({ note }) => note)).toHaveLength(1));
  });

  it('given its maker left the cohort and neither event nor door did anything yet, then each use sees it', async () => {
    const mona = await aMember(world, cohortId, 'fellow');
    room = await aPrivateChannel(mona, cohortId, [leo]);
    const made = (await mona.client.post(path(), { direction: 'in', name: 'CI' })).body as CreatedWebhook;
    const out = (await mona.client.post(path(), { direction: 'out', name: 'Out', url })).body as CreatedWebhook;
    await eventually(async () => expect(await rowOf(out.id)).not.toHaveProperty('wakeAt'));
    await world.db
      .collection('memberships')
      .updateOne({ userId: new Types.ObjectId(mona.id) }, { $set: { endedAt: new Date() } });
    await say(leo, room, 'nobody outside hears this');
    expect((await comeIn(made.secret, { text: 'x' }, 1)).status).toBe(404);
    await eventually(async () => expect(await rowOf(out.id)).toMatchObject({ active: false, problem: 'keeper_left' }));
    expect(received).toEqual([]);
  });

  it('given nobody uses it, then the next night finds that its maker is gone', async () => {
    const { id } = await make({ direction: 'in' });
    await world.db
      .collection('channel-members')
      .deleteOne({ channelId: new Types.ObjectId(room), userId: new Types.ObjectId(ines.id) });
    await Promise.all(world.nodes.map((node) => node.app.get(WebhookKeepers).compare()));
    expect(await rowOf(id)).toMatchObject({ active: false, problem: 'keeper_left' });
    expect((await messages()).filter(({ note }) => note)).toHaveLength(1);
  });

  it('given staff who set it up in a channel of the cohort and are staff no more, then it stops', async () => {
    const claire = await aMember(world, cohortId, 'staff');
    room = (await channelOf(claire, 'cohort')).id;
    const { secret } = (await claire.client.post(path(), { direction: 'in', name: 'CI' })).body as CreatedWebhook;
    expect((await comeIn(secret, { text: 'x' })).status).toBe(200);
    await staff.client.patch(`/api/cohorts/${cohortId}/members/${claire.id}`, { role: 'coach' });
    expect((await comeIn(secret, { text: 'y' })).status).toBe(404);
    expect((await claire.client.get(path())).status).toBe(403);
  });

  it('given staff who are not in a private channel, then they see that it has one, and end it, without reading or knowing the channel', async () => {
    const { id, secret } = await make({ direction: 'in' });
    await say(ines, room, 'confidence');
    const at = `/api/cohorts/${cohortId}/channel-webhooks`;
    const all = (await staff.client.get(at)).body.items as ChannelWebhook[];
    expect(all.find((one) => one.id === id)).toMatchObject({
      ...{ direction: 'in', name: 'CI', host: null, active: true, channel: null },
      keeper: { id: ines.id },
    });
    const name = (await ines.client.get(`/api/channels/${room}`)).body.name as string;
    expect(JSON.stringify(all)).not.toContain(name);
    for (const [person, status] of [
      [leo, 403],
      [outsider, 404],
    ] as const) {
      expect((await person.client.get(at)).status).toBe(status);
      expect((await person.client.delete(`${at}/${id}`)).status).toBe(status);
    }
    const elsewhere = (await outsider.client.get('/api/me')).body.memberships[0].cohortId as string;
    const foreign = await outsider.client.delete(`/api/cohorts/${elsewhere}/channel-webhooks/${id}`);
    expect(foreign.status).toBe(404);
    expect((await staff.client.delete(`${at}/${id}`)).status).toBe(204);
    expect((await comeIn(secret, { text: 'x' })).status).toBe(404);
    await eventually(async () =>
      expect((await messages()).at(-1)?.note).toEqual({ kind: 'webhook', name: 'CI', because: 'ended' }),
    );
    expect((await staff.client.get(`/api/channels/${room}`)).status).toBe(404);
  });

  const byName = (a: { bot?: { name: string } | null }, b: { bot?: { name: string } | null }) =>
    (a.bot?.name ?? '').localeCompare(b.bot?.name ?? '');
});
