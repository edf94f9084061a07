import type {} from '@fastify/cookie';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound, unauthorized } from '../common/problem.js';
import { Public } from '../infra/http/access.js';
import { AccessTokens } from './access-tokens.js';
import { Avatars } from './avatars.js';
import { FILES_COOKIE } from './cookies.js';
import { Revocations } from './revocations.js';

/** Faces, opened by the files cookie: an `<img>` can send no header. Any signed-in person sees a face whose unguessable name they were given. */
@ApiExcludeController()
@Controller('files/avatars')
@Public()
export class AvatarFilesController {
  constructor(
    private readonly avatars: Avatars,
    private readonly tokens: AccessTokens,
    private readonly revocations: Revocations,
  ) {}

  @Get(':name')
  async get(
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const claims = await this.tokens.read(request.cookies[FILES_COOKIE] ?? '', 'files');
    if (!claims || this.revocations.isEnded(claims.sid)) throw unauthorized();
    const image = await this.avatars.read(name);
    if (!image) throw notFound();
    void reply.type('image/webp').header('cache-control', 'private, max-age=31536000, immutable');
    return image;
  }
}
