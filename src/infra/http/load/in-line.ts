import { type CallHandler, type ExecutionContext, type NestInterceptor, SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { type Observable, from, lastValueFrom } from 'rxjs';
import { tooMany } from '../../../common/problem.js';
import { Shares } from '../../../common/shares.js';
import { TAKES_FILE } from '../bodies/one-file.js';
import { SecondLook } from '../second-look.js';
import { shownIn } from '../shown.js';

/** So many costly reads of one person wait at most: more than all the pages that somebody has open ask for at once. */
export const MOST_WAITING = 50;
/** So many requests of one person are answered at a time, as many as a page asks for, and so many wait for that. */
export const AT_ONCE = 8;
const MOST_BEHIND = 200;
/** So many costly requests by one link wait at most: a page sends one after the other, and is open in some tabs. */
export const MOST_WAITING_OF_SHOWN = 20;
/** So many costly requests of all who show something without a login are made at a time, as of one person: one has as many files of calls as mailboxes. */
export const SHOWN_AT_ONCE = AT_ONCE;
const MOST_SHOWN = 2000;

const IN_LINE = 'cordee:in-line';

/** What costs much: of one person one is made after the other, whichever routes they ask, and of what is shown without a login as well ({@link Shows}). */
export const InLine = () => SetMetadata(IN_LINE, true);

type Asking = FastifyRequest & { user?: { userId: string } };
type Line = (make: () => Promise<unknown>) => Promise<unknown>;

/**
 * Keeps the requests of one person in a line of their own in each process, and what costs much in one of its own: who asks again and again waits for themselves, and
 * not all others for them. Who has no login and shows a link or a bearer that we gave has a line by that, and all of these together have one line for what costs much. An answer is made whole in its
 * turn, with what its schema does to it; who had to wait for it is asked for once more, since they may be out of it by then. Where there are no limits (`isBounded`), only what costs much stands in line.
 */
export class InLineInterceptor implements NestInterceptor {
  private readonly costly = new Shares(1, MOST_WAITING - 1);
  private readonly all = new Shares(AT_ONCE, MOST_BEHIND);
  private readonly ofShown = new Shares(1, MOST_WAITING_OF_SHOWN - 1);
  private readonly allShown = new Shares(SHOWN_AT_ONCE, MOST_SHOWN);

  constructor(
    private readonly reflector: Reflector,
    private readonly look: SecondLook,
    private readonly isBounded: boolean,
  ) {}

  /** Throws 429 with Retry-After for who has too many waiting. */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<Asking>();
    const line = this.lineOf(request, context);
    if (!line) return next.handle();
    let hasWaited = false;
    const made = line(async (): Promise<unknown> => {
      // Nothing is made for who has hung up meanwhile; but what somebody without a login typed and sent as they left is kept.
      if (request.socket.destroyed && (request.user || request.method === 'GET')) return null;
      if (hasWaited) await this.look.take(context);
      return await lastValueFrom(next.handle());
    });
    hasWaited = true;
    return from(made);
  }

  /** The line in which a request stands; null for none. */
  private lineOf(request: Asking, context: ExecutionContext): Line | null {
    const isCostly = this.reflector.get<true | undefined>(IN_LINE, context.getHandler()) ?? false;
    const { user } = request;
    if (!user) {
      const shown = isCostly ? shownIn(request) : undefined;
      if (shown === undefined) return null;
      return (make) => inTurn(this.ofShown, shown, () => inTurn(this.allShown, 'all', make));
    }
    // A file takes as long as it takes to come; those have limits of their own.
    const takesFile = this.reflector.get<true | undefined>(TAKES_FILE, context.getHandler()) ?? false;
    if (!isCostly && (!this.isBounded || takesFile)) return null;
    return (make) => inTurn(isCostly ? this.costly : this.all, user.userId, make);
  }
}

async function inTurn(shares: Shares, key: string, make: () => Promise<unknown>): Promise<unknown> {
  const made = await shares.inTurn(key, make);
  if (!made) throw tooMany(1);
  return made.result;
}
