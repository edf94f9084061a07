import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { MyReminders, SentToMe } from '../../contracts/reminders/my-reminders.js';
import { PageQuery } from '../../contracts/primitives.js';
import { SignedIn } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { MyRemindersService } from './my-reminders.service.js';

/** What will be sent to me, and what was. */
@ApiTags('me')
@Controller('api/me')
@SignedIn()
export class MyRemindersController {
  constructor(private readonly mine: MyRemindersService) {}

  @Get('reminders')
  @Replies(MyReminders)
  coming(@CurrentActor() actor: Actor, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.mine.coming(actor.userId, query);
  }

  @Get('sent')
  @Replies(SentToMe)
  sent(@CurrentActor() actor: Actor) {
    return this.mine.sent(actor.userId);
  }
}
