import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Id } from '../../contracts/primitives.js';
import {
  AddReview,
  AssignReviews,
  Assigned,
  ReviewsQuery,
  StaffReview,
  StaffReviews,
} from '../../contracts/selection/assignment.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { AssignmentService } from './assignment.service.js';

/** Each works for a while, and may be a letter to every juror. */
const ASSIGNMENTS = { name: 'review-assignments', points: 60, seconds: 3600 };

/** Who reads what in the steps of a call. */
@ApiTags('selection')
@Controller('api/cohorts/:cohortId/calls/:callId')
@InCohort('staff')
export class AssignmentController {
  constructor(private readonly assignment: AssignmentService) {}

  @Post('assignment')
  @HttpCode(200)
  @Limited(ASSIGNMENTS)
  @Replies(Assigned)
  assign(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Body({ schema: AssignReviews }) body: AssignReviews,
  ) {
    return this.assignment.assign(actor, callId, body);
  }

  @Get('reviews')
  @Replies(StaffReviews)
  list(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Query({ schema: ReviewsQuery }) query: ReviewsQuery,
  ) {
    return this.assignment.list(actor, callId, query);
  }

  @Post('reviews')
  @Replies(StaffReview, 201)
  add(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Body({ schema: AddReview }) body: AddReview,
  ) {
    return this.assignment.add(actor, callId, body);
  }

  @Delete('reviews/:reviewId')
  @HttpCode(204)
  remove(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('reviewId', { schema: Id }) reviewId: string,
  ) {
    return this.assignment.remove(actor, callId, reviewId);
  }

  @Post('reviews/:reviewId/reopen')
  @HttpCode(200)
  @Replies(StaffReview)
  reopen(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('reviewId', { schema: Id }) reviewId: string,
  ) {
    return this.assignment.reopen(actor, callId, reviewId);
  }
}
