import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { ApplicationFile } from '../../contracts/calls/applications.js';
import { AskPiece } from '../../contracts/calls/asking.js';
import { Id } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { Asking } from './asking.service.js';

/** Each is a mail. */
const ASKING = { name: 'application-asking', points: 200, seconds: 3600 };

/** Asks who applies for what is missing in their file. */
@ApiTags('calls')
@Controller('api/cohorts/:cohortId/calls/:callId/applications/:applicationId/asking')
@InCohort('staff')
export class AskingController {
  constructor(private readonly asking: Asking) {}

  @Post()
  @HttpCode(200)
  @Limited(ASKING)
  @Replies(ApplicationFile)
  ask(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('applicationId', { schema: Id }) applicationId: string,
    @Body({ schema: AskPiece }) body: AskPiece,
  ) {
    return this.asking.ask(actor, callId, applicationId, body);
  }

  @Delete()
  @Replies(ApplicationFile)
  end(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('applicationId', { schema: Id }) applicationId: string,
  ) {
    return this.asking.end(actor, callId, applicationId);
  }
}
