import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import {
  DecideFlag,
  FlagCase,
  FlagCaseCounts,
  FlagCaseWithBody,
  FlagCasesQuery,
  FlagPost,
} from '../../contracts/forum/flags.js';
import { page } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { FlagCases } from './flag-cases.service.js';
import { FlagDecisions } from './flag-decisions.service.js';
import { Flagging } from './flagging.service.js';

/** Flagged posts: anybody flags one, staff decide. */
@ApiTags('forum')
@Controller('api/cohorts/:cohortId')
@InCohort()
export class FlagsController {
  constructor(
    private readonly flagging: Flagging,
    private readonly cases: FlagCases,
    private readonly decisions: FlagDecisions,
  ) {}

  @Post('posts/:postId/flag')
  @RepliesNothing()
  flag(
    @CurrentCohortActor() actor: CohortActor,
    @Param('postId') postId: string,
    @Body({ schema: FlagPost }) body: FlagPost,
  ) {
    return this.flagging.flag(actor, postId, body);
  }

  @Get('flag-cases')
  @InLine()
  @InCohort('staff')
  @Replies(page(FlagCase))
  list(@CurrentCohortActor() actor: CohortActor, @Query({ schema: FlagCasesQuery }) query: FlagCasesQuery) {
    return this.cases.page(actor, query);
  }

  @Get('flag-cases/counts')
  @InCohort('staff')
  @Replies(FlagCaseCounts)
  counts(@CurrentCohortActor() actor: CohortActor) {
    return this.cases.counts(actor);
  }

  @Get('flag-cases/:caseId')
  @InCohort('staff')
  @Replies(FlagCaseWithBody)
  read(@CurrentCohortActor() actor: CohortActor, @Param('caseId') caseId: string) {
    return this.cases.withBody(actor, caseId);
  }

  @Post('flag-cases/:caseId/decision')
  @InCohort('staff')
  @Replies(FlagCase)
  decide(
    @CurrentCohortActor() actor: CohortActor,
    @Param('caseId') caseId: string,
    @Body({ schema: DecideFlag }) body: DecideFlag,
  ) {
    return this.decisions.decide(actor, caseId, body);
  }
}
