import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { AnySlotsQuery, ScheduleWithAny } from '../../contracts/mentoring/any-coach.js';
import { MentoringSession, Slots } from '../../contracts/mentoring/mentoring.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { AnyCoach } from './any-coach.service.js';

/** Any coach of a craft, in turn. */
@ApiTags('coaching')
@Controller('api/cohorts/:cohortId')
export class AnyCoachController {
  constructor(private readonly anyCoach: AnyCoach) {}

  @Get('slots/any')
  @InLine()
  @InCohort('fellow', 'staff')
  @Replies(Slots)
  slots(@CurrentCohortActor() actor: CohortActor, @Query({ schema: AnySlotsQuery }) query: AnySlotsQuery) {
    return this.anyCoach.slots(actor, query);
  }

  @Post('sessions/any')
  @InCohort('fellow', 'staff')
  @Replies(MentoringSession, 201)
  book(@CurrentCohortActor() actor: CohortActor, @Body({ schema: ScheduleWithAny }) body: ScheduleWithAny) {
    return this.anyCoach.book(actor, body);
  }
}
