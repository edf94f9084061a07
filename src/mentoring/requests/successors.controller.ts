import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Id } from '../../contracts/primitives.js';
import { Successors } from '../../contracts/mentoring/requests.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { HelpersService } from './helpers.service.js';

/** Who could take over from a member who leaves. */
@ApiTags('people')
@Controller('api/cohorts/:cohortId/members/:userId/successors')
export class SuccessorsController {
  constructor(private readonly helpers: HelpersService) {}

  @Get()
  @InCohort('staff', 'admin')
  @Replies(Successors)
  list(@CurrentCohortActor() actor: CohortActor, @Param('userId', { schema: Id }) userId: string) {
    return this.helpers.successorsTo(actor, userId);
  }
}
