import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Note, Notes, UpdateNote, WriteNote } from '../../contracts/mentoring/mentoring.js';
import { PageQuery } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { NotesService } from './notes.service.js';

/** Each stays with its session, for all its readers. */
const NEW_NOTES = { name: 'notes', points: 120, seconds: 3600 };

/** Notes of a session: for their readers, whatever their role. */
@ApiTags('coaching')
@Controller('api/cohorts/:cohortId/sessions/:sessionId/notes')
@InCohort()
export class NotesController {
  constructor(private readonly notes: NotesService) {}

  @Get()
  @InLine()
  @Replies(Notes)
  list(
    @CurrentCohortActor() actor: CohortActor,
    @Param('sessionId', { schema: z.string() }) sessionId: string,
    @Query({ schema: PageQuery }) query: PageQuery,
  ) {
    return this.notes.list(actor, sessionId, query);
  }

  @Post()
  @Limited(NEW_NOTES)
  @Replies(Note, 201)
  write(
    @CurrentCohortActor() actor: CohortActor,
    @Param('sessionId', { schema: z.string() }) sessionId: string,
    @Body({ schema: WriteNote }) body: WriteNote,
  ) {
    return this.notes.write(actor, sessionId, body);
  }

  @Patch(':noteId')
  @Replies(Note)
  update(
    @CurrentCohortActor() actor: CohortActor,
    @Param('sessionId', { schema: z.string() }) sessionId: string,
    @Param('noteId', { schema: z.string() }) noteId: string,
    @Body({ schema: UpdateNote }) body: UpdateNote,
  ) {
    return this.notes.update(actor, sessionId, noteId, body);
  }
}
