import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import {
  ChangeGoal,
  ChangeGoalCoach,
  Goal,
  GoalReaders,
  GoalsQuery,
  ListedGoal,
  RecordMark,
  SetGoal,
} from '../../contracts/mentoring/goals.js';
import { Id, page } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { GoalCoach } from './goal-coach.service.js';
import { GoalCourse } from './goal-course.service.js';
import { GoalsService } from './goals.service.js';

/** Each stays for all its readers, and is told to those who look. */
const GOAL_ACTS = { name: 'goals', points: 240, seconds: 3600 };

/** What fellows work on with their coaches, and where it stands: for its readers, whatever their role. */
@ApiTags('coaching')
@Controller('api/cohorts/:cohortId')
@InCohort()
@Limited(GOAL_ACTS)
export class GoalsController {
  constructor(
    private readonly goals: GoalsService,
    private readonly coach: GoalCoach,
    private readonly course: GoalCourse,
  ) {}

  @Get('goals')
  @Replies(page(ListedGoal))
  list(@CurrentCohortActor() actor: CohortActor, @Query({ schema: GoalsQuery }) query: GoalsQuery) {
    return this.goals.list(actor, query);
  }

  @Post('goals')
  @InCohort('fellow', 'coach')
  @Replies(Goal, 201)
  set(@CurrentCohortActor() actor: CohortActor, @Body({ schema: SetGoal }) body: SetGoal) {
    return this.goals.set(actor, body);
  }

  @Get('goals/readers/:userId')
  @InCohort('fellow', 'coach')
  @Replies(GoalReaders)
  readers(@CurrentCohortActor() actor: CohortActor, @Param('userId', { schema: Id }) userId: string) {
    return this.goals.readers(actor, userId);
  }

  @Get('goals/:goalId')
  @Replies(Goal)
  get(@CurrentCohortActor() actor: CohortActor, @Param('goalId', { schema: Id }) id: string) {
    return this.goals.get(actor, id);
  }

  @Patch('goals/:goalId')
  @Replies(Goal)
  change(
    @CurrentCohortActor() actor: CohortActor,
    @Param('goalId', { schema: Id }) id: string,
    @Body({ schema: ChangeGoal }) body: ChangeGoal,
  ) {
    return this.goals.change(actor, id, body);
  }

  @Put('goals/:goalId/coach')
  @InCohort('fellow')
  @Replies(Goal)
  changeCoach(
    @CurrentCohortActor() actor: CohortActor,
    @Param('goalId', { schema: Id }) id: string,
    @Body({ schema: ChangeGoalCoach }) body: ChangeGoalCoach,
  ) {
    return this.coach.change(actor, id, body);
  }

  @Post('goals/:goalId/course')
  @Replies(Goal, 201)
  record(
    @CurrentCohortActor() actor: CohortActor,
    @Param('goalId', { schema: Id }) id: string,
    @Body({ schema: RecordMark }) body: RecordMark,
  ) {
    return this.course.record(actor, id, body);
  }

  @Delete('goals/:goalId/course/:markId')
  @Replies(Goal)
  takeBack(
    @CurrentCohortActor() actor: CohortActor,
    @Param('goalId', { schema: Id }) id: string,
    @Param('markId', { schema: Id }) markId: string,
  ) {
    return this.course.takeBack(actor, id, markId);
  }

  @Get('sessions/:sessionId/goals')
  @Replies(page(ListedGoal))
  ofSession(@CurrentCohortActor() actor: CohortActor, @Param('sessionId', { schema: Id }) sessionId: string) {
    return this.goals.ofSession(actor, sessionId);
  }
}
