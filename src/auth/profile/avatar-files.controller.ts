import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../../common/problem.js';
import { Public } from '../../infra/http/access.js';
import { KEPT_FOR_A_DAY } from '../../infra/http/security-headers.js';
import { Shows } from '../../infra/http/shown.js';
import { Avatars } from './avatars.js';
import { FilesCookie } from '../tokens/files-cookie.js';

/** Faces, opened by the files cookie: an `<img>` can send no header. Any signed-in person sees a face whose unguessable name they were given. */
@ApiExcludeController()
@Controller('files/avatars')
@Public()
@Shows(FilesCookie)
export class AvatarFilesController {
  constructor(
    private readonly avatars: Avatars,
    private readonly cookie: FilesCookie,
  ) {}

  @Get(':name')
  async get(
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    await this.cookie.reader(request, reply);
    const image = await this.avatars.read(name);
    if (!image) throw notFound();
    void reply.type('image/webp').header('cache-control', KEPT_FOR_A_DAY);
    return image;
  }
}
