import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Application } from '../../contracts/calls/applications.js';
import { AnswerPlace, MoveWaiting, UpdateWaitingList, WaitingList } from '../../contracts/calls/places.js';
import { Id } from '../../contracts/primitives.js';
import { InCohort, Public } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { Shows } from '../../infra/http/shown.js';
import { MADE_UP, StrangersCount } from '../../infra/http/write-limit.guard.js';
import type { Shown } from '../applications/applicant-tokens.js';
import { ApplicantGuard, CurrentApplication, ShownApplication } from '../applications/applicant.guard.js';
import { Places } from './places.service.js';
import { WaitingLists } from './waiting-list.service.js';

/** The place of who is accepted, for them. */
@ApiTags('calls')
@Controller('api/applications/:applicationId/place')
@Public()
@UseGuards(ApplicantGuard)
@Shows(ShownApplication)
@StrangersCount(MADE_UP)
export class MyPlaceController {
  constructor(private readonly places: Places) {}

  @Post()
  @InLine()
  @HttpCode(200)
  @Replies(Application)
  answer(
    @CurrentApplication() shown: Shown,
    @Param('applicationId', { schema: Id }) _id: string,
    @Body({ schema: AnswerPlace }) { takes }: AnswerPlace,
  ) {
    return this.places.answer(shown, takes);
  }
}

/** The waiting list of a call, for the programme team. */
@ApiTags('calls')
@Controller('api/cohorts/:cohortId/calls/:callId/waiting-list')
@InCohort('staff')
export class WaitingListController {
  constructor(private readonly lists: WaitingLists) {}

  @Get()
  @Replies(WaitingList)
  get(@CurrentCohortActor() actor: CohortActor, @Param('callId', { schema: Id }) callId: string) {
    return this.lists.get(actor, callId);
  }

  @Patch()
  @Replies(WaitingList)
  update(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Body({ schema: UpdateWaitingList }) body: UpdateWaitingList,
  ) {
    return this.lists.update(actor, callId, body);
  }

  @Put(':applicationId')
  @Replies(WaitingList)
  move(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('applicationId', { schema: Id }) applicationId: string,
    @Body({ schema: MoveWaiting }) { before }: MoveWaiting,
  ) {
    return this.lists.move(actor, callId, applicationId, before);
  }
}
