import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { CONFIG, type Config } from '../../config/config.js';
import { RateLimits } from './rate-limits.js';
import { RedisMemory } from './redis-memory.js';
import { REDIS } from './redis.token.js';

/** A Redis that says nothing for so long is away: what was asked just before it went would else wait until it is back. */
const ANSWERS_WITHIN_MS = 2000;

/** One command connection a process. A command fails while Redis is away. */
@Global()
@Module({
  providers: [
    {
      provide: REDIS,
      inject: [CONFIG],
      useFactory: (config: Config) => {
        const redis = new Redis(config.REDIS_URL, {
          ...{ maxRetriesPerRequest: null, connectTimeout: 5000, commandTimeout: ANSWERS_WITHIN_MS },
        });
        // ioredis reconnects by itself; without a listener each failed try would be printed as an unhandled error.
        redis.on('error', () => undefined);
        return redis;
      },
    },
    RateLimits,
    RedisMemory,
  ],
  exports: [REDIS, RateLimits, RedisMemory],
})
export class RedisModule implements OnApplicationShutdown {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}
