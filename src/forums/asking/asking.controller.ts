import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { AskHelpers, PossibleHelpers } from '../../contracts/forum/asking.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { AskingService } from './asking.service.js';

/** Who may know the answer of a question that waits. */
@ApiTags('forum')
@Controller('api/cohorts/:cohortId/topics/:topicId/helpers')
@InCohort()
export class AskingController {
  constructor(private readonly asking: AskingService) {}

  @Get()
  @InLine()
  @Replies(PossibleHelpers)
  list(@CurrentCohortActor() actor: CohortActor, @Param('topicId') topicId: string) {
    return this.asking.helpers(actor, topicId);
  }

  @Post()
  @HttpCode(200)
  @Replies(PossibleHelpers)
  ask(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: AskHelpers }) body: AskHelpers,
  ) {
    return this.asking.ask(actor, topicId, body.userIds);
  }
}
