import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { REDIS } from '../redis/redis.token.js';

/** One part: `ok`, or why not, in words of ours: what a driver says (addresses, accounts) goes into the log alone. */
export interface PartState {
  ok: boolean;
  detail: string;
}

const WITHIN_MS = 1500;

/** Why a part is not ready, in words that anybody may read. */
class NotReady extends Error {}

type Part = 'mongodb' | 'redis' | 'redisEviction';
type Ready = { ready: boolean; parts: Record<Part, PartState> };

/** Whether the parts that this process needs answer. */
@Injectable()
export class Readiness {
  private readonly logger = new Logger('Readiness');
  /** What was said last of each part that is away: it is asked every few seconds. */
  private readonly said = new Map<Part, string>();
  private looking: Promise<Ready> | undefined;

  constructor(
    @InjectConnection() private readonly mongo: Connection,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /** Anybody may ask, and as often as they like: those who ask while it looks are told the same. */
  async check(): Promise<Ready> {
    this.looking ??= this.look().finally(() => (this.looking = undefined));
    return await this.looking;
  }

  private async look(): Promise<Ready> {
    const [mongodb, redis, redisEviction] = await Promise.all([
      this.part('mongodb', async () => void (await this.mongo.db?.command({ ping: 1 }))),
      this.part('redis', async () => void (await this.redis.ping())),
      this.part('redisEviction', () => this.checkEviction()),
    ]);
    return { ready: mongodb.ok && redis.ok && redisEviction.ok, parts: { mongodb, redis, redisEviction } };
  }

  /** Jobs live in Redis: a server that throws keys away when it is full would lose them. */
  private async checkEviction(): Promise<void> {
    const info = await this.redis.info('memory');
    const policy = /maxmemory_policy:(\S+)/.exec(info)?.[1] ?? 'unknown';
    if (policy !== 'noeviction') throw new NotReady(`maxmemory-policy is ${policy}, it must be noeviction`);
  }

  private say(part: Part, error: unknown): void {
    const text = String(error);
    if (this.said.get(part) === text) return;
    this.said.set(part, text);
    this.logger.warn({ part, err: error }, 'a part is not ready');
  }

  private async part(part: Part, check: () => Promise<void>): Promise<PartState> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new NotReady(`no answer within ${WITHIN_MS} ms`)), WITHIN_MS);
    });
    try {
      await Promise.race([check(), late]);
      this.said.delete(part);
      return { ok: true, detail: 'ok' };
    } catch (error) {
      this.say(part, error);
      return { ok: false, detail: error instanceof NotReady ? error.message : 'does not answer; the log says why' };
    } finally {
      clearTimeout(timer);
    }
  }
}
