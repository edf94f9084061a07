import { Body, Controller, Delete, Get, Param, Patch, Post, Put, UploadedFile as Uploaded } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { rm } from 'node:fs/promises';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { invalidField } from '../../common/problem.js';
import { UploadedFile } from '../../contracts/files.js';
import {
  CheckPage,
  DeletedPages,
  EditPage,
  GivePage,
  Handbook,
  HandbookPage,
  PageHistory,
  PlacePage,
  WriteCommonsPage,
} from '../../contracts/handbook/handbook.js';
import { MAX_FILE_BYTES } from '../../contracts/limits.js';
import { SignedIn } from '../../infra/http/access.js';
import { TakesOneFile } from '../../infra/http/bodies/one-file.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { CommonsHandbook } from './commons-handbook.service.js';

const ACTS = { name: 'handbook', points: 300, seconds: 600 };
const WRITING = { name: 'handbook-pages', points: 60, seconds: 600 };
const UPLOADS = { name: 'upload', points: 120, seconds: 600 };

type Arrived = { path?: string; size: number; originalname: string } | undefined;

/** The handbook of the commons: whoever is in a cohort reads it, as alumni and in closed ones too; staff of cohorts that run and admins write it. */
@ApiTags('handbook')
@Controller('api/commons/handbook')
@SignedIn()
@Limited(ACTS)
export class CommonsHandbookController {
  constructor(private readonly handbook: CommonsHandbook) {}

  @Get()
  @Replies(Handbook)
  async read(@CurrentActor() actor: Actor) {
    return await this.handbook.tree.read(await this.handbook.enter(actor));
  }

  @Post()
  @Limited(WRITING)
  @Replies(HandbookPage, 201)
  async write(@CurrentActor() actor: Actor, @Body({ schema: WriteCommonsPage }) body: WriteCommonsPage) {
    return await this.handbook.writing.write(await this.handbook.enter(actor), body);
  }

  /** Images and files for its pages. */
  @Post('files')
  @Limited(UPLOADS)
  @TakesOneFile(MAX_FILE_BYTES, { onDisk: true })
  @Replies(UploadedFile, 201)
  async upload(@CurrentActor() actor: Actor, @Uploaded() file: Arrived) {
    if (!file?.path) throw invalidField('/file', 'required');
    const { path, size, originalname: name } = file;
    try {
      return await this.handbook.upload(actor, { path, size, name });
    } finally {
      await rm(path, { force: true });
    }
  }

  @Get('deleted')
  @Replies(DeletedPages)
  async deleted(@CurrentActor() actor: Actor) {
    return await this.handbook.deleting.list(await this.handbook.leading(actor));
  }

  @Get(':pageId')
  @InLine()
  @Replies(HandbookPage)
  async get(@CurrentActor() actor: Actor, @Param('pageId') pageId: string) {
    return await this.handbook.pages.get(await this.handbook.enter(actor), pageId);
  }

  @Patch(':pageId')
  @Limited(WRITING)
  @Replies(HandbookPage)
  async edit(
    @CurrentActor() actor: Actor,
    @Param('pageId') pageId: string,
    @Body({ schema: EditPage }) body: EditPage,
  ) {
    return await this.handbook.editing.edit(await this.handbook.enter(actor), pageId, body);
  }

  @Delete(':pageId')
  @RepliesNothing()
  async delete(@CurrentActor() actor: Actor, @Param('pageId') pageId: string) {
    await this.handbook.deleting.delete(await this.handbook.enter(actor), pageId);
  }

  @Post(':pageId/restore')
  @Replies(HandbookPage)
  async restore(@CurrentActor() actor: Actor, @Param('pageId') pageId: string) {
    return await this.handbook.deleting.restore(await this.handbook.leading(actor), pageId);
  }

  @Get(':pageId/history')
  @InLine()
  @Replies(PageHistory)
  async history(@CurrentActor() actor: Actor, @Param('pageId') pageId: string) {
    return await this.handbook.editing.history(await this.handbook.enter(actor), pageId);
  }

  @Put(':pageId/place')
  @Replies(Handbook)
  async place(
    @CurrentActor() actor: Actor,
    @Param('pageId') pageId: string,
    @Body({ schema: PlacePage }) body: PlacePage,
  ) {
    return await this.handbook.tree.place(await this.handbook.enter(actor), pageId, body);
  }

  @Put(':pageId/owner')
  @Replies(HandbookPage)
  async give(
    @CurrentActor() actor: Actor,
    @Param('pageId') pageId: string,
    @Body({ schema: GivePage }) body: GivePage,
  ) {
    return await this.handbook.pages.give(await this.handbook.enter(actor), pageId, body.userId);
  }

  @Put(':pageId/checked')
  @Replies(HandbookPage)
  async check(
    @CurrentActor() actor: Actor,
    @Param('pageId') pageId: string,
    @Body({ schema: CheckPage }) body: CheckPage,
  ) {
    return await this.handbook.pages.check(await this.handbook.enter(actor), pageId, body);
  }

  @Put(':pageId/lock')
  @Replies(HandbookPage)
  async lock(@CurrentActor() actor: Actor, @Param('pageId') pageId: string) {
    return await this.handbook.pages.lock(await this.handbook.enter(actor), pageId, true);
  }

  @Delete(':pageId/lock')
  @Replies(HandbookPage)
  async unlock(@CurrentActor() actor: Actor, @Param('pageId') pageId: string) {
    return await this.handbook.pages.lock(await this.handbook.enter(actor), pageId, false);
  }
}
