import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentCohortActor } from '../cohorts/cohort.guard.js';
import type { CohortActor } from '../common/actor.js';
import { Reminders, RemindersQuery } from '../contracts/reminders.js';
import { InCohort } from '../infra/http/access.js';
import { Replies } from '../infra/http/replies.js';
import { RemindersService } from './reminders.service.js';

/** Every reminder that will go out or went out. */
@ApiTags('reminders')
@Controller('api/cohorts/:cohortId/reminders')
export class RemindersController {
  constructor(private readonly reminders: RemindersService) {}

  @Get()
  @InCohort('staff')
  @Replies(Reminders)
  page(
    @Param('cohortId', { schema: z.string() }) _cohortId: string,
    @CurrentCohortActor() actor: CohortActor,
    @Query({ schema: RemindersQuery }) query: RemindersQuery,
  ) {
    return this.reminders.page(actor, query);
  }
}
