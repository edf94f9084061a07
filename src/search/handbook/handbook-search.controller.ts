import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { HandbookHits, HandbookSearchQuery } from '../../contracts/handbook/handbook-search.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { HandbookSearch } from './handbook-search.service.js';

/** Search in the handbook of a cohort. */
@ApiTags('search')
@Controller('api/cohorts/:cohortId/handbook/search')
@InCohort()
export class HandbookSearchController {
  constructor(private readonly search: HandbookSearch) {}

  @Get()
  @InLine()
  @Replies(HandbookHits)
  find(@CurrentCohortActor() actor: CohortActor, @Query({ schema: HandbookSearchQuery }) query: HandbookSearchQuery) {
    return this.search.find(actor, query);
  }
}
