import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CONFIG, type Config } from '../../config/config.js';
import { REDIS } from './redis.token.js';

/** Notices that Redis was flushed: whatever is kept there only as an alarm is then to be set again from the database. */
@Injectable()
export class RedisMemory {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** True the first time it is asked about a name, and the first time after Redis lost its data; of several processes, to one. */
  async hasForgotten(name: string): Promise<boolean> {
    return (await this.redis.set(`${this.config.REDIS_PREFIX}-remembers-${name}`, '1', 'NX')) === 'OK';
  }
}
