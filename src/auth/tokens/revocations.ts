import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { CONFIG, type Config } from '../../config/config.js';
import { type Exchange, onceOver } from '../../infra/http/lines/exchanges.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { REDIS } from '../../infra/redis/redis.token.js';
import { loginEnded } from '../auth.events.js';
import { LoginsRepository } from '../logins/logins.repository.js';

const ASK_EVERY_MS = 2000;
const OVERLAP_MS = 10_000;
/** Longer than an access token lives: after that its own end refuses it. */
const REMEMBER_MS = 15 * 60_000;

/**
 * Logins that have ended while their access tokens are still young. Told by Redis at once, and asked of MongoDB every 2 s, so that
 * a login ends everywhere even while Redis is away. Times are real time, as those of tokens.
 */
@Injectable()
export class Revocations implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Revocations');
  private readonly ended = new Map<string, number>();
  private readonly handedOut = new Map<string, Set<Exchange>>();
  private readonly subscriber: Redis;
  private timer: NodeJS.Timeout | undefined;
  private askedUntil = new Date(Date.now() - REMEMBER_MS);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(REDIS) private readonly redis: Redis,
    private readonly logins: LoginsRepository,
    private readonly realtime: Realtime,
    private readonly bus: EventBus,
  ) {
    this.subscriber = new Redis(config.REDIS_URL, { maxRetriesPerRequest: null, lazyConnect: true });
    this.subscriber.on('error', () => undefined);
  }

  isEnded(loginId: string): boolean {
    return this.ended.has(loginId);
  }

  /** A file is handed out under a login: it ends where it is as soon as that does. */
  ends(loginId: string, exchange: Exchange): void {
    const open = this.handedOut.get(loginId) ?? new Set();
    this.handedOut.set(loginId, open.add(exchange));
    onceOver(exchange, () => {
      open.delete(exchange);
      if (open.size === 0 && this.handedOut.get(loginId) === open) this.handedOut.delete(loginId);
    });
    if (this.isEnded(loginId)) cut(exchange);
  }

  /** Ends a login here and tells the other processes. */
  announce(loginId: string, userId: string, because: string): void {
    this.remember(loginId);
    this.bus.publish(loginEnded, { loginId, userId, because });
    this.redis.publish(this.topic(), loginId).catch(() => undefined);
  }

  onApplicationBootstrap(): void {
    this.subscriber.on('message', (_topic, loginId) => this.remember(loginId));
    this.subscriber.subscribe(this.topic()).catch(() => undefined);
    this.askAgain(0);
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.subscriber.disconnect();
  }

  private askAgain(afterMs: number): void {
    this.timer = setTimeout(() => {
      void this.ask().finally(() => {
        if (this.timer) this.askAgain(ASK_EVERY_MS);
      });
    }, afterMs);
  }

  private async ask(): Promise<void> {
    try {
      const asking = new Date();
      const ended = await this.logins.endedSince(this.askedUntil);
      ended.forEach(({ loginId }) => this.remember(loginId));
      this.askedUntil = new Date(asking.getTime() - OVERLAP_MS);
      this.forgetOld();
    } catch (error) {
      this.logger.warn({ err: error }, 'could not ask which logins ended');
    }
  }

  private remember(loginId: string): void {
    if (this.ended.has(loginId)) return;
    this.ended.set(loginId, Date.now());
    this.realtime.cutHere(rooms.login(loginId));
    for (const exchange of this.handedOut.get(loginId) ?? []) cut(exchange);
  }

  private forgetOld(): void {
    const oldest = Date.now() - REMEMBER_MS;
    for (const [loginId, at] of this.ended) if (at < oldest) this.ended.delete(loginId);
  }

  private topic(): string {
    return `${this.config.REDIS_PREFIX}:logins-ended`;
  }
}

const cut = ({ request }: Exchange): void => void request.socket.destroy();
