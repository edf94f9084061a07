import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { CoachingLoad } from '../../contracts/mentoring/coaching-load.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
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

  /** The same as a table for a spreadsheet, in the reader's language. */
  @Get('table.csv')
  @InCohort('staff')
  @Header('content-type', 'text/csv; charset=utf-8')
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  table(@CurrentCohortActor() actor: CohortActor) {
    return this.loads.table(actor);
  }
}
