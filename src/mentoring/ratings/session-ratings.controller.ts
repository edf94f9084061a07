import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { GiveRating, MyRating, SessionRatings as Sums } from '../../contracts/mentoring/session-ratings.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { SessionRatings } from './session-ratings.service.js';

/** How sessions were, both ways. */
@ApiTags('coaching')
@Controller('api/cohorts/:cohortId')
export class SessionRatingsController {
  constructor(private readonly ratings: SessionRatings) {}

  @Get('sessions/:sessionId/rating')
  @InCohort()
  @Replies(MyRating)
  mine(@CurrentCohortActor() actor: CohortActor, @Param('sessionId', { schema: z.string() }) sessionId: string) {
    return this.ratings.mine(actor, sessionId);
  }

  @Put('sessions/:sessionId/rating')
  @InCohort()
  @Replies(MyRating)
  give(
    @CurrentCohortActor() actor: CohortActor,
    @Param('sessionId', { schema: z.string() }) sessionId: string,
    @Body({ schema: GiveRating }) body: GiveRating,
  ) {
    return this.ratings.give(actor, sessionId, body);
  }

  @Get('session-ratings')
  @InCohort('staff')
  @Replies(Sums)
  sums(@CurrentCohortActor() actor: CohortActor) {
    return this.ratings.sums(actor);
  }
}
