import { type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Types } from 'mongoose';
import { WebhookSender } from '../../../src/bridges/webhooks/webhook-sender.js';
import { WebhooksRepository } from '../../../src/bridges/webhooks/webhooks.repository.js';
import type { Message } from '../../../src/contracts/chat/chat.js';
import type { CreatedWebhook, Delivery, Webhook } from '../../../src/contracts/bridges/webhooks.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { type Received, aReceiver, addressOf } from '../../support/rooms/webhooks.js';

let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let room: string;
const received: Received[] = [];
/** What the receiver answers. */
let answer = 204;
/** What happens before it answers. */
let happens: (() => Promise<void>) | null = null;
const receiver = aReceiver(
  received,
  () => answer,
  () => happens?.(),
);
let url: string;

beforeAll(async () => {
  url = await addressOf(receiver);
  world = await startWorld({ nodes: 2, env: { OUTSIDE_ALLOW: '127.0.0.1', RATE_LIMITS: 'on' } });
  cohortId = await aCohort(world);
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
const hook = async (id: string) =>
  ((await ines.client.get(path())).body.items as Webhook[]).find((one) => one.id === id)!;
const log = async (id: string) => (await ines.client.get(path(`/${id}/deliveries`))).body.items as Delivery[];
const rowOf = async (id: string) =>
  (await world.db.collection('webhooks').findOne({ _id: new Types.ObjectId(id) })) as Record<string, unknown>;
const comeIn = (secret: string, body: unknown, node = 0) =>
  clientOf(world.nodes[node]!.url).post(new URL(secret).pathname, body);

describe('what goes out', () => {
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
});
