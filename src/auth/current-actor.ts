import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import type { AuthenticatedRequest } from './access.guard.js';

/** The signed-in person of this request. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  return context.switchToHttp().getRequest<AuthenticatedRequest>().user;
});
