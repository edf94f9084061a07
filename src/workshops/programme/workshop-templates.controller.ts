import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Id } from '../../contracts/primitives.js';
import {
  RenameTemplate,
  SaveTemplate,
  WorkshopTemplate,
  WorkshopTemplates as Templates,
} from '../../contracts/workshops/workshop-copies.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { WorkshopTemplates } from './workshop-templates.service.js';
import { MAY_PROPOSE } from '../workshops.policy.js';

/** What new workshops of a cohort can begin with. */
@ApiTags('workshops')
@Controller('api/cohorts/:cohortId/workshop-templates')
export class WorkshopTemplatesController {
  constructor(private readonly templates: WorkshopTemplates) {}

  @Get()
  @InCohort(...MAY_PROPOSE)
  @Replies(Templates)
  list(@CurrentCohortActor() actor: CohortActor) {
    return this.templates.list(actor);
  }

  @Post()
  @InCohort('staff')
  @Replies(WorkshopTemplate, 201)
  save(@CurrentCohortActor() actor: CohortActor, @Body({ schema: SaveTemplate }) body: SaveTemplate) {
    return this.templates.save(actor, body);
  }

  @Patch(':templateId')
  @InCohort('staff')
  @Replies(WorkshopTemplate)
  rename(
    @CurrentCohortActor() actor: CohortActor,
    @Param('templateId', { schema: Id }) id: string,
    @Body({ schema: RenameTemplate }) body: RenameTemplate,
  ) {
    return this.templates.rename(actor, id, body);
  }

  @Delete(':templateId')
  @InCohort('staff')
  @RepliesNothing()
  drop(@CurrentCohortActor() actor: CohortActor, @Param('templateId', { schema: Id }) id: string) {
    return this.templates.drop(actor, id);
  }
}
