import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../cohorts/cohort.guard.js';
import type { CohortActor } from '../common/actor.js';
import { ClosedDaysPreview, PreviewClosedDays } from '../contracts/cohorts/closed-days.js';
import { InCohort } from '../infra/http/access.js';
import { Replies } from '../infra/http/replies.js';
import { StandingThenService } from './standing-then.service.js';

/** What pauses or another country would meet. */
@ApiTags('cohorts')
@Controller('api/cohorts/:cohortId/closed-days')
export class StandingThenController {
  constructor(private readonly standing: StandingThenService) {}

  @Post('preview')
  @InCohort('staff', 'admin')
  @Replies(ClosedDaysPreview)
  preview(@CurrentCohortActor() actor: CohortActor, @Body({ schema: PreviewClosedDays }) body: PreviewClosedDays) {
    return this.standing.preview(actor, body);
  }
}
