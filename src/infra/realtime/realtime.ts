import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { createAdapter } from '@socket.io/redis-adapter';
import { Server as Engine } from 'engine.io';
import { Redis } from 'ioredis';
import type { Server as HttpServer } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Server, type ServerOptions, type Socket } from 'socket.io';
import { CONFIG, type Config } from '../../config/config.js';
import { SOCKETS } from '../http/lines/other-protocols.js';
import { Flooders } from './flooders.js';
import { framesOf } from './frames.js';
import { ProcessLine } from './process-line.js';
import { rooms } from './rooms.js';
import { Said } from './said.js';
import { openSocketDoor } from './socket-door.js';
import { UnknownLines } from './unknown-lines.js';

/** What an authenticated socket carries in `socket.data`. */
export interface SocketIdentity {
  userId: string;
  loginId: string;
  isAdmin: boolean;
  /** End of the access token, ms since the epoch. */
  expiresAt: number;
}

/** Socket.io's Socket with our data. */
export type LiveSocket = Socket<
  Record<string, (...args: unknown[]) => void>,
  Record<string, (...args: unknown[]) => void>,
  Record<string, never>,
  SocketIdentity
>;

/** Where the bytes of a socket are handed to its transport. */
interface FrameTaker {
  writeToEngine: (packets: string[], options: { preEncoded: true; wsPreEncodedFrame: Buffer[] }) => void;
}

/** A `connect_error` with a stable `data.code`, and with how long to wait before the next try where that helps. */
export class ConnectRefused extends Error {
  readonly data: { code: string; retryAfterMs?: number };
  constructor(code: string, retryAfterMs?: number) {
    super(code);
    this.data = { code, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
}

const GRACE_AFTER_TOKEN_MS = 30_000;
/** Rooms that a socket is in for itself, not because of what the database says of its person. */
const OWN_ROOM = new RegExp(`^(${rooms.user('')}|${rooms.login('')})`);
const MAX_BYTES = 100_000;
/** So long a line may be open of which nobody is let in: after a restart of the server all come at once. */
const SILENT_MS = 20_000;
/** Lines that one person has open to one process: tabs of several devices. */
const MAX_LINES = 50;
const LINES_WAIT_MS = 30_000;
/** Of a person, over all their lines to one process; a large event counts as many, since it costs as much. */
const MAX_EVENTS_A_SECOND = 100;
const BYTES_OF_ONE = 1000;
/** A line on which so many come in a second does not listen to refusals: it is cut. */
const CUT_BEYOND_A_SECOND = 300;
const A_SECOND = { points: MAX_EVENTS_A_SECOND, duration: 1 };

/**
 * The one socket server of the process. Rooms above register who authenticates (`auth`) and what happens on connect (`cohorts`,
 * `chat`); everybody pushes through `emit`. A worker without the web role has a server without a port: it can push, too.
 */
@Injectable()
export class Realtime implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Realtime');
  private readonly ofPeople = new RateLimiterMemory(A_SECOND);
  private readonly ofLines = new RateLimiterMemory(A_SECOND);
  private readonly flooders = new Flooders();
  private readonly unknown = new UnknownLines();
  private readonly connections: [Redis, Redis];
  private readonly joiners: ((socket: LiveSocket) => void)[] = [];
  private readonly roomSources: ((userId: string) => Promise<string[]>)[] = [];
  /** To the other processes and back. */
  readonly line: ProcessLine;
  private readonly said: Said;
  private server: Server | undefined;
  private authenticate: (token: string) => Promise<SocketIdentity> = () =>
    Promise.reject(new ConnectRefused('unauthorized'));
  private isEnded: (loginId: string) => boolean = () => false;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.connections = [this.connect(), this.connect()];
    this.line = new ProcessLine(...this.connections, config.REDIS_PREFIX);
    this.said = new Said(this.connections[0], `${config.REDIS_PREFIX}:said`);
    this.line.onReturn(() => {
      this.said.noteBreak();
      void this.placeAll();
    });
  }

  /** Says who is behind a token, throws {@link ConnectRefused}; and whether a login has ended since. */
  authenticateWith(
    authenticate: (token: string) => Promise<SocketIdentity>,
    isEnded: (loginId: string) => boolean,
  ): void {
    this.authenticate = authenticate;
    this.isEnded = isEnded;
  }

  /** Runs for each new socket once it is connected: before that its own person is not here yet. */
  onConnect(meet: (socket: LiveSocket) => void): void {
    this.joiners.push(meet);
  }

  /** Rooms that follow from the database: each new socket is let into those of its person before it hears that it is connected. */
  roomsFrom(roomsOf: (userId: string) => Promise<string[]>): void {
    this.roomSources.push(roomsOf);
  }

  /**
   * Takes the sockets of some people on this process out of rooms that are not theirs any more, by asking the database: for changes
   * that were told by a push which may have been lost.
   */
  async lookAgain(userIds: readonly string[]): Promise<void> {
    for (const userId of userIds) {
      for (const socket of this.socketsHere(rooms.user(userId))) await this.place(socket);
    }
  }

  /** What was said so far to somebody, as a word to compare with {@link hasMissed}; null while that cannot be known. */
  async saidTo(userId: string): Promise<string | null> {
    const own = await Promise.all(this.roomSources.map((roomsOf) => roomsOf(userId)));
    return await this.said.look([rooms.user(userId), ...own.flat()]);
  }

  /** Whether something was said to the person of a socket since they were given that word, before the socket could hear it. */
  async hasMissed(socket: LiveSocket, word: string): Promise<boolean> {
    const asked = [...socket.rooms].filter((room) => room !== socket.id && !OWN_ROOM.test(room));
    return (await this.said.look([rooms.user(socket.data.userId), ...asked])) !== word;
  }

  /** Options of the socket server, with a port or without. */
  options(): Partial<ServerOptions> {
    const [publisher, subscriber] = this.connections;
    return {
      path: SOCKETS,
      transports: ['websocket'],
      serveClient: false,
      // Lines begin as websockets: there is nothing to change over from.
      allowUpgrades: false,
      maxHttpBufferSize: MAX_BYTES,
      connectTimeout: SILENT_MS,
      pingInterval: 20_000,
      pingTimeout: 15_000,
      adapter: createAdapter(publisher, subscriber, { key: `${this.config.REDIS_PREFIX}-io`, requestsTimeout: 2000 }),
    };
  }

  /** Takes a server into use: authentication, limits, rooms; with a door in an HTTP server, or with none. */
  open(http?: HttpServer): Server {
    const server = new Server(this.options());
    const engine = new Engine(this.options());
    server.bind(engine);
    if (http) openSocketDoor(http, engine, this.config);
    this.server = server;
    engine.on('connection', (conn: LiveSocket['conn']) => this.unknown.watch(conn));
    server.use((socket, next) => void this.admit(socket as LiveSocket).then(() => next(), next));
    server.on('connection', (socket) => this.settle(socket as LiveSocket));
    return server;
  }

  /** Pushes an event to everybody in these rooms, on every process; once to each socket. */
  emit(to: string | string[], event: string, payload: unknown): void {
    const targets = typeof to === 'string' ? [to] : to;
    if (targets.length === 0) return;
    this.said.note(targets);
    this.io.to(targets).emit(event, payload);
  }

  /**
   * Pushes some events, in their order, to the sockets of a room on this process: one write for each socket. (The frames go where
   * Socket.IO's own adapters put theirs; websockets are the only transport here.)
   */
  emitHere(room: string, events: readonly { event: string; payload: unknown }[]): void {
    if (events.length === 0) return;
    this.said.note([room]);
    const sockets = this.socketsHere(room);
    if (sockets.length === 0) return;
    const frames = [framesOf(events)];
    for (const { client } of sockets as unknown as { client: FrameTaker }[])
      client.writeToEngine([''], { preEncoded: true, wsPreEncodedFrame: frames });
  }

  /** Leaves in a room exactly the sockets of these people, as far as they are on this process. */
  async placeHere(room: string, userIds: ReadonlySet<string>): Promise<void> {
    for (const socket of this.socketsHere(room)) if (!userIds.has(socket.data.userId)) await socket.leave(room);
    for (const userId of userIds) for (const socket of this.socketsHere(rooms.user(userId))) await socket.join(room);
  }

  /** Pushes what may be lost when a buffer is full (typing, presence). */
  emitVolatile(to: string | string[], event: string, payload: unknown): void {
    this.io.volatile.to(to).emit(event, payload);
  }

  /** Lets the live sockets of some people into a room, on every process. */
  join(userIds: readonly string[], room: string): void {
    if (userIds.length > 0) this.io.in(userIds.map(rooms.user)).socketsJoin(room);
  }

  /** Takes the live sockets of some people out of a room, on every process, at once. */
  leave(userIds: readonly string[], room: string): void {
    if (userIds.length > 0) this.io.in(userIds.map(rooms.user)).socketsLeave(room);
  }

  /** Closes the sockets in a room: of a login that ended, of a person whose logins all ended. */
  cut(room: string): void {
    this.io.in(room).disconnectSockets(true);
  }

  /** The same for this process only, without Redis. */
  cutHere(room: string): void {
    this.io.local.in(room).disconnectSockets(true);
  }

  /** Whether a person has a live socket on any process. Rejects when another process does not answer within 2 s. */
  async isConnected(userId: string): Promise<boolean> {
    return (await this.io.in(rooms.user(userId)).fetchSockets()).length > 0;
  }

  /** The people with a socket on this process, without doubles. */
  peopleHere(): Set<string> {
    return new Set(
      [...(this.server?.sockets.sockets.values() ?? [])].map((socket) => (socket as LiveSocket).data.userId),
    );
  }

  /** Sockets of a room on this process. */
  socketsHere(room: string): LiveSocket[] {
    const ids = this.server?.sockets.adapter.rooms.get(room) ?? new Set<string>();
    return [...ids].flatMap((id) => (this.server?.sockets.sockets.get(id) as LiveSocket | undefined) ?? []);
  }

  /** Checks a fresh token of a connected socket and moves its end. Returns the token's end in ms. */
  async renew(socket: LiveSocket, token: string): Promise<number> {
    const identity = await this.authenticate(token);
    if (identity.userId !== socket.data.userId) throw new ConnectRefused('unauthorized');
    await socket.join(rooms.login(identity.loginId));
    socket.data = identity;
    return identity.expiresAt;
  }

  onApplicationBootstrap(): void {
    // Without the web role no adapter made a server: make one that only pushes.
    if (!this.server) this.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.server?.close();
    this.connections.forEach((connection) => connection.disconnect());
  }

  private get io(): Server {
    if (!this.server) throw new Error('the socket server is not attached yet');
    return this.server;
  }

  private async admit(socket: LiveSocket): Promise<void> {
    const token: unknown = socket.handshake.auth.token;
    if (typeof token !== 'string') throw new ConnectRefused('unauthorized');
    socket.data = await this.authenticate(token);
    const { userId, loginId } = socket.data;
    const waitMs = (await this.flooders.wait(loginId)) ?? (await this.flooders.arrive(userId));
    if (waitMs !== undefined) throw new ConnectRefused('too_many_requests', waitMs);
    // Nothing is waited for between this and coming into the room: of many at once no more are let in than of one after the other.
    const lines = this.server?.sockets.adapter.rooms.get(rooms.user(userId))?.size ?? 0;
    if (lines >= MAX_LINES) throw new ConnectRefused('too_many_requests', LINES_WAIT_MS);
    await socket.join([rooms.user(userId), rooms.login(loginId)]);
    this.unknown.letIn(socket.conn);
    this.limit(socket);
    for (const roomsOf of this.roomSources) await socket.join(await roomsOf(socket.data.userId));
  }

  /**
   * Cutting and taking out of rooms reach a socket from here on only: what happened while it was let in is looked at once more.
   */
  private settle(socket: LiveSocket): void {
    if (this.isEnded(socket.data.loginId)) {
      socket.disconnect(true);
      return;
    }
    // Not before: of a line that ends while it is let in nobody hears that it ended.
    this.closeAfterToken(socket);
    for (const meet of this.joiners) meet(socket);
    this.place(socket).catch((error: unknown) => this.logger.warn({ err: error }, 'rooms are not looked at'));
  }

  /** Looks at the rooms first and asks after that: who is let into another one meanwhile stays there. */
  private async place(socket: LiveSocket): Promise<void> {
    const held = [...socket.rooms].filter((room) => room !== socket.id && !OWN_ROOM.test(room));
    const asked = this.roomSources.map((roomsOf) => roomsOf(socket.data.userId));
    const own = new Set((await Promise.all(asked)).flat());
    await socket.join([...own]);
    for (const room of held.filter((one) => !own.has(one))) await socket.leave(room);
  }

  /** After the line to the other processes was broken: who was let in or taken out meanwhile was not heard of. */
  private async placeAll(): Promise<void> {
    for (const socket of this.server?.sockets.sockets.values() ?? [])
      await this.place(socket as LiveSocket).catch(() => socket.disconnect(true));
  }

  /** A client that floods is told so by the ack of each refused event; Nest never sees them. */
  private limit(socket: LiveSocket): void {
    let bytes = 0;
    socket.conn.on('packet', ({ data }: { data?: string | Buffer }) => (bytes += data?.length ?? 0));
    socket.use((packet, next) => {
      const weight = Math.max(1, Math.ceil(bytes / BYTES_OF_ONE));
      bytes = 0;
      const ack = packet.at(-1) as unknown;
      const refuse = (code: string, message: string) => {
        if (typeof ack === 'function') (ack as (reply: unknown) => void)({ ok: false, error: { code, message } });
      };
      if (typeof packet[0] !== 'string') {
        refuse('unreadable', 'An event needs a name.');
        return;
      }
      // Nobody listens for it, so nobody would answer it.
      if (socket.listenerCount(packet[0]) === 0) refuse('unknown_event', 'There is no such event.');
      void this.countEvent(socket, weight).then(({ ofPerson, ofLine }) => {
        if (ofPerson <= MAX_EVENTS_A_SECOND) {
          next();
          return;
        }
        refuse('too_many_requests', 'Too many events in a second.');
        if (ofLine <= CUT_BEYOND_A_SECOND) return;
        this.flooders.add(socket.data.loginId);
        socket.disconnect(true);
      });
    });
    this.flooders.watch(socket);
    socket.on('disconnect', () => void this.ofLines.delete(socket.id));
  }

  /** How many events came within a second from a person, and by this line of theirs, with one that counts as so many. */
  private async countEvent({ id, data }: LiveSocket, weight: number): Promise<{ ofPerson: number; ofLine: number }> {
    const [person, line] = await Promise.all([
      this.ofPeople.penalty(data.userId, weight),
      this.ofLines.penalty(id, weight),
    ]);
    return { ofPerson: person.consumedPoints, ofLine: line.consumedPoints };
  }

  private closeAfterToken(socket: LiveSocket): void {
    const check = () => {
      const left = socket.data.expiresAt + GRACE_AFTER_TOKEN_MS - Date.now();
      if (left <= 0) socket.disconnect(true);
      else timer = setTimeout(check, left);
    };
    let timer = setTimeout(check, Math.max(0, socket.data.expiresAt + GRACE_AFTER_TOKEN_MS - Date.now()));
    socket.on('disconnect', () => clearTimeout(timer));
  }

  private connect(): Redis {
    const redis = new Redis(this.config.REDIS_URL, { maxRetriesPerRequest: null });
    redis.on('error', (error) => this.logger.debug({ err: error }, 'redis is away'));
    return redis;
  }
}
