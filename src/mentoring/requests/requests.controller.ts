import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Id, page } from '../../contracts/primitives.js';
import {
  ActOnRequest,
  AskForHelp,
  DeclineRequest,
  HelpRequest,
  Helpers,
  PassRequestOn,
  RequestSummary,
  RequestsQuery,
  WriteOnRequest,
} from '../../contracts/mentoring/requests.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { HelpersService } from './helpers.service.js';
import { HELPING_ROLES } from './request.js';
import { RequestsService } from './requests.service.js';

const Helping = () => InCohort(...HELPING_ROLES);

/** Others hear of each act by mail. */
const REQUEST_ACTS = { name: 'requests', points: 60, seconds: 3600 };

/** Requests for help within a cohort. */
@ApiTags('coaching')
@Controller('api/cohorts/:cohortId/requests')
@Limited(REQUEST_ACTS)
export class RequestsController {
  constructor(
    private readonly requests: RequestsService,
    private readonly helpers: HelpersService,
  ) {}

  @Get()
  @InLine()
  @Helping()
  @Replies(page(RequestSummary))
  list(@CurrentCohortActor() actor: CohortActor, @Query({ schema: RequestsQuery }) query: RequestsQuery) {
    return this.requests.list(actor, query);
  }

  @Post()
  @InCohort('fellow')
  @Replies(HelpRequest, 201)
  ask(@CurrentCohortActor() actor: CohortActor, @Body({ schema: AskForHelp }) body: AskForHelp) {
    return this.requests.ask(actor, body);
  }

  @Get(':requestId')
  @Helping()
  @Replies(HelpRequest)
  get(@CurrentCohortActor() actor: CohortActor, @Param('requestId', { schema: Id }) id: string) {
    return this.requests.get(actor, id);
  }

  @Get(':requestId/others')
  @Helping()
  @Replies(Helpers)
  others(@CurrentCohortActor() actor: CohortActor, @Param('requestId', { schema: Id }) id: string) {
    return this.helpers.forActor(actor, id);
  }

  @Post(':requestId/accept')
  @Helping()
  @Replies(HelpRequest)
  accept(
    @CurrentCohortActor() actor: CohortActor,
    @Param('requestId', { schema: Id }) id: string,
    @Body({ schema: ActOnRequest }) body: ActOnRequest,
  ) {
    return this.requests.accept(actor, id, body);
  }

  @Post(':requestId/decline')
  @Helping()
  @Replies(HelpRequest)
  decline(
    @CurrentCohortActor() actor: CohortActor,
    @Param('requestId', { schema: Id }) id: string,
    @Body({ schema: DeclineRequest }) body: DeclineRequest,
  ) {
    return this.requests.decline(actor, id, body);
  }

  @Post(':requestId/ask-back')
  @Helping()
  @Replies(HelpRequest)
  askBack(
    @CurrentCohortActor() actor: CohortActor,
    @Param('requestId', { schema: Id }) id: string,
    @Body({ schema: WriteOnRequest }) body: WriteOnRequest,
  ) {
    return this.requests.askBack(actor, id, body);
  }

  @Post(':requestId/tell-more')
  @Helping()
  @Replies(HelpRequest)
  tellMore(
    @CurrentCohortActor() actor: CohortActor,
    @Param('requestId', { schema: Id }) id: string,
    @Body({ schema: WriteOnRequest }) body: WriteOnRequest,
  ) {
    return this.requests.tellMore(actor, id, body);
  }

  @Post(':requestId/pass-on')
  @Helping()
  @Replies(HelpRequest)
  passOn(
    @CurrentCohortActor() actor: CohortActor,
    @Param('requestId', { schema: Id }) id: string,
    @Body({ schema: PassRequestOn }) body: PassRequestOn,
  ) {
    return this.requests.passOn(actor, id, body);
  }

  @Post(':requestId/withdraw')
  @Helping()
  @Replies(HelpRequest)
  withdraw(
    @CurrentCohortActor() actor: CohortActor,
    @Param('requestId', { schema: Id }) id: string,
    @Body({ schema: ActOnRequest }) body: ActOnRequest,
  ) {
    return this.requests.withdraw(actor, id, body);
  }
}
