import { Controller, Delete, Get, Header, Param, Post } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../auth/current-actor.js';
import type { Actor } from '../common/actor.js';
import { CalendarFeed, CalendarFeedState } from '../contracts/calendar.js';
import { Public, SignedIn } from '../infra/http/access.js';
import { Replies, RepliesNothing } from '../infra/http/replies.js';
import { CalendarFeedsService } from './calendar-feeds.service.js';

/** The personal feed: making, ending and reading it. The secret in the address is the only key, so nothing else may tell it. */
@ApiTags('calendar')
@Controller()
export class CalendarFeedsController {
  constructor(private readonly feeds: CalendarFeedsService) {}

  @Get('api/me/calendar-feed')
  @SignedIn()
  @Replies(CalendarFeedState)
  state(@CurrentActor() actor: Actor) {
    return this.feeds.state(actor.userId);
  }

  @Post('api/me/calendar-feed')
  @SignedIn()
  @Replies(CalendarFeed, 201)
  renew(@CurrentActor() actor: Actor) {
    return this.feeds.renew(actor.userId);
  }

  @Delete('api/me/calendar-feed')
  @SignedIn()
  @RepliesNothing()
  revoke(@CurrentActor() actor: Actor) {
    return this.feeds.revoke(actor.userId);
  }

  @Get('calendar/:secret.ics')
  @Public()
  @Header('content-type', 'text/calendar; charset=utf-8')
  @Header('content-disposition', 'inline; filename="cordee.ics"')
  @Header('cache-control', 'private, no-cache')
  @Header('referrer-policy', 'no-referrer')
  @ApiProduces('text/calendar')
  @ApiResponse({ status: 200, schema: { type: 'string' } })
  read(@Param('secret') secret: string) {
    return this.feeds.read(secret);
  }
}
