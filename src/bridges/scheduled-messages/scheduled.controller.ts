import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { page } from '../../contracts/primitives.js';
import { ScheduleMessage, ScheduleNote, Scheduled, UpdateScheduled } from '../../contracts/chat/scheduled.js';
import { SignedIn } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { ScheduledService } from './scheduled.service.js';

const AnyId = z.string();

/** What I planned for later. */
@ApiTags('chat')
@Controller('api')
@SignedIn()
export class ScheduledController {
  constructor(private readonly scheduled: ScheduledService) {}

  @Post('channels/:channelId/scheduled')
  @Replies(Scheduled, 201)
  message(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Body({ schema: ScheduleMessage }) body: ScheduleMessage,
  ) {
    return this.scheduled.message(actor, channelId, body);
  }

  @Get('scheduled')
  @Replies(page(Scheduled))
  async list(@CurrentActor() actor: Actor) {
    return { items: await this.scheduled.list(actor), nextCursor: null };
  }

  @Post('scheduled/notes')
  @Replies(Scheduled, 201)
  note(@CurrentActor() actor: Actor, @Body({ schema: ScheduleNote }) body: ScheduleNote) {
    return this.scheduled.note(actor, body);
  }

  @Patch('scheduled/:scheduledId')
  @Replies(Scheduled)
  change(
    @CurrentActor() actor: Actor,
    @Param('scheduledId', { schema: AnyId }) scheduledId: string,
    @Body({ schema: UpdateScheduled }) body: UpdateScheduled,
  ) {
    return this.scheduled.change(actor, scheduledId, body);
  }

  @Delete('scheduled/:scheduledId')
  @RepliesNothing()
  cancel(@CurrentActor() actor: Actor, @Param('scheduledId', { schema: AnyId }) scheduledId: string) {
    return this.scheduled.cancel(actor, scheduledId);
  }

  @Post('scheduled/:scheduledId/send')
  @RepliesNothing()
  send(@CurrentActor() actor: Actor, @Param('scheduledId', { schema: AnyId }) scheduledId: string) {
    return this.scheduled.sendNow(actor, scheduledId);
  }
}
