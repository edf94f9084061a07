import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, notFound } from '../common/problem.js';
import { isSeen } from '../infra/http/conditional.js';
import { headersOf, partOf } from './file-answer.js';
import type { FileRow } from './file.schema.js';
import type { FilesService, Variant } from './files.service.js';

const OUTSIDE = 'The part asked for lies past the end of the file.';

/** Hands out a file, or the part of it that is asked for, to who may read it: that was settled before. Throws 404 where its bytes are gone, 416. */
export async function sendFile(
  files: FilesService,
  { row, variant }: { row: FileRow; variant: Variant },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
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
  const stream = await files.open(row, variant, part ?? undefined);
  if (!stream) throw notFound();
  void reply.status(part ? 206 : 200).headers(headers);
  if (variant === 'original') void reply.header('content-length', part ? part.end - part.start + 1 : row.size);
  if (part) void reply.header('content-range', `bytes ${part.start}-${part.end}/${row.size}`);
  await reply.send(stream);
}
