import { Controller, Delete, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../auth/current-actor.js';
import { UsersRepository } from '../../auth/users.repository.js';
import type { Actor } from '../../common/actor.js';
import { notFound } from '../../common/problem.js';
import { MailProblem } from '../../contracts/notifications/notifications.js';
import { SignedIn } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Undeliverable } from './undeliverable.js';

/** Whether mail reaches me. */
@ApiTags('me')
@Controller('api/me/mail-problem')
@SignedIn()
export class MailProblemController {
  constructor(
    private readonly users: UsersRepository,
    private readonly undeliverable: Undeliverable,
  ) {}

  @Get()
  @Replies(MailProblem)
  async problem(@CurrentActor() actor: Actor) {
    const me = await this.users.profile(idOf(actor.userId));
    if (!me) throw notFound();
    return await this.undeliverable.problemOf(me);
  }

  @Delete()
  @RepliesNothing()
  tryAgain(@CurrentActor() actor: Actor) {
    return this.undeliverable.tryAgain(actor.userId);
  }
}
