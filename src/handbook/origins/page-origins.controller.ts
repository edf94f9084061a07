import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { MadePage, PageBeginning } from '../../contracts/handbook/handbook.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { PageOrigins } from './page-origins.service.js';

/** Pages that are made from threads of chat and from minutes of workshops. */
@ApiTags('handbook')
@Controller('api/cohorts/:cohortId/handbook')
@InCohort()
export class PageOriginsController {
  constructor(private readonly origins: PageOrigins) {}

  @Get('beginnings/threads/:channelId/:messageId')
  @InLine()
  @Replies(PageBeginning)
  thread(
    @CurrentCohortActor() actor: CohortActor,
    @Param('channelId') channelId: string,
    @Param('messageId') messageId: string,
  ) {
    return this.origins.beginOfThread(actor, { channelId, messageId });
  }

  @Get('beginnings/workshops/:workshopId')
  @InLine()
  @Replies(PageBeginning)
  workshop(@CurrentCohortActor() actor: CohortActor, @Param('workshopId') workshopId: string) {
    return this.origins.beginOfWorkshop(actor, workshopId);
  }

  @Get('made-from/threads/:channelId/:messageId')
  @Replies(MadePage)
  madeFromThread(
    @CurrentCohortActor() actor: CohortActor,
    @Param('channelId') channelId: string,
    @Param('messageId') messageId: string,
  ) {
    return this.origins.ofThread(actor, { channelId, messageId });
  }

  @Get('made-from/workshops/:workshopId')
  @Replies(MadePage)
  madeFromWorkshop(@CurrentCohortActor() actor: CohortActor, @Param('workshopId') workshopId: string) {
    return this.origins.ofWorkshop(actor, workshopId);
  }
}
