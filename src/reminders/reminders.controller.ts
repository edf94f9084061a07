import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentCohortActor } from '../cohorts/cohort.guard.js';
import type { CohortActor } from '../common/actor.js';
import {
  ReminderDetail,
  Reminders,
  RemindersQuery,
  RemindersRetried,
  RetryReminders,
} from '../contracts/reminders/reminders.js';
import { WhatIf, WhatIfAnswer } from '../contracts/reminders/what-if.js';
import { InCohort } from '../infra/http/access.js';
import { Replies } from '../infra/http/replies.js';
import { ReminderDetailService } from './views/reminder-detail.service.js';
import { RemindersService } from './reminders.service.js';
import { WhatIfService } from './planning/what-if.service.js';

/** Every reminder that will go out or went out. */
@ApiTags('reminders')
@Controller('api/cohorts/:cohortId/reminders')
export class RemindersController {
  constructor(
    private readonly reminders: RemindersService,
    private readonly details: ReminderDetailService,
    private readonly whatIf: WhatIfService,
  ) {}

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

  @Get(':reminderId')
  @InCohort('staff')
  @Replies(ReminderDetail)
  one(
    @Param('cohortId', { schema: z.string() }) _cohortId: string,
    @Param('reminderId', { schema: z.string() }) reminderId: string,
    @CurrentCohortActor() actor: CohortActor,
  ) {
    return this.details.get(actor, reminderId);
  }

  @Post('retry')
  @InCohort('staff')
  @Replies(RemindersRetried)
  retryAll(
    @Param('cohortId', { schema: z.string() }) _cohortId: string,
    @CurrentCohortActor() actor: CohortActor,
    @Body({ schema: RetryReminders }) body: RetryReminders,
  ) {
    return this.details.retryAll(actor, body);
  }

  @Post(':reminderId/retry')
  @InCohort('staff')
  @Replies(ReminderDetail)
  retry(
    @Param('cohortId', { schema: z.string() }) _cohortId: string,
    @Param('reminderId', { schema: z.string() }) reminderId: string,
    @CurrentCohortActor() actor: CohortActor,
  ) {
    return this.details.retry(actor, reminderId);
  }

  @Post('what-if')
  @InCohort('staff')
  @Replies(WhatIfAnswer)
  ask(
    @Param('cohortId', { schema: z.string() }) _cohortId: string,
    @CurrentCohortActor() actor: CohortActor,
    @Body({ schema: WhatIf }) body: WhatIf,
  ) {
    return this.whatIf.ask(actor, body);
  }
}
