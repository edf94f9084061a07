import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../auth/current-actor.js';
import type { Actor } from '../common/actor.js';
import { AnsweredBefore } from '../contracts/forum/answered.js';
import { SignedIn } from '../infra/http/access.js';
import { Replies } from '../infra/http/replies.js';
import { Limited } from '../infra/http/write-limit.guard.js';
import { AnsweredInForum } from './answered-before.service.js';

/** What somebody asks in chat and the forum has the answer to: offered once, so that it is no reading. */
@ApiTags('chat')
@Controller('api/channels/:channelId/messages/:messageId/answered')
@SignedIn()
export class AnsweredBeforeController {
  constructor(private readonly answered: AnsweredInForum) {}

  @Post()
  @HttpCode(200)
  @Limited({ name: 'answered-before', points: 30, seconds: 60 })
  @Replies(AnsweredBefore)
  offer(@CurrentActor() actor: Actor, @Param('channelId') channelId: string, @Param('messageId') messageId: string) {
    return this.answered.of(actor, channelId, messageId);
  }
}
