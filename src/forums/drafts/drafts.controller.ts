import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { DraftKey, DropDraft, ForumDraft, MyForumDraft, SaveDraft } from '../../contracts/forum-drafts.js';
import { SignedIn } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { ForumDrafts } from './forum-drafts.service.js';

/** Pages save what is typed every other second, on several devices. */
const SAVES = { name: 'forum-drafts', points: 600, seconds: 600 };

/** What I began to write in forums. */
@ApiTags('forum')
@Controller('api/me/drafts')
@SignedIn()
export class DraftsController {
  constructor(private readonly drafts: ForumDrafts) {}

  @Get(':key')
  @Replies(MyForumDraft)
  read(@CurrentActor() actor: Actor, @Param('key', { schema: DraftKey }) key: DraftKey) {
    return this.drafts.read(actor, key);
  }

  @Put(':key')
  @Limited(SAVES)
  @Replies(ForumDraft)
  save(
    @CurrentActor() actor: Actor,
    @Param('key', { schema: DraftKey }) key: DraftKey,
    @Body({ schema: SaveDraft }) body: SaveDraft,
  ) {
    return this.drafts.save(actor, key, body);
  }

  @Delete(':key')
  @RepliesNothing()
  drop(
    @CurrentActor() actor: Actor,
    @Param('key', { schema: DraftKey }) key: DraftKey,
    @Query({ schema: DropDraft }) query: DropDraft,
  ) {
    return this.drafts.drop(actor, key, query.revision);
  }
}
