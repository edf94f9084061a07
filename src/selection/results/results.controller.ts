import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Id } from '../../contracts/primitives.js';
import { ReviewsQuery } from '../../contracts/selection/assignment.js';
import { Results, ResultsQuery } from '../../contracts/selection/results.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { ResultsService } from './results.service.js';

/** Each reads all reviews of a step. */
const EXPORTS = { name: 'result-exports', points: 20, seconds: 600 };

/** What the reviews of a step come to, for the programme team. */
@ApiTags('selection')
@Controller('api/cohorts/:cohortId/calls/:callId')
@InCohort('staff')
export class ResultsController {
  constructor(private readonly results: ResultsService) {}

  @Get('results')
  @InLine()
  @Replies(Results)
  get(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Query({ schema: ResultsQuery }) query: ResultsQuery,
  ) {
    return this.results.get(actor, callId, query);
  }

  @Get('results.csv')
  @InLine()
  @Limited(EXPORTS)
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="results.csv"')
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  csv(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Query({ schema: ReviewsQuery }) { stepId }: ReviewsQuery,
  ) {
    return this.results.csv(actor, callId, stepId);
  }
}
