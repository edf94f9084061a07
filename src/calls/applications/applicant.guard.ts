import { type CanActivate, type ExecutionContext, Injectable, createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { bearerOf } from '../../auth/origin.js';
import { People } from '../../auth/people.js';
import { isTheirs } from '../../auth/given-back.js';
import { notFound, unauthorized } from '../../common/problem.js';
import { digestOf } from '../../common/secrets.js';
import type { Recogniser } from '../../infra/http/shown.js';
import type { Limit } from '../../infra/redis/rate-limits.js';
import { ApplicantTokens, type Shown } from './applicant-tokens.js';

/** All of a file is read for each answer about it, and it may be long: far more than pages ask for in a minute. */
export const READING: Limit = { name: 'application-reads', points: 120, seconds: 60, perProcess: true };

type ApplicantRequest = FastifyRequest & { shownApplication: Shown; params: { applicationId?: string } };

/** Knows who applies by the bearer that their page works with. */
@Injectable()
export class ShownApplication implements Recogniser {
  constructor(private readonly tokens: ApplicantTokens) {}

  recognise(request: FastifyRequest): string | null {
    const shown = this.tokens.readAccess(bearerOf(request) ?? '');
    return shown && digestOf(`application:${shown.applicationId}`);
  }
}

/** Behind the routes of one file: who shows no bearer of a file gets 401, of another one 404. */
@Injectable()
export class ApplicantGuard implements CanActivate {
  constructor(
    private readonly tokens: ApplicantTokens,
    private readonly people: People,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ApplicantRequest>();
    const shown = this.tokens.readAccess(bearerOf(request) ?? '');
    if (!shown || !(await this.isTheirs(shown)))
      throw unauthorized('link_again', 'Open the link of your mail once more.');
    if (shown.applicationId !== request.params.applicationId) throw notFound();
    request.shownApplication = shown;
    return true;
  }

  /** Whether nobody else had the account that opened it. What was opened by a mail is good. */
  private async isTheirs({ given }: Shown): Promise<boolean> {
    return !given || isTheirs(given.at, await this.people.disputedUntil(given.userId));
  }
}

/** What the bearer of this request opens. */
export const CurrentApplication = createParamDecorator((_: unknown, context: ExecutionContext): Shown => {
  return context.switchToHttp().getRequest<ApplicantRequest>().shownApplication;
});
