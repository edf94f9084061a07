import { Controller, Delete, Get, Param, Post, Query, UploadedFile as Uploaded } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { invalidField } from '../../common/problem.js';
import { Import, ImportsQuery } from '../../contracts/bridges/imports.js';
import { MAX_IMPORT_BYTES } from '../../contracts/limits.js';
import { Id } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { TakesOneFile } from '../../infra/http/bodies/one-file.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { ImportsService } from './imports.service.js';

/** Asked before an export is read: it may be large. */
const NEW_IMPORTS = { name: 'import', points: 10, seconds: 3600 };

/** Bringing a chat or a forum along: an export of Slack or Discourse, checked first, then brought in. */
@ApiTags('imports')
@Controller('api/cohorts/:cohortId/imports')
@InCohort('staff')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Get()
  @Replies(z.object({ items: z.array(Import) }))
  list(@CurrentCohortActor() actor: CohortActor, @Query({ schema: ImportsQuery }) { source }: ImportsQuery) {
    return this.imports.list(actor, source);
  }

  @Post()
  @Limited(NEW_IMPORTS)
  @TakesOneFile(MAX_IMPORT_BYTES, { onDisk: true })
  @Replies(Import, 201)
  async create(
    @CurrentCohortActor() actor: CohortActor,
    @Query({ schema: ImportsQuery }) { source }: ImportsQuery,
    @Uploaded() file: { path?: string; size: number; originalname: string } | undefined,
  ) {
    if (!file?.path) throw invalidField('/file', 'required');
    try {
      return await this.imports.create(actor, source, { path: file.path, size: file.size, name: file.originalname });
    } finally {
      await rm(file.path, { force: true });
    }
  }

  @Get(':importId')
  @Replies(Import)
  get(@CurrentCohortActor() actor: CohortActor, @Param('importId', { schema: Id }) importId: string) {
    return this.imports.get(actor, importId);
  }

  @Post(':importId/run')
  @Replies(Import, 202)
  run(@CurrentCohortActor() actor: CohortActor, @Param('importId', { schema: Id }) importId: string) {
    return this.imports.run(actor, importId);
  }

  @Delete(':importId')
  @RepliesNothing()
  discard(@CurrentCohortActor() actor: CohortActor, @Param('importId', { schema: Id }) importId: string) {
    return this.imports.discard(actor, importId);
  }
}
