import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import {
  CancelSession,
  CompleteSession,
  MentoringSession,
  RescheduleSession,
  ScheduleSession,
  SessionsQuery,
} from '../../contracts/mentoring/mentoring.js';
import { page } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { SessionsService } from './sessions.service.js';

/** Coaching sessions of a cohort. */
@ApiTags('coaching')
@Controller('api/cohorts/:cohortId/sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  @InCohort()
  @Replies(page(MentoringSession))
  list(@CurrentCohortActor() actor: CohortActor, @Query({ schema: SessionsQuery }) query: SessionsQuery) {
    return this.sessions.list(actor, query);
  }

  @Post()
  @InCohort('fellow', 'coach', 'staff')
  @Replies(MentoringSession, 201)
  book(@CurrentCohortActor() actor: CohortActor, @Body({ schema: ScheduleSession }) body: ScheduleSession) {
    return this.sessions.book(actor, body);
  }

  @Get(':sessionId')
  @InCohort()
  @Replies(MentoringSession)
  get(@CurrentCohortActor() actor: CohortActor, @Param('sessionId', { schema: z.string() }) id: string) {
    return this.sessions.get(actor, id);
  }

  @Post(':sessionId/reschedule')
  @InCohort()
  @Replies(MentoringSession)
  reschedule(
    @CurrentCohortActor() actor: CohortActor,
    @Param('sessionId', { schema: z.string() }) id: string,
    @Body({ schema: RescheduleSession }) body: RescheduleSession,
  ) {
    return this.sessions.reschedule(actor, id, body);
  }

  @Post(':sessionId/cancel')
  @InCohort()
  @Replies(MentoringSession)
  cancel(
    @CurrentCohortActor() actor: CohortActor,
    @Param('sessionId', { schema: z.string() }) id: string,
    @Body({ schema: CancelSession }) body: CancelSession,
  ) {
    return this.sessions.cancel(actor, id, body);
  }

  @Post(':sessionId/complete')
  @InCohort()
  @Replies(MentoringSession)
  complete(
    @CurrentCohortActor() actor: CohortActor,
    @Param('sessionId', { schema: z.string() }) id: string,
    @Body({ schema: CompleteSession }) body: CompleteSession,
  ) {
    return this.sessions.complete(actor, id, body);
  }
}
