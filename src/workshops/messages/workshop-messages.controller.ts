import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Id } from '../../contracts/primitives.js';
import { SendWorkshopMessage, WorkshopMessage, WorkshopMessages } from '../../contracts/workshops/workshop-messages.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { WorkshopMessagesService } from './workshop-messages.service.js';

/** What hosts write to all who come, wait or came. */
@ApiTags('workshops')
@Controller('api/cohorts/:cohortId/workshops/:id/messages')
export class WorkshopMessagesController {
  constructor(private readonly messages: WorkshopMessagesService) {}

  @Get()
  @InCohort()
  @Replies(WorkshopMessages)
  list(@CurrentCohortActor() actor: CohortActor, @Param('id', { schema: Id }) id: string) {
    return this.messages.list(actor, id);
  }

  @Post()
  @InCohort()
  @Replies(WorkshopMessage, 201)
  send(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: SendWorkshopMessage }) body: SendWorkshopMessage,
  ) {
    return this.messages.send(actor, id, body);
  }
}
