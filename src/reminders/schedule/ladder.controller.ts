import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import {
  LadderHistory,
  LadderHistoryQuery,
  PreviewRung,
  ReminderLadder,
  RungPreview,
  SaveLadder,
} from '../../contracts/reminders/reminder-ladder.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { LadderPreviewsService } from './ladder-previews.service.js';
import { LadderService } from './ladder.service.js';

/** Mails to oneself. */
const TRIALS = { name: 'reminder-trials', points: 10, seconds: 3600 };

/** When, how and in which words a cohort is reminded. */
@ApiTags('reminders')
@Controller('api/cohorts/:cohortId/reminders/ladder')
export class LadderController {
  constructor(
    private readonly ladder: LadderService,
    private readonly previews: LadderPreviewsService,
  ) {}

  @Get()
  @InCohort('staff')
  @Replies(ReminderLadder)
  get(@Param('cohortId', { schema: z.string() }) _cohortId: string, @CurrentCohortActor() actor: CohortActor) {
    return this.ladder.get(actor);
  }

  @Put()
  @InCohort('staff')
  @Replies(ReminderLadder)
  save(
    @Param('cohortId', { schema: z.string() }) _cohortId: string,
    @CurrentCohortActor() actor: CohortActor,
    @Body({ schema: SaveLadder }) body: SaveLadder,
  ) {
    return this.ladder.save(actor, body);
  }

  @Get('history')
  @InCohort('staff')
  @Replies(LadderHistory)
  history(
    @Param('cohortId', { schema: z.string() }) _cohortId: string,
    @CurrentCohortActor() actor: CohortActor,
    @Query({ schema: LadderHistoryQuery }) query: LadderHistoryQuery,
  ) {
    return this.ladder.history(actor, query);
  }

  @Post('preview')
  @InCohort('staff')
  @Replies(RungPreview)
  preview(
    @Param('cohortId', { schema: z.string() }) _cohortId: string,
    @CurrentCohortActor() actor: CohortActor,
    @Body({ schema: PreviewRung }) body: PreviewRung,
  ) {
    return this.previews.preview(actor, body);
  }

  @Post('trial')
  @InCohort('staff')
  @Limited(TRIALS)
  @RepliesNothing()
  trial(
    @Param('cohortId', { schema: z.string() }) _cohortId: string,
    @CurrentCohortActor() actor: CohortActor,
    @Body({ schema: PreviewRung }) body: PreviewRung,
  ) {
    return this.previews.trial(actor, body);
  }
}
