import { Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { notFound } from '../../common/problem.js';
import { FailedFollowUps } from '../../contracts/reminders/operation.js';
import { Id } from '../../contracts/primitives.js';
import { AdminOnly } from '../http/access.js';
import { Replies, RepliesNothing } from '../http/replies.js';
import { toId } from '../mongo/ids.js';
import { Outbox } from './outbox.js';

/** What must follow an act and fails: for the admins of the installation. */
@ApiTags('operation')
@Controller('api/operation/follow-ups')
export class OutboxController {
  constructor(private readonly outbox: Outbox) {}

  @Get()
  @AdminOnly()
  @Replies(FailedFollowUps)
  async failed() {
    return { items: await this.outbox.failed() };
  }

  @Post(':id/retry')
  @AdminOnly()
  @RepliesNothing()
  async retry(@Param('id', { schema: Id }) id: string): Promise<void> {
    const known = toId(id);
    if (!known || !(await this.outbox.retry(known))) throw notFound();
  }
}
