import {
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { rm } from 'node:fs/promises';
import type { Observable } from 'rxjs';

/**
 * Asks once more who somebody is and what they may do, where time passed since the guards asked: a turn that was waited for, a file that came slowly. No right outlives
 * a login or a membership meanwhile.
 */
@Injectable()
export class SecondLook {
  private readonly guards: CanActivate[] = [];

  /** A guard that says who may do what. Called as it is made. */
  register(guard: CanActivate): void {
    this.guards.push(guard);
  }

  /** Throws as the guards do. What they found out the handler has anew. */
  async take(context: ExecutionContext): Promise<void> {
    for (const guard of this.guards) await guard.canActivate(context);
  }
}

/** Behind the reading of an upload. What came of who may no more is not kept. */
@Injectable()
export class SecondLookOnceArrived implements NestInterceptor {
  constructor(private readonly look: SecondLook) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    try {
      await this.look.take(context);
    } catch (refused) {
      const { file } = context.switchToHttp().getRequest<{ file?: { path?: string } }>();
      if (file?.path) await rm(file.path, { force: true });
      throw refused;
    }
    return next.handle();
  }
}
