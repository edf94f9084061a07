import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { Message, PinMessage, SaveMessage, SavedIds, SavedMessage } from '../../contracts/chat/chat.js';
import { PageQuery, page } from '../../contracts/primitives.js';
import { SignedIn } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { Limited, TOLD_TO_ALL } from '../../infra/http/write-limit.guard.js';
import { MessageReading } from '../reading/message-reading.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { SavedMessages } from './saved-messages.service.js';

const AnyId = z.string();

/** Marks on messages: pinned for all of a channel, saved for oneself. */
@ApiTags('chat')
@Controller('api')
@SignedIn()
export class MarksController {
  constructor(
    private readonly messages: MessagesService,
    private readonly reading: MessageReading,
    private readonly saved: SavedMessages,
  ) {}

  @Get('channels/:channelId/pins')
  @InLine()
  @Replies(page(Message))
  async pins(@CurrentActor() actor: Actor, @Param('channelId', { schema: AnyId }) channelId: string) {
    return { items: await this.reading.pins(actor, channelId), nextCursor: null };
  }

  @Put('channels/:channelId/messages/:messageId/pinned')
  @Limited(TOLD_TO_ALL)
  @Replies(Message)
  pin(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('messageId', { schema: AnyId }) messageId: string,
    @Body({ schema: PinMessage }) body: PinMessage,
  ) {
    return this.messages.pin(actor, channelId, messageId, body.pinned);
  }

  @Put('channels/:channelId/messages/:messageId/saved')
  @RepliesNothing()
  save(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('messageId', { schema: AnyId }) messageId: string,
    @Body({ schema: SaveMessage }) body: SaveMessage,
  ) {
    return this.saved.keep(actor, channelId, messageId, body.saved);
  }

  @Get('saved')
  @InLine()
  @Replies(page(SavedMessage))
  mine(@CurrentActor() actor: Actor, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.saved.mine(actor, query);
  }

  @Get('saved/ids')
  @Replies(SavedIds)
  async ids(@CurrentActor() actor: Actor) {
    return { ids: await this.saved.ids(actor) };
  }
}
