import { Controller, Delete, Param, Post, UploadedFile as Uploaded } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { CurrentActor } from '../auth/current-actor.js';
import { CurrentCohortActor } from '../cohorts/cohort.guard.js';
import type { Actor, CohortActor } from '../common/actor.js';
import { invalidField } from '../common/problem.js';
import { UploadedFile } from '../contracts/files.js';
import { MAX_FILE_BYTES } from '../contracts/limits.js';
import { InCohort, SignedIn } from '../infra/http/access.js';
import { TakesOneFile } from '../infra/http/bodies/one-file.js';
import { Replies, RepliesNothing } from '../infra/http/replies.js';
import { Limited } from '../infra/http/write-limit.guard.js';
import { FilesService } from './files.service.js';

type Arrived = { path?: string; size: number; originalname: string } | undefined;

/** A person may upload 120 files in 10 minutes: asked before a file is read, since what is not wanted would lie on the disk till it has come. */
const UPLOADS = { name: 'upload', points: 120, seconds: 600 };

/** Uploads: one file a request, of at most 25 MB, for the place where it will be sent. It waits for a day to be sent there. */
@ApiTags('files')
@Controller('api')
export class FilesController {
  constructor(private readonly files: FilesService) {}

  @Post('cohorts/:cohortId/files')
  @Limited(UPLOADS)
  @InCohort()
  @TakesOneFile(MAX_FILE_BYTES, { onDisk: true })
  @Replies(UploadedFile, 201)
  uploadInCohort(@CurrentCohortActor() actor: CohortActor, @Uploaded() file: Arrived) {
    return this.take(actor, actor.cohortId, file);
  }

  /** For a direct conversation, which is of no cohort. */
  @Post('files')
  @Limited(UPLOADS)
  @SignedIn()
  @TakesOneFile(MAX_FILE_BYTES, { onDisk: true })
  @Replies(UploadedFile, 201)
  upload(@CurrentActor() actor: Actor, @Uploaded() file: Arrived) {
    return this.take(actor, null, file);
  }

  @Delete('files/:fileId')
  @SignedIn()
  @RepliesNothing()
  discard(@CurrentActor() actor: Actor, @Param('fileId', { schema: z.string() }) fileId: string) {
    return this.files.discard(actor, fileId);
  }

  private async take(actor: Actor, cohortId: string | null, file: Arrived): Promise<UploadedFile> {
    if (!file?.path) throw invalidField('/file', 'required');
    try {
      return await this.files.upload(actor, cohortId, { path: file.path, size: file.size, name: file.originalname });
    } finally {
      await rm(file.path, { force: true });
    }
  }
}
