import { Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { page } from '../../contracts/primitives.js';
import { SlotWatch } from '../../contracts/mentoring/slot-watches.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { SlotWatches } from './slot-watches.service.js';

/** To be told once when a full coach has a free slot. */
@ApiTags('coaching')
@Controller('api/cohorts/:cohortId')
export class SlotWatchesController {
  constructor(private readonly watches: SlotWatches) {}

  @Get('slot-watches')
  @InCohort('fellow')
  @Replies(page(SlotWatch))
  mine(@CurrentCohortActor() actor: CohortActor) {
    return this.watches.mine(actor);
  }

  @Put('coaches/:userId/watch')
  @InCohort('fellow')
  @Replies(SlotWatch)
  watch(@CurrentCohortActor() actor: CohortActor, @Param('userId', { schema: z.string() }) userId: string) {
    return this.watches.watch(actor, userId);
  }

  @Delete('coaches/:userId/watch')
  @InCohort('fellow')
  @HttpCode(204)
  stop(@CurrentCohortActor() actor: CohortActor, @Param('userId', { schema: z.string() }) userId: string) {
    return this.watches.stop(actor, userId);
  }
}
