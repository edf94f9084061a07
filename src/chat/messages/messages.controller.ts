import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { EditMessage, Message, Messages, MessagesQuery, SendMessage } from '../../contracts/chat/chat.js';
import { SignedIn } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { MessageReading } from '../reading/message-reading.service.js';
import { MessagesService } from './messages.service.js';

const AnyId = z.string();

/** The messages of a channel. */
@ApiTags('chat')
@Controller('api/channels/:channelId/messages')
@SignedIn()
export class MessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly reading: MessageReading,
  ) {}

  @Get()
  @InLine()
  @Replies(Messages)
  page(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Query({ schema: MessagesQuery }) query: MessagesQuery,
  ) {
    return this.reading.page(actor, channelId, query);
  }

  @Get(':messageId')
  @Replies(Message)
  get(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('messageId', { schema: AnyId }) messageId: string,
  ) {
    return this.reading.one(actor, channelId, messageId);
  }

  @Post()
  @Replies(Message, 201)
  send(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Body({ schema: SendMessage }) body: SendMessage,
  ) {
    return this.messages.send(actor, channelId, body);
  }

  @Patch(':messageId')
  @Replies(Message)
  edit(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('messageId', { schema: AnyId }) messageId: string,
    @Body({ schema: EditMessage }) body: EditMessage,
  ) {
    return this.messages.edit(actor, channelId, messageId, body);
  }

  @Delete(':messageId')
  @RepliesNothing()
  remove(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('messageId', { schema: AnyId }) messageId: string,
  ) {
    return this.messages.delete(actor, channelId, messageId);
  }

  @Put(':messageId/reactions/:emoji')
  @Replies(Message)
  react(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('messageId', { schema: AnyId }) messageId: string,
    @Param('emoji', { schema: AnyId }) emoji: string,
  ) {
    return this.messages.react(actor, channelId, messageId, emoji, true);
  }

  @Delete(':messageId/reactions/:emoji')
  @Replies(Message)
  unreact(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('messageId', { schema: AnyId }) messageId: string,
    @Param('emoji', { schema: AnyId }) emoji: string,
  ) {
    return this.messages.react(actor, channelId, messageId, emoji, false);
  }

  @Delete(':messageId/previews/:previewId')
  @Replies(Message)
  removePreview(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('messageId', { schema: AnyId }) messageId: string,
    @Param('previewId', { schema: AnyId }) previewId: string,
  ) {
    return this.messages.removePreview(actor, channelId, messageId, previewId);
  }
}
