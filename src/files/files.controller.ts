import { Controller, Delete, Param, Post, UploadedFile as Uploaded, UseInterceptors } from '@nestjs/common';
import { FileInterceptor, diskStorage } from '@nestjs/platform-fastify/multipart';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { CurrentActor } from '../auth/current-actor.js';
import type { Actor } from '../common/actor.js';
import { invalidField } from '../common/problem.js';
import { UploadedFile } from '../contracts/files.js';
import { MOST_FILE_BYTES } from '../contracts/limits.js';
import { SignedIn } from '../infra/http/access.js';
import { Replies, RepliesNothing } from '../infra/http/replies.js';
import { FilesService } from './files.service.js';

/** Uploads: one file a request, of at most 25 MB. It waits for a day to be sent with a message. */
@ApiTags('files')
@Controller('api/files')
@SignedIn()
export class FilesController {
  constructor(private readonly files: FilesService) {}

  @Post()
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] },
  })
  @UseInterceptors(
    FileInterceptor('file', { storage: diskStorage(), limits: { fileSize: MOST_FILE_BYTES, files: 1, fields: 0 } }),
  )
  @Replies(UploadedFile, 201)
  async upload(
    @CurrentActor() actor: Actor,
    @Uploaded() file: { path?: string; size: number; originalname: string } | undefined,
  ) {
    if (!file?.path) throw invalidField('/file', 'required');
    try {
      return await this.files.upload(actor, { path: file.path, size: file.size, name: file.originalname });
    } finally {
      await rm(file.path, { force: true });
    }
  }

  @Delete(':fileId')
  @RepliesNothing()
  discard(@CurrentActor() actor: Actor, @Param('fileId', { schema: z.string() }) fileId: string) {
    return this.files.discard(actor, fileId);
  }
}
