import { Body, Controller, Get, Header, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { originOf } from '../auth/origin.js';
import { BeginApplication } from '../contracts/calls/applications.js';
import { CallsFeedQuery, PublicCall, PublicCalls } from '../contracts/calls/calls.js';
import { Public } from '../infra/http/access.js';
import { Replies, RepliesNothing } from '../infra/http/replies.js';
import { Limited, StrangersCount, WRITES } from '../infra/http/write-limit.guard.js';
import { Beginnings } from './applications/beginnings.service.js';
import { PublicCallsService } from './public-calls.service.js';

/** For who has nothing to show: other things that strangers try do not shut it. */
const FORMS = { ...WRITES, name: 'call-forms' };
/** A place where many look at calls must not make a figure of nothing, nor a device on which somebody signed in once. */
const VIEWS = { name: 'call-views', points: 60, seconds: 3600 };
/** What strangers try elsewhere makes no figure smaller. */
const LOOKS = { ...WRITES, name: 'call-looks' };

/** Calls that everybody may see, and the way to answer one. */
@ApiTags('calls')
@Controller('api/calls')
@Public()
export class PublicCallsController {
  constructor(
    private readonly calls: PublicCallsService,
    private readonly beginnings: Beginnings,
  ) {}

  @Get()
  @Replies(PublicCalls)
  list() {
    return this.calls.list();
  }

  /** For a reader of feeds: what is open or will be, in Atom. */
  @Get('feed.atom')
  @Header('content-type', 'application/atom+xml; charset=utf-8')
  @ApiOkResponse({ content: { 'application/atom+xml': { schema: { type: 'string' } } } })
  feed(@Query({ schema: CallsFeedQuery }) query: CallsFeedQuery) {
    return this.calls.feed(query.locale);
  }

  @Get(':slug')
  @Replies(PublicCall)
  show(@Param('slug', { schema: z.string() }) slug: string) {
    return this.calls.show(slug);
  }

  /** A page says that it was opened, once; programs that read the call do not count. */
  @Post(':slug/seen')
  @StrangersCount(LOOKS)
  @Limited(VIEWS)
  @RepliesNothing(204)
  see(@Param('slug', { schema: z.string() }) slug: string) {
    return this.calls.see(slug);
  }

  @Post(':slug/applications')
  @StrangersCount(FORMS)
  @RepliesNothing(202)
  begin(
    @Param('slug', { schema: z.string() }) slug: string,
    @Body({ schema: BeginApplication }) body: BeginApplication,
    @Req() request: FastifyRequest,
  ) {
    return this.beginnings.begin(slug, body, originOf(request).network);
  }
}
