import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FilesCookie } from '../auth/tokens/files-cookie.js';
import { Public } from '../infra/http/access.js';
import { Shows } from '../infra/http/shown.js';
import { FilesService, type Variant } from './files.service.js';
import { sendFile } from './send-file.js';

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
    await sendFile(this.files, { row, variant }, request, reply);
  }
}
