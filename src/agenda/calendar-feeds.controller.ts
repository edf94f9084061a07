import { Body, Controller, Delete, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentActor } from '../auth/current-actor.js';
import { originOf } from '../auth/origin.js';
import type { Actor } from '../common/actor.js';
import {
  CalendarFeed,
  CalendarFeedState,
  MadeCalendarFeed,
  MakeCalendarFeed,
  MyCalendarFeeds,
} from '../contracts/calendar.js';
import { Id } from '../contracts/primitives.js';
import { Public, SignedIn } from '../infra/http/access.js';
import { Replies, RepliesNothing } from '../infra/http/replies.js';
import { Shows } from '../infra/http/shown.js';
import { Limited } from '../infra/http/write-limit.guard.js';
import { CalendarFeedsService } from './calendar-feeds.service.js';
import { ShownCalendarFeeds } from './shown-calendar-feeds.js';

const FEEDS = { name: 'calendar-feeds', points: 60, seconds: 3600 };

/** My feeds: making, ending and reading them. The secret in an address is the only key, so nothing else may tell it. */
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
  @Limited(FEEDS)
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

  /** All my feeds, without their addresses: those are told once, when they are made. */
  @Get('api/me/calendar-feeds')
  @SignedIn()
  @Replies(MyCalendarFeeds)
  async mine(@CurrentActor() actor: Actor) {
    return { items: await this.feeds.mine(actor.userId) };
  }

  @Post('api/me/calendar-feeds')
  @Limited(FEEDS)
  @SignedIn()
  @Replies(MadeCalendarFeed, 201)
  make(@CurrentActor() actor: Actor, @Body({ schema: MakeCalendarFeed }) body: MakeCalendarFeed) {
    return this.feeds.make(actor.userId, body);
  }

  @Delete('api/me/calendar-feeds/:feedId')
  @SignedIn()
  @RepliesNothing()
  end(@CurrentActor() actor: Actor, @Param('feedId', { schema: Id }) feedId: string) {
    return this.feeds.end(actor.userId, feedId);
  }

  @Get('calendar/:secret.ics')
  @Public()
  @Shows(ShownCalendarFeeds)
  @ApiProduces('text/calendar')
  @ApiResponse({ status: 200, schema: { type: 'string' } })
  @ApiResponse({ status: 304, description: 'It is as it was (ETag, Last-Modified).' })
  async read(@Param('secret') secret: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const seen = {
      ifNoneMatch: request.headers['if-none-match'],
      ifModifiedSince: request.headers['if-modified-since'],
    };
    const { etag, modifiedAt, body } = await this.feeds.read(secret, seen, originOf(request).network);
    await reply
      .status(body === null ? 304 : 200)
      .headers({ ...HEADERS, etag, ...(modifiedAt && { 'last-modified': modifiedAt.toUTCString() }) })
      .send(body ?? '');
  }
}

const HEADERS = {
  'content-type': 'text/calendar; charset=utf-8',
  'content-disposition': 'inline; filename="cordee.ics"',
  'cache-control': 'private, no-cache',
  'referrer-policy': 'no-referrer',
};
