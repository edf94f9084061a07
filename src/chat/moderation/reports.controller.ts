import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor } from '../../auth/current-actor.js';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { Actor, CohortActor } from '../../common/actor.js';
import { page } from '../../contracts/primitives.js';
import {
  CloseReport,
  MessageEdits,
  Report,
  ReportMessage,
  ReportReceipt,
  ReportsQuery,
} from '../../contracts/chat/reports.js';
import { InCohort, SignedIn } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { MessageEditsService } from '../messages/message-edits.service.js';
import { ReportLists } from './report-lists.service.js';
import { ReportsService } from './reports.service.js';

const AnyId = z.string();

/** Handing a message over to staff, and what it said before. */
@ApiTags('chat')
@Controller('api/channels/:channelId/messages/:messageId')
@SignedIn()
export class MessageReportsController {
  constructor(
    private readonly reports: ReportsService,
    private readonly edits: MessageEditsService,
  ) {}

  @Post('report')
  @Replies(ReportReceipt, 201)
  report(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('messageId', { schema: AnyId }) messageId: string,
    @Body({ schema: ReportMessage }) body: ReportMessage,
  ) {
    return this.reports.report(actor, channelId, messageId, body);
  }

  @Get('edits')
  @Replies(MessageEdits)
  history(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('messageId', { schema: AnyId }) messageId: string,
  ) {
    return this.edits.of(actor, channelId, messageId);
  }
}

/** The reports that staff look at. */
@ApiTags('chat')
@Controller('api/cohorts/:cohortId/reports')
@InCohort('staff')
export class ReportsController {
  constructor(
    private readonly reports: ReportsService,
    private readonly lists: ReportLists,
  ) {}

  @Get()
  @InLine()
  @Replies(page(Report))
  list(@CurrentCohortActor() actor: CohortActor, @Query({ schema: ReportsQuery }) query: ReportsQuery) {
    return this.lists.page(actor, query);
  }

  @Post(':reportId/close')
  @Replies(Report, 200)
  close(
    @CurrentCohortActor() actor: CohortActor,
    @Param('reportId', { schema: AnyId }) reportId: string,
    @Body({ schema: CloseReport }) body: CloseReport,
  ) {
    return this.reports.close(actor, reportId, body);
  }
}
