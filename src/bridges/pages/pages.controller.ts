import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../auth/current-actor.js';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { Actor, CohortActor } from '../../common/actor.js';
import { Shell, ShellQuery, Week, WeekQuery, WholeWorkshop } from '../../contracts/bridges/pages.js';
import { Id } from '../../contracts/primitives.js';
import { InCohort, SignedIn } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { ShellService } from './shell.service.js';
import { WeekService } from './week.service.js';
import { WholeWorkshops } from './whole-workshop.service.js';

/** What a page needs at its start, in one answer. */
@ApiTags('me')
@Controller('api')
export class PagesController {
  constructor(
    private readonly shell: ShellService,
    private readonly week: WeekService,
    private readonly workshops: WholeWorkshops,
  ) {}

  @Get('shell')
  @InLine()
  @SignedIn()
  @Replies(Shell)
  around(@CurrentActor() actor: Actor, @Query({ schema: ShellQuery }) query: ShellQuery) {
    return this.shell.of(actor, query);
  }

  @Get('cohorts/:cohortId/week')
  @InLine()
  @InCohort()
  @Replies(Week)
  weekOf(@CurrentCohortActor() actor: CohortActor, @Query({ schema: WeekQuery }) query: WeekQuery) {
    return this.week.of(actor, query);
  }

  @Get('cohorts/:cohortId/workshops/:workshopId/whole')
  @InLine()
  @InCohort()
  @Replies(WholeWorkshop)
  whole(@CurrentCohortActor() actor: CohortActor, @Param('workshopId', { schema: Id }) workshopId: string) {
    return this.workshops.get(actor, workshopId);
  }
}
