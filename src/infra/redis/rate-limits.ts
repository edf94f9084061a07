import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { tooMany } from '../../common/problem.js';
import { CONFIG, type Config } from '../../config/config.js';
import { REDIS } from './redis.token.js';

/** `points` tries in `seconds`, counted over all processes. */
export interface Limit {
  name: string;
  points: number;
  seconds: number;
}

/** Counts tries in Redis; while Redis is away each process counts for itself. */
@Injectable()
export class RateLimits {
  private readonly limiters = new Map<string, RateLimiterAbstract>();

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Takes a try of `key`. Throws 429 with Retry-After when there is none left. */
  async take(limit: Limit, key: string, points = 1): Promise<void> {
    if (this.config.RATE_LIMITS === 'off') return;
    try {
      await this.limiter(limit).consume(key, points);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) throw tooMany(Math.max(1, Math.ceil(refused.msBeforeNext / 1000)));
      throw refused;
    }
  }

  /** Takes one of what we ourselves may do in a time: 0, or after how many milliseconds to ask again. Holds with limits off, too. */
  async pace(limit: Limit, key = 'all'): Promise<number> {
    try {
      await this.limiter(limit).consume(key);
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.max(1, refused.msBeforeNext);
      throw refused;
    }
  }

  /** Gives a try back that turned out to be none. */
  async giveBack(limit: Limit, key: string): Promise<void> {
    if (this.config.RATE_LIMITS === 'on') await this.limiter(limit).reward(key, 1);
  }

  /** Forgets the tries of `key`, after a success. */
  async reset(limit: Limit, key: string): Promise<void> {
    if (this.config.RATE_LIMITS === 'on') await this.limiter(limit).delete(key);
  }

  private limiter(limit: Limit): RateLimiterAbstract {
    const known = this.limiters.get(limit.name);
    if (known) return known;
    const options = { points: limit.points, duration: limit.seconds };
    const limiter = new RateLimiterRedis({
      ...options,
      storeClient: this.redis,
      keyPrefix: `${this.config.REDIS_PREFIX}:limit:${limit.name}`,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(options),
    });
    this.limiters.set(limit.name, limiter);
    return limiter;
  }
}
