import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../auth/current-actor.js';
import { CurrentCohortActor } from '../cohorts/cohort.guard.js';
import type { Actor, CohortActor } from '../common/actor.js';
import { AgendaItem, AgendaQuery } from '../contracts/calendar.js';
import { page } from '../contracts/primitives.js';
import { InCohort, SignedIn } from '../infra/http/access.js';
import { Replies } from '../infra/http/replies.js';
import { AgendaService } from './agenda.service.js';

/** Mine over all cohorts, and the calendar of one cohort. A span is one page. */
@ApiTags('calendar')
@Controller('api')
export class AgendaController {
  constructor(private readonly agenda: AgendaService) {}

  @Get('me/agenda')
  @SignedIn()
  @Replies(page(AgendaItem))
  async mine(@CurrentActor() actor: Actor, @Query({ schema: AgendaQuery }) query: AgendaQuery) {
    return { items: await this.agenda.mine(actor.userId, query), nextCursor: null };
  }

  @Get('cohorts/:cohortId/agenda')
  @InCohort()
  @Replies(page(AgendaItem))
  async ofCohort(@CurrentCohortActor() actor: CohortActor, @Query({ schema: AgendaQuery }) query: AgendaQuery) {
    return { items: await this.agenda.ofCohort(actor, query), nextCursor: null };
  }
}
