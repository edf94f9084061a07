import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { ModuleRef, Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { type Count, type Limit, RateLimits } from '../redis/rate-limits.js';
import { wasCounted } from './bodies/body-sizes.js';
import { networkCounts, networkOf } from './network.js';
import { SHOWN, type Shown, showsOurs } from './shown.js';

/** All that one person writes by HTTP, or that comes from one device or place without a login: far more than hands do. */
export const WRITES: Limit = { name: 'writes', points: 300, seconds: 60 };

/**
 * All that one person reads by HTTP of one process, far more than many open pages do: a script must not slow others. Each process counts for itself, since it is the
 * process that is slowed, and a read is to cost no question to Redis.
 */
export const READS: Limit = { name: 'reads', points: 1200, seconds: 60, perProcess: true };

/** The same of all who show nothing at a place, where many people may sit behind one address. */
export const READS_OF_PLACE: Limit = { ...READS, name: 'reads-of-place', points: 2400 };

/** All that one link, hook or login does that we gave. Its own limit, or who holds many would do without end what one person may not. */
const BY_SHOWN: Limit = { name: 'writes-shown', points: 60, seconds: 60 };

/** Links and hooks of one place that are none of ours. Counted apart, so that who makes them up keeps nobody there from what needs none. */
export const MADE_UP: Limit = { name: 'made-up', points: 300, seconds: 60 };

/** All who have a page of the cohort open look again after each of these: far more than hands do, of all such acts together. */
export const TOLD_TO_ALL: Limit = { name: 'told-to-all', points: 120, seconds: 600 };

/** All devices on which one person signed in may do this many times what one of them may. */
export const DEVICES_OF_PERSON = 3;

const STRICTER = 'cordee:write-limit';
const STRANGERS = 'cordee:strangers-count';
const SHOWN_COUNT = 'cordee:shown-count';
const UNCOUNTED = 'cordee:uncounted';
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Less than {@link WRITES} of this route, or of one that reads: what costs much, or stays. Counted by person (by place without a login), beside all that they write. */
export const Limited = (limit: Limit) => SetMetadata(STRICTER, limit);

/** Where a stranger's use of this route counts by place, instead of at {@link WRITES}: what they do elsewhere then takes nothing from who needs this. */
export const StrangersCount = (limit: Limit) => SetMetadata(STRANGERS, limit);

/** Where what a link does on this route counts at this, instead of with all else that it does: an act that must not fail because of what went before. */
export const ShownCount = (limit: Limit) => SetMetadata(SHOWN_COUNT, limit);

/** A route that costs next to nothing, and by which others look whether the process is alive: nobody's count. */
export const Uncounted = () => SetMetadata(UNCOUNTED, true);

/** A device on which somebody signed in before, by a name of its own, and who did so last. */
export interface KnownDevice {
  name: string;
  personId: string;
}

/** What guards before found out of who asks. */
type Asked = FastifyRequest & { user?: { userId: string }; device?: KnownDevice | null };

/**
 * Every route is limited, whoever declared it. What is asked counts by person, once they are known; else by what they show that we gave (`Shows`: a link, a hook, a feed, a
 * cookie); else by the device on which somebody signed in before, and by that person, so that no stranger at the same address keeps them from it; else by place. Services that know
 * more (an account, a channel, a mail) have limits of their own behind it. A long body was counted before it was read ({@link wasCounted}), and stays so, whatever refuses it.
 */
@Injectable()
export class WriteLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly modules: ModuleRef,
    private readonly limits: RateLimits,
  ) {}

  /** Throws 429 with Retry-After. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Asked>();
    const reads = READING.has(request.method);
    if (this.said<true>(UNCOUNTED, context)) return true;
    // Of a controller that is limited as a whole, what only reads is not.
    const stricter = this.said<Limit>(STRICTER, context, !reads);
    const { all, countsOf } = await this.whoAsks(request, context, reads);
    const ofAll = wasCounted(request) ? [] : countsOf(all);
    await this.limits.takeAll([...ofAll, ...(stricter ? countsOf(stricter) : [])]);
    return true;
  }

  /** How much of all that they read or write there may be, and by what it counts. */
  private async whoAsks(request: Asked, context: ExecutionContext, reads: boolean) {
    const by =
      (who: string) =>
      (limit: Limit): Count[] => [[limit, who]];
    const own = reads ? READS : WRITES;
    if (request.user) return { all: own, countsOf: by(request.user.userId) };
    const shown = await this.shown(request, context);
    const ofShown = this.said<Limit>(SHOWN_COUNT, context, !reads) ?? (reads ? READS : BY_SHOWN);
    if (shown !== null) {
      showsOurs(request, shown);
      return { all: ofShown, countsOf: by(shown) };
    }
    const { device } = request;
    if (device) {
      // Who signs in again and again has as many devices as they like.
      const ofPerson = ({ name, points, ...limit }: Limit): Limit => ({
        ...{ ...limit, name: `${name}-devices`, points: points * DEVICES_OF_PERSON },
      });
      return {
        all: own,
        countsOf: (limit: Limit) => [...by(device.name)(limit), ...by(device.personId)(ofPerson(limit))],
      };
    }
    const network = networkOf(request.ip);
    const all = reads ? READS_OF_PLACE : (this.said<Limit>(STRANGERS, context) ?? WRITES);
    return { all, countsOf: (limit: Limit) => networkCounts(limit, network) };
  }

  private async shown(request: Asked, context: ExecutionContext): Promise<string | null> {
    const shown = this.said<Shown>(SHOWN, context);
    return shown ? await this.modules.get(shown.by, { strict: false }).recognise(request, shown.kinds) : null;
  }

  /** What a route says of itself, or its controller. */
  private said<T>(key: string, context: ExecutionContext, ofAll = true): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [
      context.getHandler(),
      ...(ofAll ? [context.getClass()] : []),
    ]);
  }
}
