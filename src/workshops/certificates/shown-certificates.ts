import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Recogniser } from '../../infra/http/shown.js';
import { typedCertificateCode } from './certificate-code.js';
import { CertificatesRepository } from './certificates.repository.js';

/** Knows the codes of our certificates. */
@Injectable()
export class ShownCertificates implements Recogniser {
  constructor(private readonly certificates: CertificatesRepository) {}

  async recognise({ params }: FastifyRequest): Promise<string | null> {
    const code = typedCertificateCode((params as { code?: string }).code ?? '');
    const row = code ? await this.certificates.byCode(code) : null;
    return row && String(row._id);
  }
}
