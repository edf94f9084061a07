import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor } from '../../auth/current-actor.js';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { Actor, CohortActor } from '../../common/actor.js';
import {
  ActionItem,
  CoachFellow,
  MyAction,
  MyActionsQuery,
  UpdateAction,
  WriteAction,
} from '../../contracts/mentoring/mentoring.js';
import { page } from '../../contracts/primitives.js';
import { InCohort, SignedIn } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { ActionsService } from './actions.service.js';
import { CoachFellows } from '../coaches/coach-fellows.service.js';

/** Each stays in the list of who is to do it. */
const NEW_ACTIONS = { name: 'actions', points: 120, seconds: 3600 };

/** Each tells all who take part in the session. */
const CHANGES = { name: 'action-changes', points: 300, seconds: 3600 };

/** What people take on, and a coach's fellows. */
@ApiTags('coaching')
@Controller('api')
export class ActionsController {
  constructor(
    private readonly actions: ActionsService,
    private readonly fellows: CoachFellows,
  ) {}

  @Get('cohorts/:cohortId/sessions/:sessionId/actions')
  @InCohort()
  @Replies(page(ActionItem))
  list(@CurrentCohortActor() actor: CohortActor, @Param('sessionId', { schema: z.string() }) sessionId: string) {
    return this.actions.list(actor, sessionId);
  }

  @Post('cohorts/:cohortId/sessions/:sessionId/actions')
  @Limited(NEW_ACTIONS)
  @InCohort()
  @Replies(ActionItem, 201)
  write(
    @CurrentCohortActor() actor: CohortActor,
    @Param('sessionId', { schema: z.string() }) sessionId: string,
    @Body({ schema: WriteAction }) body: WriteAction,
  ) {
    return this.actions.write(actor, sessionId, body);
  }

  @Patch('cohorts/:cohortId/sessions/:sessionId/actions/:actionId')
  @Limited(CHANGES)
  @InCohort()
  @Replies(ActionItem)
  update(
    @CurrentCohortActor() actor: CohortActor,
    @Param('sessionId', { schema: z.string() }) sessionId: string,
    @Param('actionId', { schema: z.string() }) actionId: string,
    @Body({ schema: UpdateAction }) body: UpdateAction,
  ) {
    return this.actions.update(actor, sessionId, actionId, body);
  }

  @Get('me/actions')
  @SignedIn()
  @Replies(page(MyAction))
  mine(@CurrentActor() actor: Actor, @Query({ schema: MyActionsQuery }) query: MyActionsQuery) {
    return this.actions.mine(actor, query);
  }

  @Get('cohorts/:cohortId/coaches/me/fellows')
  @InCohort('coach')
  @Replies(page(CoachFellow))
  myFellows(@CurrentCohortActor() actor: CohortActor) {
    return this.fellows.list(actor);
  }
}
