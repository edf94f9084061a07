import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CohortActor } from '../../common/actor.js';
import { CreateProject, Project, UpdateProject } from '../../contracts/cohorts/cohorts.js';
import { Id, PageQuery, page } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { CurrentCohortActor } from '../cohort.guard.js';
import { ProjectEditing } from './project-editing.service.js';

/** The projects of a cohort. */
@ApiTags('projects')
@Controller('api/cohorts/:cohortId/projects')
export class ProjectsController {
  constructor(private readonly projects: ProjectEditing) {}

  @Get()
  @InCohort('fellow', 'coach', 'host', 'staff', 'alumni', 'admin')
  @Replies(page(Project))
  list(@CurrentCohortActor() actor: CohortActor, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.projects.page(actor, query);
  }

  @Post()
  @InCohort('staff', 'admin')
  @Replies(Project, 201)
  create(@CurrentCohortActor() actor: CohortActor, @Body({ schema: CreateProject }) body: CreateProject) {
    return this.projects.create(actor, body);
  }

  @Get(':projectId')
  @InCohort('fellow', 'coach', 'host', 'staff', 'alumni', 'admin')
  @Replies(Project)
  get(@CurrentCohortActor() actor: CohortActor, @Param('projectId', { schema: Id }) projectId: string) {
    return this.projects.get(actor, projectId);
  }

  @Patch(':projectId')
  @InCohort('fellow', 'host', 'staff', 'admin')
  @Replies(Project)
  update(
    @CurrentCohortActor() actor: CohortActor,
    @Param('projectId', { schema: Id }) projectId: string,
    @Body({ schema: UpdateProject }) body: UpdateProject,
  ) {
    return this.projects.update(actor, projectId, body);
  }
}
