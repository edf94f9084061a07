import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import {
  FollowedThread,
  Message,
  ResolveThread,
  ThreadState,
  ThreadsQuery,
  UpdateThread,
  WaitingThreads,
} from '../../contracts/chat/chat.js';
import { page } from '../../contracts/primitives.js';
import { SignedIn } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { MessagesService } from '../messages/messages.service.js';
import { ThreadsService } from './threads.service.js';

const AnyId = z.string();

/** The threads that I follow, of all channels. */
@ApiTags('chat')
@Controller('api/threads')
@SignedIn()
export class ThreadsController {
  constructor(private readonly threads: ThreadsService) {}

  @Get()
  @InLine()
  @Replies(page(FollowedThread))
  mine(@CurrentActor() actor: Actor, @Query({ schema: ThreadsQuery }) query: ThreadsQuery) {
    return this.threads.mine(actor, query);
  }

  @Get('waiting')
  @Replies(WaitingThreads)
  waiting(@CurrentActor() actor: Actor) {
    return this.threads.waiting(actor);
  }
}

/** The thread under one message. */
@ApiTags('chat')
@Controller('api/channels/:channelId/messages/:messageId')
@SignedIn()
export class ThreadController {
  constructor(
    private readonly threads: ThreadsService,
    private readonly messages: MessagesService,
  ) {}

  @Get('thread')
  @Replies(ThreadState)
  state(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('messageId', { schema: AnyId }) messageId: string,
  ) {
    return this.threads.state(actor, channelId, messageId);
  }

  @Put('thread')
  @Replies(ThreadState)
  update(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('messageId', { schema: AnyId }) messageId: string,
    @Body({ schema: UpdateThread }) body: UpdateThread,
  ) {
    return this.threads.update(actor, channelId, messageId, body);
  }

  @Put('resolved')
  @Replies(Message)
  resolve(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('messageId', { schema: AnyId }) messageId: string,
    @Body({ schema: ResolveThread }) body: ResolveThread,
  ) {
    return this.messages.resolve(actor, channelId, messageId, body.resolved);
  }
}
