import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { CarriedMessage, Discuss, Discussions } from '../../contracts/bridges/discussions.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { Discussing } from './discussions.service.js';

/** Each is a message to a whole channel. */
const DISCUSSING = { name: 'discussing', points: 20, seconds: 600 };

/** Topics that are discussed in chat, and messages that become replies. */
@ApiTags('forum')
@Controller('api/cohorts/:cohortId')
@InCohort()
export class DiscussionsController {
  constructor(private readonly discussing: Discussing) {}

  @Get('topics/:topicId/discussions')
  @Replies(Discussions)
  list(@CurrentCohortActor() actor: CohortActor, @Param('topicId') topicId: string) {
    return this.discussing.of(actor, topicId);
  }

  @Post('topics/:topicId/discussions')
  @HttpCode(200)
  @Limited(DISCUSSING)
  @Replies(Discussions)
  discuss(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: Discuss }) body: Discuss,
  ) {
    return this.discussing.discuss(actor, topicId, body);
  }

  @Get('forum/carried/:channelId/:messageId')
  @Replies(CarriedMessage)
  carried(
    @CurrentCohortActor() actor: CohortActor,
    @Param('channelId') channelId: string,
    @Param('messageId') messageId: string,
  ) {
    return this.discussing.carried(actor, channelId, messageId);
  }
}
