import { Body, Controller, Delete, Get, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Id } from '../../contracts/primitives.js';
import {
  CancelSeries,
  CreateSeries,
  LengthenSeries,
  PreviewLonger,
  PreviewSeries,
  RegisterInSeries,
  SeriesPreview,
  SeriesRegistration,
  UpdateSeries,
  WorkshopSeries,
} from '../../contracts/workshops/workshop-series.js';
import { Publish } from '../../contracts/workshops/workshops.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { OWN_PLACES } from '../registrations/registrations.service.js';
import { SeriesEditing } from './series-editing.service.js';
import { SeriesLengthening } from './series-lengthening.service.js';
import { SeriesPlanning } from './series-planning.service.js';
import { SeriesReader } from './series-reader.js';
import { SeriesRegistrations } from './series-registrations.service.js';
import { MAY_PROPOSE } from '../workshops.policy.js';

/** Who comes hears of another time or place by mail, here of several at once. */
const CHANGES = { name: 'series-changes', points: 60, seconds: 3600 };

/** Workshops that come again. Each date is a workshop of its own, too. */
@ApiTags('workshops')
@Controller('api/cohorts/:cohortId/workshop-series')
export class WorkshopSeriesController {
  constructor(
    private readonly planning: SeriesPlanning,
    private readonly reader: SeriesReader,
    private readonly editing: SeriesEditing,
    private readonly lengthening: SeriesLengthening,
    private readonly registrations: SeriesRegistrations,
  ) {}

  /** The dates that would be made; nothing is kept. */
  @Post('preview')
  @InCohort(...MAY_PROPOSE)
  @Replies(SeriesPreview)
  preview(@CurrentCohortActor() actor: CohortActor, @Body({ schema: PreviewSeries }) body: PreviewSeries) {
    return this.planning.preview(actor, body);
  }

  @Post()
  @InCohort(...MAY_PROPOSE)
  @Replies(WorkshopSeries, 201)
  async create(@CurrentCohortActor() actor: CohortActor, @Body({ schema: CreateSeries }) body: CreateSeries) {
    return this.reader.get(actor, await this.planning.create(actor, body));
  }

  @Get(':seriesId')
  @InCohort()
  @Replies(WorkshopSeries)
  get(@CurrentCohortActor() actor: CohortActor, @Param('seriesId', { schema: Id }) id: string) {
    return this.reader.get(actor, id);
  }

  @Patch(':seriesId')
  @Limited(CHANGES)
  @InCohort()
  @Replies(WorkshopSeries)
  async update(
    @CurrentCohortActor() actor: CohortActor,
    @Param('seriesId', { schema: Id }) id: string,
    @Body({ schema: UpdateSeries }) body: UpdateSeries,
  ) {
    return this.reader.getEdited(actor, await this.editing.update(actor, id, body));
  }

  /** Drops all drafts of it. */
  @Delete(':seriesId')
  @InCohort()
  @RepliesNothing()
  discard(@CurrentCohortActor() actor: CohortActor, @Param('seriesId', { schema: Id }) id: string) {
    return this.editing.discard(actor, id);
  }

  @Post(':seriesId/publish')
  @InCohort()
  @Replies(WorkshopSeries)
  async publish(
    @CurrentCohortActor() actor: CohortActor,
    @Param('seriesId', { schema: Id }) id: string,
    @Body({ schema: Publish.optional() }) body: Publish | undefined,
  ) {
    await this.editing.publish(actor, id, body ?? {});
    return this.reader.get(actor, id);
  }

  @Post(':seriesId/cancel')
  @Limited(CHANGES)
  @InCohort()
  @Replies(WorkshopSeries)
  async cancel(
    @CurrentCohortActor() actor: CohortActor,
    @Param('seriesId', { schema: Id }) id: string,
    @Body({ schema: CancelSeries }) body: CancelSeries,
  ) {
    await this.editing.cancel(actor, id, body);
    return this.reader.get(actor, id);
  }

  /** The dates that would be added; nothing is kept. */
  @Post(':seriesId/lengthen/preview')
  @InCohort()
  @Replies(SeriesPreview)
  previewLonger(
    @CurrentCohortActor() actor: CohortActor,
    @Param('seriesId', { schema: Id }) id: string,
    @Body({ schema: PreviewLonger }) body: PreviewLonger,
  ) {
    return this.lengthening.preview(actor, id, body);
  }

  @Post(':seriesId/lengthen')
  @InCohort()
  @Replies(WorkshopSeries)
  async lengthen(
    @CurrentCohortActor() actor: CohortActor,
    @Param('seriesId', { schema: Id }) id: string,
    @Body({ schema: LengthenSeries }) body: LengthenSeries,
  ) {
    await this.lengthening.lengthen(actor, id, body);
    return this.reader.get(actor, id);
  }

  @Put(':seriesId/registration')
  @Limited(OWN_PLACES)
  @InCohort()
  @Replies(SeriesRegistration)
  join(
    @CurrentCohortActor() actor: CohortActor,
    @Param('seriesId', { schema: Id }) id: string,
    @Body({ schema: RegisterInSeries.optional() }) body: RegisterInSeries | undefined,
  ) {
    return this.registrations.join(actor, id, body ?? {});
  }

  @Delete(':seriesId/registration')
  @Limited(OWN_PLACES)
  @InCohort()
  @Replies(SeriesRegistration)
  leave(@CurrentCohortActor() actor: CohortActor, @Param('seriesId', { schema: Id }) id: string) {
    return this.registrations.leave(actor, id);
  }
}
