import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { GivenAnswers } from '../../contracts/forum/thanks.js';
import { Id } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { GivenAnswersService } from './given-answers.service.js';

/** Who helped whom in the forum. */
@ApiTags('forum')
@Controller('api/cohorts/:cohortId/members/:userId')
@InCohort()
export class ThanksController {
  constructor(private readonly answers: GivenAnswersService) {}

  @Get('answers')
  @Replies(GivenAnswers)
  list(@CurrentCohortActor() actor: CohortActor, @Param('userId', { schema: Id }) userId: string) {
    return this.answers.by(actor, userId);
  }
}
