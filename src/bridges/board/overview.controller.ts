import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Overview } from '../../contracts/cohorts/cohorts.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { OverviewService } from './overview.service.js';

/** The staff board. */
@ApiTags('cohorts')
@Controller('api/cohorts/:cohortId/overview')
export class OverviewController {
  constructor(private readonly overview: OverviewService) {}

  @Get()
  @InCohort('staff', 'admin')
  @Replies(Overview)
  get(@CurrentCohortActor() actor: CohortActor) {
    return this.overview.of(actor);
  }
}
