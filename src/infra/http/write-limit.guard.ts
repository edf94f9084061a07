import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { type Count, type Limit, RateLimits } from '../redis/rate-limits.js';
import { networkCounts, networkOf } from './network.js';

/** All that one person writes by HTTP, or that comes from one device or place without a login: far more than hands do. */
export const WRITES: Limit = { name: 'writes', points: 300, seconds: 60 };

/**
 * All that one person reads by HTTP of one process, far more than many open pages do: a script must not slow others. Each process counts for itself, since it is the
 * process that is slowed, and a read is to cost no question to Redis.
 */
export const READS: Limit = { name: 'reads', points: 1200, seconds: 60, perProcess: true };

const STRICTER = 'cordee:write-limit';
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Less than {@link WRITES} of this route, or of one that reads: what costs much, or stays. Counted by person (by place without a login), beside all that they write. */
export const Limited = (limit: Limit) => SetMetadata(STRICTER, limit);

/** What guards before found out of who asks. */
type Asked = FastifyRequest & { user?: { userId: string }; device?: string | null };

/**
 * Every route that writes is limited, whoever declared it: by person, after who they are is known, else by the device on which somebody signed in before, so that
 * a stranger at the same address cannot keep them from staying signed in, else by place. What reads is limited for who is signed in alone. Services that know more (an account, a
 * channel, a mail) have limits of their own behind it.
 */
@Injectable()
export class WriteLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RateLimits,
  ) {}

  /** Throws 429 with Retry-After. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Asked>();
    const reads = READING.has(request.method);
    // Of a controller that is limited as a whole, what only reads is not.
    const stricter = this.reflector.getAllAndOverride<Limit | undefined>(STRICTER, [
      context.getHandler(),
      ...(reads ? [] : [context.getClass()]),
    ]);
    const who = request.user?.userId ?? request.device ?? null;
    const countsOf = (limit: Limit): Count[] =>
      who === null ? networkCounts(limit, networkOf(request.ip)) : [[limit, who]];
    const reading: Count[] = request.user ? [[READS, request.user.userId]] : [];
    await this.limits.takeAll([...(reads ? reading : countsOf(WRITES)), ...(stricter ? countsOf(stricter) : [])]);
    return true;
  }
}
