import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import contentDisposition from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { FilesCookie } from '../../auth/tokens/files-cookie.js';
import { parse } from '../../common/validation.js';
import { HandbookExportQuery } from '../../contracts/handbook/handbook.js';
import { COMMONS_PLACE } from '../../contracts/limits.js';
import type { Locale } from '../../contracts/primitives.js';
import { Public } from '../../infra/http/access.js';
import { Shows } from '../../infra/http/shown.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { HandbookExports } from './handbook-exports.service.js';

const EXPORTS = { name: 'handbook-export', points: 10, seconds: 600 };

/** A handbook as a file, opened by the files cookie as any download. Never shown as a page of ours. */
@ApiExcludeController()
@Controller('files')
@Public()
@Shows(FilesCookie)
export class HandbookExportsController {
  constructor(
    private readonly exports: HandbookExports,
    private readonly cookie: FilesCookie,
    private readonly limits: RateLimits,
  ) {}

  @Get('cohorts/:cohortId/handbook.zip')
  zip(@Param('cohortId') cohortId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.sendZip(cohortId, request, reply);
  }

  @Get('cohorts/:cohortId/handbook.html')
  html(
    @Param('cohortId') cohortId: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.sendHtml(cohortId, query, request, reply);
  }

  @Get('commons/handbook.zip')
  zipOfCommons(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.sendZip(COMMONS_PLACE, request, reply);
  }

  @Get('commons/handbook.html')
  htmlOfCommons(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.sendHtml(COMMONS_PLACE, query, request, reply);
  }

  private async sendZip(placeId: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { userId, name } = await this.asked(placeId, 'en', request, reply);
    const pieces = this.exports.markdown(userId, placeId);
    await send(reply, `${name}.zip`, 'application/zip', Readable.from(pieces, { objectMode: false }));
  }

  private async sendHtml(placeId: string, query: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const asked = HandbookExportQuery.safeParse(query);
    const { userId, name } = await this.asked(placeId, asked.data?.lang ?? 'en', request, reply);
    const { lang } = parse(HandbookExportQuery, query);
    const pieces = this.exports.html(userId, placeId, name, lang);
    await send(reply, `${name}.html`, 'text/html; charset=utf-8', Readable.from(pieces));
  }

  private async asked(placeId: string, locale: Locale, request: FastifyRequest, reply: FastifyReply) {
    const userId = await this.cookie.reader(request, reply);
    await this.limits.take(EXPORTS, userId);
    return { userId, name: await this.exports.nameFor(userId, placeId, locale) };
  }
}

async function send(reply: FastifyReply, name: string, type: string, body: NodeJS.ReadableStream): Promise<void> {
  await reply
    .headers({
      'content-type': type,
      'content-disposition': contentDisposition(name),
      'content-security-policy': "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .send(body);
}
