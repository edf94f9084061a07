import { Inject, Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { REDIS } from '../redis/redis.token.js';

/** One part: `ok`, or why not, in words. */
export interface PartState {
  ok: boolean;
  detail: string;
}

const WITHIN_MS = 1500;

/** Whether the parts that this process needs answer. */
@Injectable()
export class Readiness {
  constructor(
    @InjectConnection() private readonly mongo: Connection,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  async check(): Promise<{ ready: boolean; parts: Record<'mongodb' | 'redis' | 'redisEviction', PartState> }> {
    const [mongodb, redis, redisEviction] = await Promise.all([
      this.part(async () => void (await this.mongo.db?.command({ ping: 1 }))),
      this.part(async () => void (await this.redis.ping())),
      this.part(() => this.checkEviction()),
    ]);
    return { ready: mongodb.ok && redis.ok && redisEviction.ok, parts: { mongodb, redis, redisEviction } };
  }

  /** Jobs live in Redis: a server that throws keys away when it is full would lose them. */
  private async checkEviction(): Promise<void> {
    const info = await this.redis.info('memory');
    const policy = /maxmemory_policy:(\S+)/.exec(info)?.[1] ?? 'unknown';
    if (policy !== 'noeviction') throw new Error(`maxmemory-policy is ${policy}, it must be noeviction`);
  }

  private async part(check: () => Promise<void>): Promise<PartState> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${WITHIN_MS} ms`)), WITHIN_MS);
    });
    try {
      await Promise.race([check(), late]);
      return { ok: true, detail: 'ok' };
    } catch (error) {
      return { ok: false, detail: error instanceof Error ? error.message : 'failed' };
    } finally {
      clearTimeout(timer);
    }
  }
}
