import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController, ApiTags } from '@nestjs/swagger';
import contentDisposition from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FilesCookie } from '../../auth/tokens/files-cookie.js';
import { originOf } from '../../auth/origin.js';
import { CertificateCheck } from '../../contracts/workshops/certificates.js';
import { Public } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Shows } from '../../infra/http/shown.js';
import { CertificateChecks } from './certificate-checks.service.js';
import { ShownCertificates } from './shown-certificates.js';
import { Certificates } from './certificates.service.js';

/** A certificate of attendance, opened by the files cookie as any download. */
@ApiExcludeController()
@Controller('files/cohorts/:cohortId/workshops')
@Public()
@Shows(FilesCookie)
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
    const { name, pdf } = await this.certificates.of(await this.cookie.reader(request, reply), cohortId, id);
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

/** Whether a certificate is ours, for whoever was shown one: open to all who have its code. */
@ApiTags('certificates')
@Controller('api/public/certificates')
@Public()
@Shows(ShownCertificates)
export class CertificateChecksController {
  constructor(private readonly checks: CertificateChecks) {}

  @Get(':code')
  @Header('x-robots-tag', 'noindex')
  @Replies(CertificateCheck)
  check(@Param('code', { schema: z.string() }) code: string, @Req() request: FastifyRequest) {
    return this.checks.check(code, originOf(request).network);
  }
}
