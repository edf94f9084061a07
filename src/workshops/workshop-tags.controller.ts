import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../cohorts/cohort.guard.js';
import type { CohortActor } from '../common/actor.js';
import { WorkshopTags } from '../contracts/workshops/workshops.js';
import { InCohort } from '../infra/http/access.js';
import { Replies } from '../infra/http/replies.js';
import { WorkshopsReader } from './workshops.reader.js';

/** What the workshops of a cohort are about: to filter by, and to subscribe to. */
@ApiTags('workshops')
@Controller('api/cohorts/:cohortId/workshop-tags')
export class WorkshopTagsController {
  constructor(private readonly workshops: WorkshopsReader) {}

  @Get()
  @InCohort()
  @Replies(WorkshopTags)
  async list(@CurrentCohortActor() actor: CohortActor) {
    return { items: await this.workshops.tagsIn(actor.cohortId) };
  }
}
