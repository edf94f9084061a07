import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../auth/current-actor.js';
import type { Actor, CohortActor } from '../common/actor.js';
import { Cohort, CreateCohort, UpdateCohort } from '../contracts/cohorts/cohorts.js';
import { PhasesPreview, PreviewPhases } from '../contracts/cohorts/phase-moves.js';
import { PageQuery, page } from '../contracts/primitives.js';
import { AdminOnly, InCohort, SignedIn } from '../infra/http/access.js';
import { Replies } from '../infra/http/replies.js';
import { TeamJoining } from './accounts/team-joining.service.js';
import { CurrentCohortActor } from './cohort.guard.js';
import { CohortsService } from './cohorts.service.js';
import { Phases } from './timeline/phases.service.js';

/** The cohorts of a person, and one of them. */
@ApiTags('cohorts')
@Controller('api/cohorts')
export class CohortsController {
  constructor(
    private readonly cohorts: CohortsService,
    private readonly phases: Phases,
    private readonly joining: TeamJoining,
  ) {}

  @Get()
  @SignedIn()
  @Replies(page(Cohort))
  list(@CurrentActor() actor: Actor, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.cohorts.list(actor, query);
  }

  @Post()
  @AdminOnly()
  @Replies(Cohort, 201)
  create(@CurrentActor() actor: Actor, @Body({ schema: CreateCohort }) body: CreateCohort) {
    return this.cohorts.create(actor, body);
  }

  @Get(':cohortId')
  @InCohort('fellow', 'coach', 'host', 'staff', 'alumni', 'admin')
  @Replies(Cohort)
  get(@CurrentCohortActor() actor: CohortActor) {
    return this.cohorts.get(actor);
  }

  @Patch(':cohortId')
  @InCohort('staff', 'admin')
  @Replies(Cohort)
  update(@CurrentCohortActor() actor: CohortActor, @Body({ schema: UpdateCohort }) body: UpdateCohort) {
    return this.cohorts.update(actor, body);
  }

  @Post(':cohortId/phases/preview')
  @InCohort('staff', 'admin')
  @Replies(PhasesPreview)
  preview(@CurrentCohortActor() actor: CohortActor, @Body({ schema: PreviewPhases }) body: PreviewPhases) {
    return this.phases.preview(actor, body.phases);
  }

  /** An admin from outside becomes one of its programme team. */
  @Post(':cohortId/team')
  @InCohort('admin')
  @Replies(Cohort)
  async joinTeam(@CurrentCohortActor() actor: CohortActor) {
    await this.joining.join(actor);
    return await this.cohorts.get({ ...actor, role: 'staff' });
  }

  @Post(':cohortId/close')
  @InCohort('staff', 'admin')
  @Replies(Cohort)
  close(@CurrentCohortActor() actor: CohortActor) {
    return this.cohorts.close(actor);
  }
}
