import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { MessagePreviews, MessagePreviewsAsk } from '../../contracts/chat/message-previews.js';
import { SignedIn } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { MessagePreviewing } from './message-previews.service.js';

/** What links to messages show: asked for many at once, so that it is a question with a body. */
@ApiTags('chat')
@Controller('api/message-previews')
@SignedIn()
export class MessagePreviewsController {
  constructor(private readonly previews: MessagePreviewing) {}

  @Post()
  @Replies(MessagePreviews)
  async ask(@CurrentActor() actor: Actor, @Body({ schema: MessagePreviewsAsk }) body: MessagePreviewsAsk) {
    return { items: await this.previews.of(actor, body) };
  }
}
