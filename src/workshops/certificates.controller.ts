import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import contentDisposition from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FilesCookie } from '../auth/files-cookie.js';
import { Public } from '../infra/http/access.js';
import { Certificates } from './certificates.service.js';

/** A certificate of attendance, opened by the files cookie as any download. */
@ApiExcludeController()
@Controller('files/cohorts/:cohortId/workshops')
@Public()
export class CertificatesController {
  constructor(
    private readonly certificates: Certificates,
    private readonly cookie: FilesCookie,
  ) {}

  @Get(':id/certificate.pdf')
  async pdf(
    @Param('cohortId') cohortId: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { name, pdf } = await this.certificates.of(await this.cookie.reader(request), cohortId, id);
    await reply
      .headers({
        'content-type': 'application/pdf',
        'content-disposition': contentDisposition(name),
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
      .send(pdf);
  }
}
