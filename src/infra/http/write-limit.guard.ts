import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { type Limit, RateLimits } from '../redis/rate-limits.js';
import { networkOf } from './network.js';

/** All that one person writes by HTTP, or that comes from one place without a login: far more than hands do. */
export const WRITES: Limit = { name: 'writes', points: 300, seconds: 60 };

const STRICTER = 'cordee:write-limit';
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Less than {@link WRITES} of this route: what costs much, or stays. Counted by person, beside all that they write. */
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
    if (READS.has(request.method)) return true;
    const key = request.user?.userId ?? networkOf(request.ip);
    await this.limits.take(WRITES, key);
    const stricter = this.reflector.getAllAndOverride<Limit | undefined>(STRICTER, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (stricter) await this.limits.take(stricter, key);
    return true;
  }
}
