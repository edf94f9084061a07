import { Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { LookedOver, SetUp } from '../../contracts/cohorts/set-up.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { SetUpService } from './set-up.service.js';

/** What is left to prepare before a cohort's first day. */
@ApiTags('cohorts')
@Controller('api/cohorts/:cohortId/set-up')
@InCohort('staff', 'admin')
export class SetUpController {
  constructor(private readonly setUp: SetUpService) {}

  @Get()
  @Replies(SetUp)
  get(@CurrentCohortActor() actor: CohortActor) {
    return this.setUp.of(actor);
  }

  /** Who opens a part from the list has looked it over. */
  @Put('looked-over/:part')
  @RepliesNothing()
  look(@CurrentCohortActor() actor: CohortActor, @Param('part', { schema: LookedOver }) part: LookedOver) {
    return this.setUp.look(actor, part);
  }
}
