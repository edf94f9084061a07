import type {} from '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { unauthorized } from '../../common/problem.js';
import { CONFIG, type Config } from '../../config/config.js';
import { READS } from '../../infra/http/write-limit.guard.js';
import type { Recogniser } from '../../infra/http/shown.js';
import type { Visitor } from '../../infra/queue/queue-board.js';
import { type Limit, RateLimits } from '../../infra/redis/rate-limits.js';
import { type AccessClaims, AccessTokens } from './access-tokens.js';
import { filesTokenOf } from './cookies.js';
import { Revocations } from './revocations.js';

/** As `READS`, of files: the faces and pictures of a page are many. */
export const FILE_READS: Limit = { ...READS, name: 'file-reads' };

/** Who opens a file: told by the cookie of files, since images and downloads can send no header. */
@Injectable()
export class FilesCookie implements Recogniser {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly tokens: AccessTokens,
    private readonly revocations: Revocations,
    private readonly limits: RateLimits,
  ) {}

  /** The id of the person; what they are answered by `reply` ends with their login. Throws 401 without a good cookie, 429 for who opens more than pages do. */
  async reader(request: FastifyRequest, reply?: FastifyReply): Promise<string> {
    const claims = await this.claims(request);
    if (!claims) throw unauthorized();
    await this.limits.take(FILE_READS, claims.sub);
    if (reply) this.revocations.ends(claims.sid, { request: reply.raw.req, answer: reply.raw });
    return claims.sub;
  }

  /** Faces and pictures are many: they take nothing of what the same person reads else. */
  async recognise(request: FastifyRequest): Promise<string | null> {
    const claims = await this.claims(request);
    return claims && `files ${claims.sub}`;
  }

  /** Who opens a page that is no part of the app. */
  async visitor(request: FastifyRequest): Promise<Visitor> {
    const claims = await this.claims(request);
    if (!claims) return 'nobody';
    return claims.adm === true ? 'admin' : 'other';
  }

  private async claims(request: FastifyRequest): Promise<AccessClaims | null> {
    const claims = await this.tokens.read(filesTokenOf(request, this.config) ?? '', 'files');
    return claims && !this.revocations.isEnded(claims.sid) ? claims : null;
  }
}
