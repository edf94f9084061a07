import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { ApplicationFile } from '../../contracts/calls/applications.js';
import { AddFile } from '../../contracts/calls/desk.js';
import { Id } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { AddingFiles } from './adding.service.js';

/** Each is a mail to anybody. */
const ADDING = { name: 'application-adding', points: 100, seconds: 3600 };

/** Adds a file that came by mail, and takes it away again. */
@ApiTags('calls')
@Controller('api/cohorts/:cohortId/calls/:callId/applications')
@InCohort('staff')
export class AddingController {
  constructor(private readonly files: AddingFiles) {}

  @Post()
  @Limited(ADDING)
  @Replies(ApplicationFile, 201)
  add(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Body({ schema: AddFile }) body: AddFile,
  ) {
    return this.files.add(actor, callId, body);
  }

  @Delete(':applicationId')
  @HttpCode(204)
  remove(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('applicationId', { schema: Id }) applicationId: string,
  ) {
    return this.files.remove(actor, callId, applicationId);
  }
}
