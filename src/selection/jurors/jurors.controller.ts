import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Id } from '../../contracts/primitives.js';
import {
  InviteJurors,
  InvitedJurors,
  Jurors,
  JurorsQuery,
  RemindJurors,
  RemindedJurors,
  UpdateJuror,
} from '../../contracts/selection/jurors.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { JurorsService } from './jurors.service.js';

/** Each may be a letter to a hundred strangers. */
const INVITATIONS = { name: 'juror-invitations', points: 40, seconds: 3600 };
const REMINDERS = { name: 'juror-reminders', points: 60, seconds: 3600 };

/** The jurors of a call. */
@ApiTags('selection')
@Controller('api/cohorts/:cohortId/calls/:callId/jurors')
@InCohort('staff')
export class JurorsController {
  constructor(private readonly jurors: JurorsService) {}

  @Get()
  @Replies(Jurors)
  list(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Query({ schema: JurorsQuery }) query: JurorsQuery,
  ) {
    return this.jurors.list(actor, callId, query);
  }

  @Post()
  @Limited(INVITATIONS)
  @Replies(InvitedJurors, 201)
  invite(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Body({ schema: InviteJurors }) body: InviteJurors,
  ) {
    return this.jurors.invite(actor, callId, body);
  }

  @Post('remind')
  @HttpCode(200)
  @Limited(REMINDERS)
  @Replies(RemindedJurors)
  remind(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Body({ schema: RemindJurors }) body: RemindJurors,
  ) {
    return this.jurors.remind(actor, callId, body);
  }

  @Patch(':jurorId')
  @HttpCode(204)
  update(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('jurorId', { schema: Id }) jurorId: string,
    @Body({ schema: UpdateJuror }) body: UpdateJuror,
  ) {
    return this.jurors.update(actor, callId, jurorId, body);
  }

  @Delete(':jurorId')
  @HttpCode(204)
  remove(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('jurorId', { schema: Id }) jurorId: string,
  ) {
    return this.jurors.remove(actor, callId, jurorId);
  }
}
