import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FilesCookie } from '../auth/tokens/files-cookie.js';
import { Problem, notFound } from '../common/problem.js';
import { Public } from '../infra/http/access.js';
import { isSeen } from '../infra/http/conditional.js';
import { Shows } from '../infra/http/shown.js';
import { headersOf, partOf } from './file-answer.js';
import { FilesService, type Variant } from './files.service.js';

const OUTSIDE = 'The part asked for lies past the end of the file.';

/** Uploaded files, opened by the files cookie: an `<img>` can send no header. Who may read it is asked each time. */
@ApiExcludeController()
@Controller('files/uploads')
@Public()
@Shows(FilesCookie)
export class UploadsController {
  constructor(
    private readonly files: FilesService,
    private readonly cookie: FilesCookie,
  ) {}

  @Get(':fileId')
  original(@Param('fileId') fileId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.send(fileId, 'original', request, reply);
  }

  @Get(':fileId/small')
  small(@Param('fileId') fileId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.send(fileId, 'small', request, reply);
  }

  @Get(':fileId/large')
  large(@Param('fileId') fileId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.send(fileId, 'large', request, reply);
  }

  private async send(fileId: string, variant: Variant, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const userId = await this.cookie.reader(request, reply);
    const row = await this.files.find(userId, fileId, variant);
    const headers = headersOf(row, variant);
    if (isSeen(request.headers['if-none-match'], headers['etag'])) {
      await reply.status(304).headers(headers).send();
      return;
    }
    const part = variant === 'original' ? partOf(request.headers.range, row.size) : null;
    if (part === 'outside') {
      void reply.header('content-range', `bytes */${row.size}`);
      throw new Problem(416, 'outside', OUTSIDE);
    }
    const stream = await this.files.open(row, variant, part ?? undefined);
    if (!stream) throw notFound();
    void reply.status(part ? 206 : 200).headers(headers);
    if (variant === 'original') void reply.header('content-length', part ? part.end - part.start + 1 : row.size);
    if (part) void reply.header('content-range', `bytes ${part.start}-${part.end}/${row.size}`);
    await reply.send(stream);
  }
}
