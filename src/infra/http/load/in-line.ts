import { type CallHandler, type ExecutionContext, type NestInterceptor, SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { type Observable, from, lastValueFrom } from 'rxjs';
import { tooMany } from '../../../common/problem.js';
import { Shares } from '../../../common/shares.js';
import { TAKES_FILE } from '../bodies/one-file.js';
import { SecondLook } from '../second-look.js';

/** So many costly reads of one person wait at most: more than all the pages that somebody has open ask for at once. */
export const MOST_WAITING = 50;
/** So many requests of one person are answered at a time, as many as a page asks for, and so many wait for that. */
export const AT_ONCE = 8;
const MOST_BEHIND = 200;

const IN_LINE = 'cordee:in-line';

/** A read that costs much: of one person one is made after the other, whichever routes they ask. */
export const InLine = () => SetMetadata(IN_LINE, true);

type Asking = FastifyRequest & { user?: { userId: string } };

/**
 * Keeps the requests of one person in a line of their own in each process, and what costs much in one of its own: who asks again and again waits for themselves, and
 * not all others for them. An answer is made whole in its turn, with what its schema does to it; who had to wait for it is asked for once more, since they may be out of it by then. Where there are no limits (`isBounded`), only what costs much stands in line.
 */
export class InLineInterceptor implements NestInterceptor {
  private readonly costly = new Shares(1, MOST_WAITING - 1);
  private readonly all = new Shares(AT_ONCE, MOST_BEHIND);

  constructor(
    private readonly reflector: Reflector,
    private readonly look: SecondLook,
    private readonly isBounded: boolean,
  ) {}

  /** Throws 429 with Retry-After for who has too many waiting. */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<Asking>();
    const isCostly = this.reflector.get<true | undefined>(IN_LINE, context.getHandler()) ?? false;
    // A file takes as long as it takes to come; those have limits of their own.
    const takesFile = this.reflector.get<true | undefined>(TAKES_FILE, context.getHandler()) ?? false;
    if (!request.user || !(isCostly || (this.isBounded && !takesFile))) return next.handle();
    let hasWaited = false;
    const make = async (): Promise<unknown> => {
      // Nothing is made for who has hung up meanwhile.
      if (request.socket.destroyed) return null;
      if (hasWaited) await this.look.take(context);
      return await lastValueFrom(next.handle());
    };
    const made = inTurn(isCostly ? this.costly : this.all, request.user.userId, make);
    hasWaited = true;
    return from(made);
  }
}

async function inTurn(shares: Shares, userId: string, make: () => Promise<unknown>): Promise<unknown> {
  const made = await shares.inTurn(userId, make);
  if (!made) throw tooMany(1);
  return made.result;
}
