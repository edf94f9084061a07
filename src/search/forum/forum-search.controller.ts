import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { ForumSearchQuery, ForumSearchReply } from '../../contracts/forum-search.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { ForumSearch } from './forum-search.service.js';

/** Search in the forum of a cohort. */
@ApiTags('search')
@Controller('api/cohorts/:cohortId/forum/search')
@InCohort()
export class ForumSearchController {
  constructor(private readonly search: ForumSearch) {}

  @Get()
  @InLine()
  @Replies(ForumSearchReply)
  find(@CurrentCohortActor() actor: CohortActor, @Query({ schema: ForumSearchQuery }) query: ForumSearchQuery) {
    return this.search.find(actor, query);
  }
}
