import { SetMetadata, UseInterceptors, applyDecorators } from '@nestjs/common';
import { FileInterceptor, diskStorage } from '@nestjs/platform-fastify/multipart';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { SecondLookOnceArrived } from '../second-look.js';

/** Metadata key of a route that takes a file. */
export const TAKES_FILE = 'cordee:takes-file';

/**
 * A route that takes one file, of at most so many bytes, as the only part of a form; the handler finds it as `@UploadedFile()`. It arrives in memory, or, `onDisk`,
 * as a file that the handler takes away. Who sends it is asked for once more when it has come. Any other part, whatever its name, is refused with 400 `unreadable`, and the description says so.
 */
export const TakesOneFile = (mostBytes: number, { onDisk = false } = {}) =>
  applyDecorators(
    ApiConsumes('multipart/form-data'),
    ApiBody({
      description: `One part, \`file\`, of at most ${mostBytes} bytes (else 413 \`too_large\`). With any other part the form is refused: 400 \`unreadable\`.`,
      schema: {
        type: 'object',
        properties: { file: { type: 'string', format: 'binary' } },
        required: ['file'],
        additionalProperties: false,
      },
    }),
    UseInterceptors(
      FileInterceptor('file', {
        ...(onDisk && { storage: diskStorage() }),
        limits: { fileSize: mostBytes, files: 1, fields: 0 },
      }),
      SecondLookOnceArrived,
    ),
    SetMetadata(TAKES_FILE, true),
  );
