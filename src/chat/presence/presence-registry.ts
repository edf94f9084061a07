import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { CONFIG, type Config } from '../../config/config.js';
import { type LiveSocket, Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { REDIS } from '../../infra/redis/redis.token.js';
import { PresenceChoice } from './presence-choice.js';
import { type Seen, byRoom, presenceChanges } from './presence-changes.js';

const EVERY_MS = 1000;
const GRACE_MS = 5000;
/** A process that did not say that it lives for so long is dead: its people have left. */
const DEAD_AFTER_MS = 30_000;
const ALIVE_EVERY_MS = 10_000;
/** The people of a dead process are remembered until another one has told that they left. */
const KEEP_SECONDS = 600;

const isCohortRoom = (room: string) => room.startsWith(rooms.cohort(''));

/**
 * Who is here, over all processes. Each process keeps its people in Redis and tells once a second who came and who left, to
 * the cohorts that they are in, and to nobody else. All of it may be lost: it is told again to each new socket.
 */
@Injectable()
export class PresenceRegistry implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('PresenceRegistry');
  private readonly processId = randomUUID();
  private readonly newSockets = new Set<LiveSocket>();
  private known = new Map<string, Seen>();
  private aliveAt = 0;
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly realtime: Realtime,
    private readonly choice: PresenceChoice,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.realtime.onConnect((socket) => this.newSockets.add(socket));
    if (!this.config.ROLES.includes('web')) return;
    this.next();
  }

  async beforeApplicationShutdown(): Promise<void> {
    // A turn that is under way sets the timer once more as it ends.
    await this.turn;
    clearTimeout(this.timer);
    await this.redis.zadd(this.processesKey, 0, this.processId).catch(() => undefined);
  }

  private next(): void {
    this.timer = setTimeout(() => {
      this.turn = this.look()
        .catch((error: unknown) => this.logger.debug({ err: error }, 'presence is not told'))
        .finally(() => this.next());
    }, EVERY_MS);
  }

  private async look(): Promise<void> {
    if (this.redis.status !== 'ready') return;
    const now = Date.now();
    // Who opens a page while this looks is told at the next look: what is asked here may be older than they.
    const opened = [...this.newSockets];
    const here = new Map([...this.realtime.peopleHere()].map((userId) => [userId, this.cohortRoomsOf(userId)]));
    const { came, left, moved, next } = presenceChanges(this.known, here, now, GRACE_MS, this.choice.unseenHere());
    const roomsOf = (userId: string) => (next.get(userId) ?? this.known.get(userId))?.rooms ?? [];
    if (now - this.aliveAt > ALIVE_EVERY_MS) await this.sayAlive(now);
    // Looked at before this process says that it has them: of two to which somebody comes at once each would leave it to the other.
    const alreadySeen = came.length > 0 ? await this.elsewhere(now) : new Map();
    await this.remember([...came, ...moved.keys()], left, roomsOf);
    const elsewhere =
      came.length + left.length + moved.size + opened.length > 0 ? await this.elsewhere(now) : new Map();
    const isAsked = opened.length + moved.size > 0;
    const hidden = await this.hiddenAmong(isAsked ? [...next.keys(), ...elsewhere.keys()] : came);
    this.tell(
      byRoom(
        came.filter((id) => !alreadySeen.has(id) && !hidden.has(id)),
        roomsOf,
      ),
      byRoom(
        left.filter((id) => !elsewhere.has(id)),
        roomsOf,
      ),
    );
    this.known = next;
    this.tellMoved(moved, hidden);
    this.tellSockets(opened, [], elsewhere, hidden);
    for (const socket of opened) this.newSockets.delete(socket);
    for (const [userId, from] of moved) this.tellSockets(this.socketsOf(userId), from, elsewhere, hidden);
  }

  /** Of all whom somebody is about to be told of, those who hide: sockets may not say it yet, and other processes not any more. */
  private async hiddenAmong(userIds: readonly string[]): Promise<Set<string>> {
    return userIds.length > 0 ? await this.choice.hiddenAmong(userIds) : new Set();
  }

  private cohortRoomsOf(userId: string): string[] {
    return [...(this.socketsOf(userId)[0]?.rooms ?? [])].filter(isCohortRoom);
  }

  private socketsOf(userId: string): LiveSocket[] {
    return this.realtime.socketsHere(rooms.user(userId));
  }

  private tell(online: ReadonlyMap<string, string[]>, offline: ReadonlyMap<string, string[]>): void {
    for (const room of new Set([...online.keys(), ...offline.keys()]))
      this.realtime.emitVolatile(room, 'presence', {
        online: online.get(room) ?? [],
        offline: offline.get(room) ?? [],
      });
  }

  /**
   * Where somebody is seen no more they are gone. Said before it is said where they are still: who shares another cohort with them sees them on.
   */
  private tellMoved(moved: ReadonlyMap<string, readonly string[]>, hidden: ReadonlySet<string>): void {
    const userIds = [...moved.keys()];
    this.tell(
      new Map(),
      byRoom(userIds, (id) => moved.get(id) ?? []),
    );
    const seen = userIds.filter((id) => !hidden.has(id));
    this.tell(
      byRoom(seen, (id) => this.known.get(id)?.rooms ?? []),
      new Map(),
    );
  }

  /** Sockets that are new, or whose person is seen elsewhere by now, learn who of their cohorts is here; of who is in none of theirs but those `left`, nothing more than that they are gone. */
  private tellSockets(
    sockets: readonly LiveSocket[],
    left: readonly string[],
    elsewhere: ReadonlyMap<string, readonly string[]>,
    hidden: ReadonlySet<string>,
  ): void {
    const everybody = [...elsewhere, ...[...this.known].map(([userId, seen]) => [userId, seen.rooms] as const)];
    for (const socket of sockets) {
      const seenIn = (isAmong: (room: string) => boolean) =>
        new Set(everybody.filter(([id, places]) => !hidden.has(id) && places.some(isAmong)).map(([id]) => id));
      const online = seenIn((room) => socket.rooms.has(room));
      const offline = [...seenIn((room) => left.includes(room))].filter((id) => !online.has(id));
      socket.emit('presence', { online: [...online], offline });
    }
  }

  private async remember(
    here: readonly string[],
    left: readonly string[],
    roomsOf: (userId: string) => readonly string[],
  ): Promise<void> {
    if (here.length > 0)
      await this.redis.hset(
        this.peopleKey(this.processId),
        Object.fromEntries(here.map((id) => [id, roomsOf(id).join(' ')])),
      );
    if (left.length > 0) await this.redis.hdel(this.peopleKey(this.processId), ...left);
  }

  /** Who is on other processes that live, and where they are seen. */
  private async elsewhere(now: number): Promise<Map<string, string[]>> {
    const alive = await this.redis.zrangebyscore(this.processesKey, now - DEAD_AFTER_MS, '+inf');
    const others = alive.filter((processId) => processId !== this.processId);
    const held = await Promise.all(others.map((processId) => this.redis.hgetall(this.peopleKey(processId))));
    return new Map(held.flatMap((people) => Object.entries(people).map(([id, seenIn]) => [id, seenIn.split(' ')])));
  }

  /** Says that this process lives, and buries those that do not: their people have left, unless they are elsewhere. */
  private async sayAlive(now: number): Promise<void> {
    this.aliveAt = now;
    await this.choice.lookAgain([...this.known.keys()]);
    await this.redis.zadd(this.processesKey, now, this.processId);
    await this.redis.expire(this.peopleKey(this.processId), KEEP_SECONDS);
    for (const dead of await this.redis.zrangebyscore(this.processesKey, '-inf', now - DEAD_AFTER_MS)) {
      if ((await this.redis.zrem(this.processesKey, dead)) === 0) continue;
      const people = await this.redis.hgetall(this.peopleKey(dead));
      await this.redis.del(this.peopleKey(dead));
      const elsewhere = await this.elsewhere(now);
      const gone = Object.keys(people).filter((id) => !elsewhere.has(id) && !this.known.has(id));
      this.tell(
        new Map(),
        byRoom(gone, (id) => people[id]?.split(' ') ?? []),
      );
    }
  }

  private get processesKey(): string {
    return `${this.config.REDIS_PREFIX}:presence:processes`;
  }

  private peopleKey(processId: string): string {
    return `${this.config.REDIS_PREFIX}:presence:of:${processId}`;
  }
}
