import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { LinkCards, LinkCardsAsk } from '../../contracts/bridges/link-cards.js';
import { SignedIn } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { LinkCardsService } from './link-cards.service.js';

/** What links to things of this installation show: asked for many at once, so that it is a question with a body. */
@ApiTags('me')
@Controller('api/link-cards')
@SignedIn()
export class LinkCardsController {
  constructor(private readonly cards: LinkCardsService) {}

  @Post()
  @HttpCode(200)
  @Replies(LinkCards)
  async ask(@CurrentActor() actor: Actor, @Body({ schema: LinkCardsAsk }) body: LinkCardsAsk) {
    return { items: await this.cards.of(actor, body) };
  }
}
