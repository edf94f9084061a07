import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import contentDisposition from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { FilesCookie } from '../../auth/tokens/files-cookie.js';
import { parse } from '../../common/validation.js';
import { ForumExportQuery } from '../../contracts/forum/carrying.js';
import { Public } from '../../infra/http/access.js';
import { Shows } from '../../infra/http/shown.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { ForumExports } from './forum-exports.service.js';

const EXPORTS = { name: 'forum-export', points: 6, seconds: 600 };

/** A forum as a zip, opened by the files cookie as any download. */
@ApiExcludeController()
@Controller('files/cohorts/:cohortId/forum')
@Public()
@Shows(FilesCookie)
export class ForumExportsController {
  constructor(
    private readonly exports: ForumExports,
    private readonly cookie: FilesCookie,
    private readonly limits: RateLimits,
  ) {}

  @Get('export.zip')
  async zip(
    @Param('cohortId') cohortId: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const userId = await this.cookie.reader(request, reply);
    const actor = await this.exports.actorFor(userId, cohortId);
    const asked = parse(ForumExportQuery, query);
    await this.limits.take(EXPORTS, userId);
    const { name, pieces } = await this.exports.zip(actor, asked);
    await reply
      .headers({
        'content-type': 'application/zip',
        'content-disposition': contentDisposition(name),
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
      .send(Readable.from(pieces, { objectMode: false }));
  }
}
