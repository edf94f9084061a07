import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CohortActor } from '../../common/actor.js';
import { CreateMilestone, Milestone, UpdateMilestone } from '../../contracts/cohorts/cohorts.js';
import { Id, PageQuery, page } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { CurrentCohortActor } from '../cohort.guard.js';
import { Milestones } from './milestones.service.js';

/** The days that a cohort looks at. */
@ApiTags('cohorts')
@Controller('api/cohorts/:cohortId/milestones')
export class MilestonesController {
  constructor(private readonly milestones: Milestones) {}

  @Get()
  @InCohort('fellow', 'coach', 'host', 'staff', 'alumni', 'admin')
  @Replies(page(Milestone))
  list(@CurrentCohortActor() actor: CohortActor, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.milestones.page(actor, query);
  }

  @Post()
  @InCohort('staff', 'admin')
  @Replies(Milestone, 201)
  create(@CurrentCohortActor() actor: CohortActor, @Body({ schema: CreateMilestone }) body: CreateMilestone) {
    return this.milestones.create(actor, body);
  }

  @Patch(':milestoneId')
  @InCohort('staff', 'admin')
  @Replies(Milestone)
  update(
    @CurrentCohortActor() actor: CohortActor,
    @Param('milestoneId', { schema: Id }) milestoneId: string,
    @Body({ schema: UpdateMilestone }) body: UpdateMilestone,
  ) {
    return this.milestones.update(actor, milestoneId, body);
  }

  @Delete(':milestoneId')
  @InCohort('staff', 'admin')
  @RepliesNothing()
  delete(@CurrentCohortActor() actor: CohortActor, @Param('milestoneId', { schema: Id }) milestoneId: string) {
    return this.milestones.delete(actor, milestoneId);
  }
}
