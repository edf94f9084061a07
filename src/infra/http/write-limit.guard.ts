import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { type Count, type Limit, RateLimits } from '../redis/rate-limits.js';
import { networkCounts, networkOf } from './network.js';

/** All that one person writes by HTTP, or that comes from one place without a login: far more than hands do. */
export const WRITES: Limit = { name: 'writes', points: 300, seconds: 60 };

const STRICTER = 'cordee:write-limit';
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Less than {@link WRITES} of this route, or of one that reads: what costs much, or stays. Counted by person (by place without a login), beside all that they write. */
export const Limited = (limit: Limit) => SetMetadata(STRICTER, limit);

/**
 * Every route that writes is limited, whoever declared it: by person, after who they are is known, else by place. Services that know more (an account, a
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
    const request = context.switchToHttp().getRequest<FastifyRequest & { user?: { userId: string } }>();
    const stricter = this.reflector.getAllAndOverride<Limit | undefined>(STRICTER, [
      context.getHandler(),
      context.getClass(),
    ]);
    const { userId } = request.user ?? {};
    const countsOf = (limit: Limit): Count[] =>
      userId === undefined ? networkCounts(limit, networkOf(request.ip)) : [[limit, userId]];
    await this.limits.takeAll([
      ...(READS.has(request.method) ? [] : countsOf(WRITES)),
      ...(stricter ? countsOf(stricter) : []),
    ]);
    return true;
  }
}
