import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../auth/current-actor.js';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { Actor, CohortActor } from '../../common/actor.js';
import { HandbookHits, HandbookSearchQuery } from '../../contracts/handbook/handbook-search.js';
import { HandbookPlaces } from '../../handbook/commons/handbook-places.js';
import { InCohort, SignedIn } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { HandbookSearch } from './handbook-search.service.js';

/** Search in the handbook of the commons, for who is in a cohort. */
@ApiTags('search')
@Controller('api/commons/handbook/search')
@SignedIn()
export class CommonsHandbookSearchController {
  constructor(
    private readonly search: HandbookSearch,
    private readonly places: HandbookPlaces,
  ) {}

  @Get()
  @InLine()
  @Replies(HandbookHits)
  async find(@CurrentActor() actor: Actor, @Query({ schema: HandbookSearchQuery }) query: HandbookSearchQuery) {
    return await this.search.find(await this.places.inCommons(actor), query);
  }
}

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
