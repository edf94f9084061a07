import { type CallHandler, type ExecutionContext, Injectable, Logger, type NestInterceptor } from '@nestjs/common';
import { type Observable, catchError, map, of } from 'rxjs';
import type { Ack } from '../../contracts/chat/chat.js';
import { toProblem } from '../http/problem.filter.js';

/** Around every socket handler: its result or its error becomes the ack, so that an ack is never left hanging. */
@Injectable()
export class AckInterceptor implements NestInterceptor {
  private readonly logger = new Logger('AckInterceptor');

  intercept(_context: ExecutionContext, next: CallHandler): Observable<Ack<unknown>> {
    return next.handle().pipe(
      map((data: unknown): Ack<unknown> => ({ ok: true, data: data ?? {} })),
      catchError((error: unknown) => {
        const problem = toProblem(error);
        // While a part of the house is away every event says so: one line each, without its stack.
        if (problem.status === 503)
          this.logger.warn({ code: problem.code, why: nameOf(error) }, 'a socket event waits');
        else if (problem.status >= 500) this.logger.error({ err: error }, 'a socket event failed');
        const retry = problem.more.retryAfterSeconds;
        return of<Ack<unknown>>({
          ok: false,
          error: {
            code: problem.code,
            message: problem.detail,
            ...(retry !== undefined && { retryAfterMs: retry * 1000 }),
          },
        });
      }),
    );
  }
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : 'unknown');
