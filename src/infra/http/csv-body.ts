import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

/** 5,000 lines in UTF-16 have room. */
const MOST_CSV_BYTES = 4 * 1024 * 1024;

/** Bodies of `text/csv` (RFC 4180, section 3) arrive as bytes: only the reader of the file can tell their charset. */
export function registerCsvBody(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addContentTypeParser('text/csv', { parseAs: 'buffer', bodyLimit: MOST_CSV_BYTES }, (_request, body, done) =>
      done(null, body),
    );
}

/** The charset that a request names for its body, if it does. */
export function charsetOf(request: FastifyRequest): string | undefined {
  return /charset="?([\w.:-]+)"?/i.exec(request.headers['content-type'] ?? '')?.[1];
}
