import { once } from 'node:events';
import type { Socket } from 'node:net';
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { ChannelFeed } from '../../../src/chat/live/channel-feed.js';
import { MembershipsRepository } from '../../../src/cohorts/members/memberships.repository.js';
import { idOf } from '../../../src/infra/mongo/ids.js';
import { Realtime } from '../../../src/infra/realtime/realtime.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel, heard, say } from '../../support/rooms/chat.js';
import { connect, type LiveClient } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, aTokenOf, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let zoe: TestPerson;
let room: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow');
  leo = await aMember(world, cohortId, 'fellow');
  zoe = await aMember(world, cohortId, 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  room = await aPrivateChannel(ines, cohortId, [leo, zoe]);
});

/** Takes the subscription of a node's socket server off Redis while `act` runs; it comes back by itself after that. */
async function apart(node: number, act: () => Promise<void>): Promise<void> {
  const realtime = world.nodes[node]!.app.get<Realtime, { connections: [Redis, Redis & { stream: Socket }] }>(Realtime);
  const [, subscriber] = realtime.connections;
  let comeBack = () => {};
  const isOver = new Promise<void>((resolve) => (comeBack = resolve));
  subscriber.options.retryStrategy = () => 20;
  const connectAgain = subscriber.connect.bind(subscriber);
  subscriber.connect = async () => {
    await isOver;
    await connectAgain();
  };
  const closed = once(subscriber, 'close');
  subscriber.stream.destroy();
  await closed;
  await act();
  comeBack();
  await eventually(() => expect(subscriber.status).toBe('ready'));
}

const at = (node: number, person: TestPerson) => person.client.on(world.nodes[node]!.url);
const sayAt = (node: number, person: TestPerson, body: string) =>
  say({ ...person, client: at(node, person) }, room, body);
/** Under the client's own encoder, for frames that it would not send. */
const wireOf = (live: LiveClient) =>
  (live.socket.io.engine as unknown as { transport: { ws: { send: (text: string) => void } } }).transport.ws;
const flood = (live: LiveClient) => {
  for (let index = 0; index < 1000; index += 1)
    live.socket.emit('channel:typing', { channelId: room }, () => undefined);
};
const revs = (live: LiveClient) =>
  live.events.filter((one) => one.event.startsWith('message.')).map((one) => one.payload.rev as number);

describe('a process without a line to the others', () => {
  it('given somebody is taken out meanwhile, then the next message written there does not reach them', async () => {
    const [gone, stays] = [
      await connect(world.nodes[1]!.url, leo.token),
      await connect(world.nodes[1]!.url, zoe.token),
    ];
    await sayAt(1, ines, 'before');
    await heard(gone, 'message.created');
    await apart(1, async () => {
      expect((await at(0, ines).delete(`/api/channels/${room}/members/${leo.id}`)).status).toBe(204);
      await sayAt(1, ines, 'after');
      await heard(stays, 'message.created', (one) => one.body === 'after');
    });
    await sayAt(0, ines, 'later');
    await heard(stays, 'message.created', (one) => one.body === 'later');
    expect(revs(stays)).toEqual([1, 2, 3]);
    expect(revs(gone)).toEqual([1]);
    gone.close();
    stays.close();
  });

  it('given messages elsewhere meanwhile, then they are told when the line is back, without anybody asking', async () => {
    const live = await connect(world.nodes[1]!.url, zoe.token);
    const there = await connect(world.nodes[0]!.url, zoe.token);
    await sayAt(0, ines, 'first');
    await heard(live, 'message.created');
    await apart(1, async () => {
      await sayAt(0, ines, 'second');
      await sayAt(0, leo, 'third');
      await eventually(() => expect(revs(there)).toEqual([1, 2, 3]));
      expect(revs(live)).toEqual([1]);
    });
    await eventually(() => expect(revs(live)).toEqual([1, 2, 3]));
    for (const one of [live, there]) one.close();
  });
});

describe('a change that nobody told (its process died after the write)', () => {
  it('is read when a later one shows the gap, and told before it', async () => {
    const live = await connect(world.nodes[1]!.url, zoe.token);
    const first = await sayAt(0, ines, 'first');
    await heard(live, 'message.created');
    const feed = world.nodes[0]!.app.get(ChannelFeed);
    const silent = jest.spyOn(feed, 'tell').mockImplementation(() => undefined);
    await sayAt(0, ines, 'untold');
    await at(0, ines).patch(`/api/channels/${room}/messages/${first.id}`, { body: 'edited untold' });
    silent.mockRestore();
    await sayAt(0, ines, 'told');
    await heard(live, 'message.created', (one) => one.body === 'told');
    expect(revs(live)).toEqual([1, 2, 3, 4]);
    await heard(live, 'message.updated', (one) => one.body === 'edited untold' && one.rev === 3);
    live.close();
  });
});

describe('a person who changes channels while they connect', () => {
  it('hears a channel that they came into, and nothing of one that they left', async () => {
    const realtime = world.nodes[1]!.app.get(Realtime);
    const other = await aPrivateChannel(ines, cohortId, []);
    let once = true;
    realtime.roomsFrom(async () => {
      if (!once) return [];
      once = false;
      await ines.client.delete(`/api/channels/${room}/members/${leo.id}`);
      await ines.client.put(`/api/channels/${other}/members/${leo.id}`);
      return [];
    });
    const live = await connect(world.nodes[1]!.url, leo.token);
    await live.ask('sync', { channels: {} });
    await say(ines, room, 'not for Léo');
    await say(ines, other, 'for Léo');
    await heard(live, 'message.created', (one) => one.body === 'for Léo');
    expect(live.events.filter((one) => one.payload.body === 'not for Léo')).toEqual([]);
    live.close();
  });
});

describe('hostile frames', () => {
  it('given an event that nobody listens for, then its ack says so', async () => {
    const live = await connect(world.url, ines.token);
    for (const name of ['nothing', '__proto__', 'constructor', 'message.created'])
      expect(await live.ask(name, {})).toMatchObject({ ok: false, error: { code: 'unknown_event' } });
    live.close();
  });

  it.each([
    ['an array as its name', '42[["channel:send"],{}]'],
    ['an object as its name', '42[{"toString":"x"},{}]'],
    ['no name', '42[]'],
    ['what is no JSON', '42[{'],
    ['a reserved name', '42["disconnecting"]'],
  ])('given %s, then the line is cut and the process goes on', async (_name, frame) => {
    const live = await connect(world.url, await aTokenOf(world, ines.id));
    const cut = new Promise((resolve) => live.socket.once('disconnect', resolve));
    wireOf(live).send(frame);
    await cut;
    await say(ines, room, 'still here');
  });

  it('given 2 MB or a depth of 10,000, then it is cut off or refused, and others go on', async () => {
    const [hostile, calm] = [
      await connect(world.url, await aTokenOf(world, leo.id)),
      await connect(world.url, zoe.token),
    ];
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    wireOf(hostile).send(`42999["channel:send",{"channelId":"${room}","clientId":"deep-deep-deep","body":${deep}}]`);
    expect(await hostile.ask('channel:typing', { channelId: room })).toMatchObject({ ok: true });
    expect((await ines.client.get(`/api/channels/${room}`)).body.rev).toBe(0);
    const cut = new Promise((resolve) => hostile.socket.once('disconnect', resolve));
    hostile.socket.emit('channel:send', { channelId: room, clientId: 'large-large', body: 'x'.repeat(2_000_000) });
    await cut;
    expect(await calm.ask('channel:typing', { channelId: room })).toMatchObject({ ok: true });
    calm.close();
  });

  it('given 1,000 events in a second, then some are refused, the line is cut, and others are served meanwhile', async () => {
    const [hostile, calm] = [
      await connect(world.url, await aTokenOf(world, leo.id)),
      await connect(world.url, zoe.token),
    ];
    const refused: unknown[] = [];
    const cut = new Promise((resolve) => hostile.socket.once('disconnect', resolve));
    for (let index = 0; index < 1000; index += 1)
      hostile.socket.emit('channel:typing', { channelId: room }, (ack: { ok: boolean }) => ack.ok || refused.push(ack));
    expect(await calm.ask('channel:typing', { channelId: room })).toMatchObject({ ok: true });
    await cut;
    expect(refused.length).toBeGreaterThan(100);
    expect(refused.length).toBeLessThan(900);
    expect(refused[0]).toMatchObject({ ok: false, error: { code: 'too_many_requests' } });
    calm.close();
  });

  it('given a person with many lines, then all of them together have the events of one, and others are served', async () => {
    const many = await aMember(world, cohortId, 'fellow');
    const lines = await Promise.all(Array.from({ length: 8 }, () => connect(world.url, many.token)));
    const answers = await Promise.all(
      lines.flatMap((live) =>
        Array.from(
          { length: 90 },
          () => live.ask('channel:typing', { channelId: 'none' }) as Promise<{ ok: boolean; error?: { code: string } }>,
        ),
      ),
    );
    const refused = answers.filter(({ error }) => error?.code === 'too_many_requests');
    expect(answers).toHaveLength(720);
    expect(refused.length).toBeGreaterThan(300);
    const calm = await connect(world.url, zoe.token);
    expect(await calm.ask('channel:typing', { channelId: room })).toMatchObject({ ok: true });
    // No line of theirs flooded by itself.
    expect(lines.every((live) => live.socket.connected)).toBe(true);
    for (const live of [...lines, calm]) live.close();
  });

  it('given large events, then each counts as many, and a text as long as may be is still one of them', async () => {
    const many = await aMember(world, cohortId, 'fellow');
    const live = await connect(world.url, many.token);
    const large = { channelId: room, ...Object.fromEntries(Array.from({ length: 8000 }, (_, at) => [`k${at}`, 0])) };
    type Ack = { ok: boolean; error?: { code: string } };
    const codes: unknown[] = [];
    for (let times = 0; times < 3; times += 1)
      codes.push(((await live.ask('channel:typing', large)) as Ack).error?.code);
    expect(codes).toEqual(['invalid', 'too_many_requests', 'too_many_requests']);
    const long = { channelId: room, clientId: randomUUID(), body: '€'.repeat(8000) };
    // A small event is heard again once the second is over. It hardly counts.
    const ask = async (event: string, payload: object) => ((await live.ask(event, payload)) as Ack).error?.code;
    await eventually(async () => expect(await ask('channel:typing', { channelId: room })).toBe('not_found'));
    expect(await ask('channel:send', long)).toBe('not_found');
    live.close();
  });

  it.each([
    ['floods', flood],
    ['sends 2 MB', (live: LiveClient) => void live.socket.emit('channel:send', { body: 'x'.repeat(2_000_000) })],
    ['sends what is no JSON', (live: LiveClient) => wireOf(live).send('42[{')],
  ])('given a login that %s, then that login waits before it is let in again, and nobody else', async (_name, harm) => {
    const token = await aTokenOf(world, leo.id);
    const live = await connect(world.url, token);
    const cut = new Promise((resolve) => live.socket.once('disconnect', resolve));
    harm(live);
    await cut;
    const data = { code: 'too_many_requests', retryAfterMs: expect.any(Number) };
    await expect(connect(world.url, token)).rejects.toMatchObject({ data });
    for (const other of [await aTokenOf(world, leo.id), zoe.token]) (await connect(world.url, other)).close();
  });

  it('given a person who opens line after line, then the fifty-first is told to wait, and nobody else; and so is who comes and goes without end', async () => {
    const many = await aMember(world, cohortId, 'fellow');
    const tries = await Promise.allSettled(Array.from({ length: 60 }, () => connect(world.url, many.token)));
    const open = tries.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    expect(open).toHaveLength(50);
    const data = { code: 'too_many_requests', retryAfterMs: expect.any(Number) };
    await expect(connect(world.url, many.token)).rejects.toMatchObject({ data });
    for (const [url, token] of [[world.url, zoe.token] as const, [world.nodes[1]!.url, many.token] as const])
      (await connect(url, token)).close();
    for (const live of open) live.close();
    await eventually(async () => (await connect(world.url, many.token)).close());
    const refused: unknown[] = [];
    for (let times = 0; times < 200; times += 1)
      await connect(world.url, many.token).then(
        (live) => live.close(),
        (error: unknown) => refused.push(error),
      );
    expect(refused.length).toBeGreaterThan(50);
    expect(refused[0]).toMatchObject({ data });
  });
});

it('given a membership that ended while nobody could tell the channels, then who left reads nothing more in them, and everybody else does', async () => {
  const { id: messageId } = await say(ines, room, 'before');
  await world.app.get(MembershipsRepository).end(idOf(cohortId), idOf(zoe.id), world.clock.now());
  const messages = `/api/channels/${room}/messages`;
  const asked = [
    await zoe.client.get(messages),
    await zoe.client.get(`/api/channels/${room}`),
    await zoe.client.put(`${messages}/${messageId}/saved`, { saved: true }),
  ];
  expect(asked.map(({ status }) => status)).toEqual([404, 404, 404]);
  expect((await leo.client.get(messages)).status).toBe(200);
});
