import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { Problem, tooMany } from '../../common/problem.js';
import { CONFIG, type Config } from '../../config/config.js';
import { REDIS } from './redis.token.js';

/**
 * `points` tries in `seconds`, counted over all processes. With `growsTo` whoever goes on waits twice as long each time the tries run out,
 * from `seconds` up to so many seconds; all is forgotten three times as long after it began. With `perProcess` each process counts for itself.
 */
export interface Limit {
  name: string;
  points: number;
  seconds: number;
  growsTo?: number;
  perProcess?: boolean;
}

/** Where a try counts: whose it is, and what is called as in {@link RateLimits.take} when theirs have run out. */
export type Count = readonly [limit: Limit, key: string, whenItBegins?: (() => Promise<void>) | undefined];

/** How often the tries of something ran out is kept for so many of its longest waits. */
const REMEMBERED_WAITS = 3;

/** So many tries less of a key, which goes with the last one. Where more was asked for than there is, or a wait has begun, nothing is given back. */
const GIVE_BACK = `
local taken = tonumber(redis.call('GET', KEYS[1]) or '0')
if taken == 0 or taken > tonumber(ARGV[1]) then return taken end
local left = redis.call('DECRBY', KEYS[1], ARGV[2])
if left <= 0 then redis.call('DEL', KEYS[1]) end
return left`;

/** Counts tries in Redis, unless a limit is of each process; while Redis is away each process counts for itself. */
@Injectable()
export class RateLimits {
  private readonly limiters = new Map<string, RateLimiterAbstract>();

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Takes a try of `key`. Throws 429 with Retry-After when there is none left. `whenItBegins` is called once, by whoever takes the last one of a limit that grows, or finds
   * none left of another first, and not again while a `growsTo` remembers it.
   */
  async take(limit: Limit, key: string, points = 1, whenItBegins?: () => Promise<void>): Promise<void> {
    if (await this.takeOne(limit, key, points, whenItBegins)) await this.beginWaits([[limit, key, whenItBegins]]);
  }

  /**
   * Takes a try that counts at several places, in their order. Throws as {@link take}; it then was none, and counts at none of those before:
   * who is held back for all others is not held back for themselves.
   */
  async takeAll(counts: readonly Count[]): Promise<void> {
    await this.beginWaits(await this.takeForNow(counts));
  }

  /**
   * {@link takeAll}, for what may turn out to be no try and be given back. Resolves with those places where it was the last one: if it was a try, their waits are to be
   * begun. A wait that began with the next try only would never begin for who goes on as slowly as the limit allows.
   */
  async takeForNow(counts: readonly Count[]): Promise<readonly Count[]> {
    const last: Count[] = [];
    for (const [index, count] of counts.entries()) {
      const [limit, key, whenItBegins] = count;
      try {
        if (await this.takeOne(limit, key, 1, whenItBegins)) last.push(count);
      } catch (refused) {
        await this.giveAllBack(counts.slice(0, index));
        throw refused;
      }
    }
    return last;
  }

  /** {@link takeForNow}, for what goes on another way where none is left: null then, and nothing was taken. */
  async tryAll(counts: readonly Count[]): Promise<readonly Count[] | null> {
    try {
      return await this.takeForNow(counts);
    } catch (refused) {
      if (refused instanceof Problem && refused.status === 429) return null;
      throw refused;
    }
  }

  /** The last try was one: at each of these places there is none left, and the wait begins. */
  async beginWaits(last: readonly Count[]): Promise<void> {
    for (const [limit, key, whenItBegins] of last) {
      // Of many at once one found none left meanwhile, and began it.
      if (((await this.limiter(limit).get(key))?.consumedPoints ?? 0) > limit.points) continue;
      const round = await this.roundOf(limit, key);
      if (round === 1) await whenItBegins?.();
      await this.growWait(limit, key, round, 0);
    }
  }

  /** Whether it was the last one of a limit that grows. Throws as {@link take}. */
  private async takeOne(limit: Limit, key: string, points: number, whenItBegins?: () => Promise<void>) {
    if (this.config.RATE_LIMITS === 'off') return false;
    try {
      const { remainingPoints } = await this.limiter(limit).consume(key, points);
      return remainingPoints === 0 && limit.growsTo !== undefined;
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      const isFirst = refused.consumedPoints - points <= limit.points;
      const round = isFirst ? await this.roundOf(limit, key) : null;
      if (round === 1) await whenItBegins?.();
      const ms = round === null ? refused.msBeforeNext : await this.growWait(limit, key, round, refused.msBeforeNext);
      throw tooMany(Math.max(1, Math.ceil(ms / 1000)));
    }
  }

  /** How often the tries of `key` have run out by now, of a limit that remembers it; 1 of any other. */
  private async roundOf(limit: Limit, key: string): Promise<number> {
    if (limit.growsTo === undefined) return 1;
    const seconds = REMEMBERED_WAITS * limit.growsTo;
    const rounds = { name: `${limit.name}-rounds`, points: Number.MAX_SAFE_INTEGER, seconds };
    return (await this.limiter(rounds).consume(key)).consumedPoints;
  }

  /** From now on the wait of this round; returns its milliseconds. */
  private async growWait(limit: Limit, key: string, round: number, msBefore: number): Promise<number> {
    if (limit.growsTo === undefined) return msBefore;
    const seconds = Math.min(limit.seconds * 2 ** (round - 1), limit.growsTo);
    await this.limiter(limit).block(key, seconds);
    return seconds * 1000;
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

  /** Gives tries back that turned out to be none. Where they were the only ones nothing is kept, so that tries which are refused elsewhere do not fill Redis. */
  async giveBack(limit: Limit, key: string, points = 1): Promise<void> {
    if (this.config.RATE_LIMITS === 'off') return;
    const limiter = this.limiter(limit);
    const isKept = limiter instanceof RateLimiterRedis && this.redis.status === 'ready';
    const given =
      isKept && (await this.redis.eval(GIVE_BACK, 1, limiter.getKey(key), limit.points, points).catch(() => null));
    if (typeof given !== 'number') await limiter.reward(key, points);
  }

  /** Gives a try back wherever it counts. */
  async giveAllBack(counts: readonly Count[]): Promise<void> {
    for (const [limit, key] of counts) await this.giveBack(limit, key);
  }

  /** Forgets the tries of `key`, after a success. */
  async reset(limit: Limit, key: string): Promise<void> {
    if (this.config.RATE_LIMITS === 'on') await this.limiter(limit).delete(key);
  }

  private limiter(limit: Limit): RateLimiterAbstract {
    const known = this.limiters.get(limit.name);
    if (known) return known;
    const options = { points: limit.points, duration: limit.seconds };
    const here = new RateLimiterMemory(options);
    const limiter = limit.perProcess
      ? here
      : new RateLimiterRedis({
          ...options,
          storeClient: this.redis,
          keyPrefix: `${this.config.REDIS_PREFIX}:limit:${limit.name}`,
          rejectIfRedisNotReady: true,
          insuranceLimiter: here,
        });
    this.limiters.set(limit.name, limiter);
    return limiter;
  }
}
