import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CohortActor } from '../../common/actor.js';
import { ClosedDays, ClosedDaysQuery } from '../../contracts/cohorts/closed-days.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { ClosedDaysReader } from './closed-days.reader.js';
import { CurrentCohortActor } from '../cohort.guard.js';

/** The pauses and public holidays of a cohort, as one calendar. */
@ApiTags('cohorts')
@Controller('api/cohorts/:cohortId/closed-days')
export class ClosedDaysController {
  constructor(private readonly closedDays: ClosedDaysReader) {}

  @Get()
  @InCohort('fellow', 'coach', 'host', 'staff', 'alumni', 'admin')
  @Replies(ClosedDays)
  list(@CurrentCohortActor() actor: CohortActor, @Query({ schema: ClosedDaysQuery }) query: ClosedDaysQuery) {
    return this.closedDays.list(actor, query);
  }
}
