import { Body, Controller, Delete, Get, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../cohorts/cohort.guard.js';
import type { CohortActor } from '../common/actor.js';
import {
  CheckPage,
  CopyHandbook,
  DeletedPages,
  EditPage,
  GivePage,
  Handbook,
  HandbookCopied,
  HandbookPage,
  PageBeginning,
  PageHistory,
  PlacePage,
  WritePage,
} from '../contracts/handbook/handbook.js';
import { InCohort } from '../infra/http/access.js';
import { InLine } from '../infra/http/load/in-line.js';
import { Replies, RepliesNothing } from '../infra/http/replies.js';
import { Limited } from '../infra/http/write-limit.guard.js';
import { HandbookCopying } from './copying/handbook-copying.service.js';
import { PageDeleting } from './deleting/page-deleting.service.js';
import { HandbookTree } from './handbook-tree.service.js';
import { PageEditing } from './history/page-editing.service.js';
import { PageWriting } from './page-writing.service.js';
import { PagesService } from './pages.service.js';

const ACTS = { name: 'handbook', points: 300, seconds: 600 };
/** Each may be long. */
const WRITING = { name: 'handbook-pages', points: 60, seconds: 600 };

/** Each may be a whole handbook. */
const COPIES = { name: 'handbook-copies', points: 10, seconds: 600 };

/** The pages of a cohort: every member reads and writes. */
@ApiTags('handbook')
@Controller('api/cohorts/:cohortId/handbook')
@InCohort()
@Limited(ACTS)
export class HandbookController {
  constructor(
    private readonly tree: HandbookTree,
    private readonly pages: PagesService,
    private readonly writing: PageWriting,
    private readonly editing: PageEditing,
    private readonly deleting: PageDeleting,
    private readonly copying: HandbookCopying,
  ) {}

  @Get()
  @Replies(Handbook)
  read(@CurrentCohortActor() actor: CohortActor) {
    return this.tree.read(actor);
  }

  @Post()
  @Limited(WRITING)
  @Replies(HandbookPage, 201)
  write(@CurrentCohortActor() actor: CohortActor, @Body({ schema: WritePage }) body: WritePage) {
    return this.writing.write(actor, body);
  }

  @Get('deleted')
  @InCohort('staff')
  @Replies(DeletedPages)
  deleted(@CurrentCohortActor() actor: CohortActor) {
    return this.deleting.list(actor);
  }

  @Get('beginnings/:topicId')
  @Replies(PageBeginning)
  beginning(@CurrentCohortActor() actor: CohortActor, @Param('topicId') topicId: string) {
    return this.writing.beginning(actor, topicId);
  }

  @Post('copies')
  @InCohort('staff')
  @Limited(COPIES)
  @Replies(HandbookCopied, 201)
  copy(@CurrentCohortActor() actor: CohortActor, @Body({ schema: CopyHandbook }) body: CopyHandbook) {
    return this.copying.copy(actor, body.fromCohortId);
  }

  @Get(':pageId')
  @InLine()
  @Replies(HandbookPage)
  get(@CurrentCohortActor() actor: CohortActor, @Param('pageId') pageId: string) {
    return this.pages.get(actor, pageId);
  }

  @Patch(':pageId')
  @Limited(WRITING)
  @Replies(HandbookPage)
  edit(
    @CurrentCohortActor() actor: CohortActor,
    @Param('pageId') pageId: string,
    @Body({ schema: EditPage }) body: EditPage,
  ) {
    return this.editing.edit(actor, pageId, body);
  }

  @Delete(':pageId')
  @RepliesNothing()
  delete(@CurrentCohortActor() actor: CohortActor, @Param('pageId') pageId: string) {
    return this.deleting.delete(actor, pageId);
  }

  @Post(':pageId/restore')
  @InCohort('staff')
  @Replies(HandbookPage)
  restore(@CurrentCohortActor() actor: CohortActor, @Param('pageId') pageId: string) {
    return this.deleting.restore(actor, pageId);
  }

  @Get(':pageId/history')
  @InLine()
  @Replies(PageHistory)
  history(@CurrentCohortActor() actor: CohortActor, @Param('pageId') pageId: string) {
    return this.editing.history(actor, pageId);
  }

  @Put(':pageId/place')
  @Replies(Handbook)
  place(
    @CurrentCohortActor() actor: CohortActor,
    @Param('pageId') pageId: string,
    @Body({ schema: PlacePage }) body: PlacePage,
  ) {
    return this.tree.place(actor, pageId, body);
  }

  @Put(':pageId/owner')
  @Replies(HandbookPage)
  give(
    @CurrentCohortActor() actor: CohortActor,
    @Param('pageId') pageId: string,
    @Body({ schema: GivePage }) body: GivePage,
  ) {
    return this.pages.give(actor, pageId, body.userId);
  }

  @Put(':pageId/checked')
  @Replies(HandbookPage)
  check(
    @CurrentCohortActor() actor: CohortActor,
    @Param('pageId') pageId: string,
    @Body({ schema: CheckPage }) body: CheckPage,
  ) {
    return this.pages.check(actor, pageId, body);
  }

  @Put(':pageId/lock')
  @InCohort('staff')
  @Replies(HandbookPage)
  lock(@CurrentCohortActor() actor: CohortActor, @Param('pageId') pageId: string) {
    return this.pages.lock(actor, pageId, true);
  }

  @Delete(':pageId/lock')
  @InCohort('staff')
  @Replies(HandbookPage)
  unlock(@CurrentCohortActor() actor: CohortActor, @Param('pageId') pageId: string) {
    return this.pages.lock(actor, pageId, false);
  }
}
