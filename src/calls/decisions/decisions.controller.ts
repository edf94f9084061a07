import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import {
  DecideApplications,
  DecidedApplications,
  UndoDecisions,
  UndoneDecisions,
} from '../../contracts/calls/decisions.js';
import { Id } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { DecisionsService } from './decisions.service.js';

/** Each may write to five hundred people. */
const DECISIONS = { name: 'call-decisions', points: 200, seconds: 3600 };

/** What becomes of what was handed in to a call. */
@ApiTags('calls')
@Controller('api/cohorts/:cohortId/calls/:callId/decisions')
@InCohort('staff')
@Limited(DECISIONS)
export class DecisionsController {
  constructor(private readonly decisions: DecisionsService) {}

  @Post()
  @HttpCode(200)
  @Replies(DecidedApplications)
  decide(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Body({ schema: DecideApplications }) body: DecideApplications,
  ) {
    return this.decisions.decide(actor, callId, body);
  }

  @Delete()
  @Replies(UndoneDecisions)
  undo(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Body({ schema: UndoDecisions }) body: UndoDecisions,
  ) {
    return this.decisions.undo(actor, callId, body);
  }
}
