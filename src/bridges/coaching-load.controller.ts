import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../cohorts/cohort.guard.js';
import type { CohortActor } from '../common/actor.js';
import { CoachingLoad } from '../contracts/coaching-load.js';
import { InCohort } from '../infra/http/access.js';
import { Replies } from '../infra/http/replies.js';
import { CoachingLoads } from './coaching-load.service.js';

/** Contact by fellow and load by coach, for staff. */
@ApiTags('coaching')
@Controller('api/cohorts/:cohortId/coaching-load')
export class CoachingLoadController {
  constructor(private readonly loads: CoachingLoads) {}

  @Get()
  @InCohort('staff')
  @Replies(CoachingLoad)
  get(@CurrentCohortActor() actor: CohortActor) {
    return this.loads.of(actor);
  }
}
