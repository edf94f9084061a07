import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Availability, PreviewAvailability, Slots, SlotsQuery } from '../../contracts/mentoring/mentoring.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { AvailabilityService } from './availability.service.js';
import { SlotsService } from '../scheduling/slots.service.js';

/** When coaches can be met. */
@ApiTags('coaching')
@Controller('api/cohorts/:cohortId')
export class AvailabilityController {
  constructor(
    private readonly availability: AvailabilityService,
    private readonly slots: SlotsService,
  ) {}

  @Get('coaches/:userId/availability')
  @InCohort('coach', 'staff')
  @Replies(Availability)
  get(@CurrentCohortActor() actor: CohortActor, @Param('userId', { schema: z.string() }) userId: string) {
    return this.availability.get(actor, userId);
  }

  @Put('coaches/:userId/availability')
  @InCohort('coach', 'staff')
  @Replies(Availability)
  save(
    @CurrentCohortActor() actor: CohortActor,
    @Param('userId', { schema: z.string() }) userId: string,
    @Body({ schema: Availability }) body: Availability,
  ) {
    return this.availability.save(actor, userId, body);
  }

  @Post('availability/preview')
  @InLine()
  @InCohort('coach', 'staff')
  @Replies(Slots)
  preview(@CurrentCohortActor() actor: CohortActor, @Body({ schema: PreviewAvailability }) body: PreviewAvailability) {
    return this.slots.preview(actor, body);
  }

  @Get('slots')
  @InLine()
  @InCohort('fellow', 'coach', 'staff')
  @Replies(Slots)
  list(@CurrentCohortActor() actor: CohortActor, @Query({ schema: SlotsQuery }) query: SlotsQuery) {
    return this.slots.list(actor, query);
  }
}
