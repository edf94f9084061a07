import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import {
  BookSessionSeries,
  CancelInSeries,
  PreviewSessionSeries,
  SessionSeries,
  SessionSeriesPreview,
} from '../../contracts/mentoring/session-series.js';
import { Id } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { SeriesPreviews } from './series-preview.service.js';
import { SessionSeriesService } from './session-series.service.js';

/** Coaching sessions that are booked at once. Each is a session of its own, too. */
@ApiTags('coaching')
@Controller('api/cohorts/:cohortId/session-series')
export class SessionSeriesController {
  constructor(
    private readonly previews: SeriesPreviews,
    private readonly series: SessionSeriesService,
  ) {}

  /** What would become of each date; nothing is kept. */
  @Post('preview')
  @InLine()
  @InCohort('fellow', 'coach', 'staff')
  @Replies(SessionSeriesPreview)
  preview(
    @CurrentCohortActor() actor: CohortActor,
    @Body({ schema: PreviewSessionSeries }) body: PreviewSessionSeries,
  ) {
    return this.previews.preview(actor, body);
  }

  @Post()
  @InCohort('fellow', 'coach', 'staff')
  @Replies(SessionSeries, 201)
  book(@CurrentCohortActor() actor: CohortActor, @Body({ schema: BookSessionSeries }) body: BookSessionSeries) {
    return this.series.book(actor, body);
  }

  @Get(':sessionSeriesId')
  @InCohort()
  @Replies(SessionSeries)
  get(@CurrentCohortActor() actor: CohortActor, @Param('sessionSeriesId', { schema: Id }) id: string) {
    return this.series.get(actor, id);
  }

  @Post(':sessionSeriesId/cancel')
  @InCohort()
  @Replies(SessionSeries)
  cancel(
    @CurrentCohortActor() actor: CohortActor,
    @Param('sessionSeriesId', { schema: Id }) id: string,
    @Body({ schema: CancelInSeries }) body: CancelInSeries,
  ) {
    return this.series.cancel(actor, id, body);
  }
}
