import { Body, Controller, Get, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import {
  Inbox,
  InboxQuery,
  MarkInboxRead,
  Preferences,
  PutNotices,
} from '../../contracts/notifications/notifications.js';
import { SignedIn } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { InboxService } from './inbox.service.js';
import { NoticeMoves } from './notice-moves.js';

/** With each change, all that is to reach me is planned again. */
const CHANGES = { name: 'preferences', points: 60, seconds: 600 };

/** My inbox, and what may reach me. */
@ApiTags('me')
@Controller('api/me')
@SignedIn()
export class InboxController {
  constructor(
    private readonly inbox: InboxService,
    private readonly moves: NoticeMoves,
  ) {}

  @Get('inbox')
  @Replies(Inbox)
  page(@CurrentActor() actor: Actor, @Query({ schema: InboxQuery }) query: InboxQuery) {
    return this.inbox.page(actor.userId, query);
  }

  @Post('inbox/read')
  @RepliesNothing()
  markRead(@CurrentActor() actor: Actor, @Body({ schema: MarkInboxRead }) body: MarkInboxRead) {
    return this.inbox.markRead(actor.userId, body);
  }

  @Put('inbox/place')
  @RepliesNothing()
  put(@CurrentActor() actor: Actor, @Body({ schema: PutNotices }) body: PutNotices) {
    return this.moves.put(actor.userId, body);
  }

  @Get('preferences')
  @Replies(Preferences)
  preferences(@CurrentActor() actor: Actor) {
    return this.inbox.preferencesOf(actor.userId);
  }

  @Put('preferences')
  @Limited(CHANGES)
  @Replies(Preferences)
  savePreferences(@CurrentActor() actor: Actor, @Body({ schema: Preferences }) body: Preferences) {
    return this.inbox.savePreferences(actor.userId, body);
  }
}
