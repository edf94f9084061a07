import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../../common/problem.js';

/** 5,000 lines in UTF-16 have room. */
export const MAX_CSV_BYTES = 4 * 1024 * 1024;

/** The one route that reads a table; elsewhere its bytes would be taken for fields. */
const READS_CSV = '/api/cohorts/:cohortId/invitations';

/**
 * Bodies of `text/csv` (RFC 4180, section 3) arrive as bytes: only the reader of the file can tell their charset. Routes that read no table answer 415
 * `unsupported_media_type`, before anything is read.
 */
export function registerCsvBody(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', ({ headers, routeOptions }, _reply, done) => {
    const isCsv = /^\s*text\/csv\b/i.test(headers['content-type'] ?? '');
    if (isCsv && routeOptions.url !== READS_CSV) {
      done(new Problem(415, 'unsupported_media_type', 'Send JSON, or what the description of the API says.'));
    } else {
      done();
    }
  });
  fastify.addContentTypeParser('text/csv', { parseAs: 'buffer', bodyLimit: MAX_CSV_BYTES }, (_request, body, done) =>
    done(null, body),
  );
}

/** The charset that a request names for its body, if it does. */
export function charsetOf(request: FastifyRequest): string | undefined {
  return /charset="?([\w.:-]+)"?/i.exec(request.headers['content-type'] ?? '')?.[1];
}
