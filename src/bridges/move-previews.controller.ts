import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../cohorts/cohort.guard.js';
import type { CohortActor } from '../common/actor.js';
import { MovePreview } from '../contracts/calendar.js';
import { Id } from '../contracts/primitives.js';
import { InCohort } from '../infra/http/access.js';
import { Replies } from '../infra/http/replies.js';
import { MovePreviews } from './move-previews.service.js';

/** Who will be told when a workshop or a session gets another time. */
@ApiTags('calendar')
@Controller('api/cohorts/:cohortId')
export class MovePreviewsController {
  constructor(private readonly previews: MovePreviews) {}

  @Get('workshops/:id/move')
  @InCohort()
  @Replies(MovePreview)
  ofWorkshop(@CurrentCohortActor() actor: CohortActor, @Param('id', { schema: Id }) id: string) {
    return this.previews.ofWorkshop(actor, id);
  }

  @Get('sessions/:sessionId/move')
  @InCohort()
  @Replies(MovePreview)
  ofSession(@CurrentCohortActor() actor: CohortActor, @Param('sessionId', { schema: Id }) id: string) {
    return this.previews.ofSession(actor, id);
  }
}
