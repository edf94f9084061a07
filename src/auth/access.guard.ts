import type {} from '@fastify/cookie';
import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../common/actor.js';
import { Problem, forbidden, unauthorized } from '../common/problem.js';
import { ACCESS, type Access } from '../infra/http/access.js';
import { SecondLook } from '../infra/http/second-look.js';
import type { KnownDevice } from '../infra/http/write-limit.guard.js';
import { devicesOf } from './tokens/cookies.js';
import { Devices } from './tokens/devices.js';

/** A request after the guard. `device`: on routes that are open to all, the device on which somebody signed in before. */
export type AuthenticatedRequest = FastifyRequest & { user: Actor; device?: KnownDevice | null };

/** Before every route: without `@Public()` one must be signed in. A route that names no access is refused to all. */
@Injectable()
export class AccessGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly devices: Devices,
    look: SecondLook,
  ) {
    super();
    look.register(this);
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    // Sockets are authenticated in their handshake.
    if (context.getType() !== 'http') return true;
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (access?.kind === 'public') {
      request.device = this.devices.ofLast(devicesOf(request));
      return true;
    }
    await super.canActivate(context);
    if (!access) throw forbidden();
    if (access.kind === 'admin' && !request.user.isAdmin) throw forbidden();
    return true;
  }

  override handleRequest<T>(error: unknown, user: T): T {
    if (error instanceof Problem) throw error;
    if (error || !user) throw unauthorized();
    return user;
  }
}
