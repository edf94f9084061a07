import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { CONFIG, type Config } from '../../config/config.js';
import { RateLimits } from './rate-limits.js';
import { RedisMemory } from './redis-memory.js';
import { REDIS } from './redis.token.js';

/** One command connection a process. Commands wait for a lost Redis to come back; callers that must not wait pass a timeout. */
@Global()
@Module({
  providers: [
    {
      provide: REDIS,
      inject: [CONFIG],
      useFactory: (config: Config) => {
        const redis = new Redis(config.REDIS_URL, { maxRetriesPerRequest: null, connectTimeout: 5000 });
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
