import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { ApplicationFile } from '../../contracts/calls/applications.js';
import { ApplicationNotes, TagFile, WriteApplicationNote } from '../../contracts/calls/desk.js';
import { Id } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Desk } from './desk.service.js';

/** What staff keep with a file for themselves. */
@ApiTags('calls')
@Controller('api/cohorts/:cohortId/calls/:callId/applications/:applicationId')
@InCohort('staff')
export class DeskController {
  constructor(private readonly desk: Desk) {}

  @Post('tags')
  @HttpCode(200)
  @Replies(ApplicationFile)
  tag(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('applicationId', { schema: Id }) applicationId: string,
    @Body({ schema: TagFile }) { tag }: TagFile,
  ) {
    return this.desk.tag(actor, callId, applicationId, tag);
  }

  @Delete('tags')
  @Replies(ApplicationFile)
  untag(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('applicationId', { schema: Id }) applicationId: string,
    @Body({ schema: TagFile }) { tag }: TagFile,
  ) {
    return this.desk.untag(actor, callId, applicationId, tag);
  }

  @Get('notes')
  @Replies(ApplicationNotes)
  notes(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('applicationId', { schema: Id }) applicationId: string,
  ) {
    return this.desk.notes(actor, callId, applicationId);
  }

  @Post('notes')
  @Replies(ApplicationNotes, 201)
  write(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('applicationId', { schema: Id }) applicationId: string,
    @Body({ schema: WriteApplicationNote }) { text }: WriteApplicationNote,
  ) {
    return this.desk.write(actor, callId, applicationId, text);
  }

  @Delete('notes/:noteId')
  @Replies(ApplicationNotes)
  forget(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('applicationId', { schema: Id }) applicationId: string,
    @Param('noteId', { schema: Id }) noteId: string,
  ) {
    return this.desk.forget(actor, callId, applicationId, noteId);
  }
}
