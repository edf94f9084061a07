import { type CanActivate, type ExecutionContext, Injectable, createParamDecorator } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { AuthenticatedRequest } from '../auth/access.guard.js';
import type { CohortActor } from '../common/actor.js';
import { forbidden, notFound } from '../common/problem.js';
import { ACCESS, type Access } from '../infra/http/access.js';
import { SecondLook } from '../infra/http/second-look.js';
import { Members } from './members/members.service.js';

type CohortRequest = AuthenticatedRequest & { cohortActor: CohortActor; params: { cohortId: string } };

/** Behind `@InCohort(...)`: who is no member of `:cohortId` gets 404 before anything is read of the request, another role 403. */
@Injectable()
export class CohortGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly members: Members,
    look: SecondLook,
  ) {
    look.register(this);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access?.kind !== 'cohort') return true;
    const request = context.switchToHttp().getRequest<CohortRequest>();
    const actor = await this.members.actorIn(request.user, request.params.cohortId);
    if (!actor || (actor.role === 'admin' && !access.roles.includes('admin'))) throw notFound();
    request.cohortActor = actingOn(actor, access.roles);
    return true;
  }
}

/** A member whose role does not allow it may still do it as an admin of the installation. Throws 403. */
function actingOn(actor: CohortActor, roles: readonly CohortActor['role'][]): CohortActor {
  if (roles.includes(actor.role)) return actor;
  if (actor.isAdmin && roles.includes('admin')) return { ...actor, role: 'admin' };
  throw forbidden();
}

/** The signed-in person as a member of the cohort of this route. */
export const CurrentCohortActor = createParamDecorator((_: unknown, context: ExecutionContext): CohortActor => {
  return context.switchToHttp().getRequest<CohortRequest>().cohortActor;
});
