import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { CarryWords, CommonsStanding } from '../../contracts/commons/commons.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { CommonsOpening } from './commons-opening.js';
import { CommonsStandings } from './commons-standings.js';

/** From a topic of a cohort to the commons: shown before it is done, each for their own words. */
@ApiTags('commons')
@Controller('api/cohorts/:cohortId/topics/:topicId/commons')
@InCohort()
export class CommonsOpeningController {
  constructor(
    private readonly standings: CommonsStandings,
    private readonly opening: CommonsOpening,
  ) {}

  @Get()
  @InLine()
  @Replies(CommonsStanding)
  standing(@CurrentCohortActor() actor: CohortActor, @Param('topicId') topicId: string) {
    return this.standings.of(actor, topicId);
  }

  @Post()
  @HttpCode(200)
  @Replies(CommonsStanding)
  carry(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: CarryWords }) body: CarryWords,
  ) {
    return this.opening.carry(actor, topicId, body.postIds);
  }

  @Post('no')
  @HttpCode(200)
  @Replies(CommonsStanding)
  decline(@CurrentCohortActor() actor: CohortActor, @Param('topicId') topicId: string) {
    return this.opening.decline(actor, topicId);
  }

  @Post('wish')
  @InCohort('staff')
  @HttpCode(200)
  @Replies(CommonsStanding)
  wish(@CurrentCohortActor() actor: CohortActor, @Param('topicId') topicId: string) {
    return this.opening.wish(actor, topicId);
  }
}
