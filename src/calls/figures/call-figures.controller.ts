import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { CallFigures } from '../../contracts/calls/figures.js';
import { Id } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { CallFiguresService } from './call-figures.service.js';

/** What a call comes to in numbers, for the programme team. */
@ApiTags('calls')
@Controller('api/cohorts/:cohortId/calls/:callId')
@InCohort('staff')
export class CallFiguresController {
  constructor(private readonly figures: CallFiguresService) {}

  @Get('figures')
  @InLine()
  @Replies(CallFigures)
  get(@CurrentCohortActor() actor: CohortActor, @Param('callId', { schema: Id }) callId: string) {
    return this.figures.get(actor, callId);
  }

  @Get('figures.csv')
  @InLine()
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="figures.csv"')
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  csv(@CurrentCohortActor() actor: CohortActor, @Param('callId', { schema: Id }) callId: string) {
    return this.figures.csv(actor, callId);
  }
}
