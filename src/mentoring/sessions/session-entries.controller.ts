import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Id } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { SessionEntries } from './session-entries.js';

/** One session for any calendar program, to keep: the person's feed follows changes, this does not. */
@ApiTags('coaching')
@Controller('api/cohorts/:cohortId/sessions')
export class SessionEntriesController {
  constructor(private readonly entries: SessionEntries) {}

  @Get(':sessionId/calendar.ics')
  @InCohort()
  @Header('content-type', 'text/calendar; charset=utf-8')
  @ApiOkResponse({ content: { 'text/calendar': { schema: { type: 'string' } } } })
  calendarEntry(@CurrentCohortActor() actor: CohortActor, @Param('sessionId', { schema: Id }) id: string) {
    return this.entries.of(actor, id);
  }
}
