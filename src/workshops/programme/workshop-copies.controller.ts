import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Id } from '../../contracts/primitives.js';
import { DuplicateWorkshop } from '../../contracts/workshops/workshop-copies.js';
import { Workshop } from '../../contracts/workshops/workshops.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { WorkshopCopies } from './workshop-copies.service.js';

/** Workshops made after others. */
@ApiTags('workshops')
@Controller('api/cohorts/:cohortId/workshops')
export class WorkshopCopiesController {
  constructor(private readonly copies: WorkshopCopies) {}

  @Post(':id/duplicate')
  @InCohort()
  @Replies(Workshop, 201)
  duplicate(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: DuplicateWorkshop }) body: DuplicateWorkshop,
  ) {
    return this.copies.duplicate(actor, id, body);
  }
}
