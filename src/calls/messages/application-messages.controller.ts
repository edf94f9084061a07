import { Body, Controller, Get, Param, Post, Put, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import {
  AnswerApplicationMessages,
  ApplicationMessages,
  SettleApplicationMessages,
  WriteApplicationMessage,
} from '../../contracts/calls/application-messages.js';
import { Id } from '../../contracts/primitives.js';
import { InCohort, Public } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { Shows } from '../../infra/http/shown.js';
import { Limited, MADE_UP, ShownCount, StrangersCount } from '../../infra/http/write-limit.guard.js';
import { ApplicantGuard, CurrentApplication, READING, ShownApplication } from '../applications/applicant.guard.js';
import type { Shown } from '../applications/applicant-tokens.js';
import { ApplicationMessagesService } from './application-messages.service.js';

/** Each tells the whole programme team, or is a mail. */
const MESSAGES = { name: 'application-messages', points: 20, seconds: 3600 };
const ANSWERS = { name: 'application-answers', points: 200, seconds: 3600 };

/** Messages about a file, for who applies. */
@ApiTags('calls')
@Controller('api/applications/:applicationId/messages')
@Public()
@UseGuards(ApplicantGuard)
@Shows(ShownApplication)
@StrangersCount(MADE_UP)
export class MyApplicationMessagesController {
  constructor(private readonly messages: ApplicationMessagesService) {}

  @Get()
  @InLine()
  @ShownCount(READING)
  @Replies(ApplicationMessages)
  read(@CurrentApplication() shown: Shown, @Param('applicationId', { schema: Id }) _id: string) {
    return this.messages.mine(shown);
  }

  @Post()
  @InLine()
  @Limited(MESSAGES)
  @Replies(ApplicationMessages, 201)
  write(
    @CurrentApplication() shown: Shown,
    @Param('applicationId', { schema: Id }) _id: string,
    @Body({ schema: WriteApplicationMessage }) body: WriteApplicationMessage,
  ) {
    return this.messages.writeMine(shown, body);
  }
}

/** The same for the programme team. */
@ApiTags('calls')
@Controller('api/cohorts/:cohortId/calls/:callId/applications/:applicationId/messages')
@InCohort('staff')
export class ApplicationMessagesController {
  constructor(private readonly messages: ApplicationMessagesService) {}

  @Get()
  @Replies(ApplicationMessages)
  read(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('applicationId', { schema: Id }) applicationId: string,
  ) {
    return this.messages.read(actor, callId, applicationId);
  }

  @Post()
  @Limited(ANSWERS)
  @Replies(ApplicationMessages, 201)
  answer(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('applicationId', { schema: Id }) applicationId: string,
    @Body({ schema: AnswerApplicationMessages }) body: AnswerApplicationMessages,
  ) {
    return this.messages.answer(actor, callId, applicationId, body);
  }

  /** Nothing is to be answered. */
  @Put('answered')
  @Replies(ApplicationMessages)
  settle(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('applicationId', { schema: Id }) applicationId: string,
    @Body({ schema: SettleApplicationMessages }) body: SettleApplicationMessages,
  ) {
    return this.messages.settle(actor, callId, applicationId, body.seen);
  }
}
