import { Body, Controller, Get, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { originOf } from '../../auth/origin.js';
import { ByLink } from '../../auth/tokens/shown-links.js';
import { GuestPlace, PublicWorkshop, RegisterGuest } from '../../contracts/workshops/guests.js';
import { Public } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { StrangersCount, WRITES } from '../../infra/http/write-limit.guard.js';
import { GuestRegistrations } from './guest-registrations.service.js';
import { PublicPages } from './public-pages.service.js';

/** For who has nothing to show: other things that strangers try do not shut it. */
const FORMS = { ...WRITES, name: 'guest-forms' };

/** Workshops that everybody may see, for people from outside; open to all. */
@ApiTags('guests')
@Controller('api/public/workshops/:slug')
@Public()
export class PublicWorkshopsController {
  constructor(
    private readonly pages: PublicPages,
    private readonly registrations: GuestRegistrations,
  ) {}

  @Get()
  @Replies(PublicWorkshop)
  show(@Param('slug', { schema: z.string() }) slug: string) {
    return this.pages.show(slug);
  }

  /** One entry for any calendar program, to keep. */
  @Get('calendar.ics')
  @Header('content-type', 'text/calendar; charset=utf-8')
  @ApiOkResponse({ content: { 'text/calendar': { schema: { type: 'string' } } } })
  calendarEntry(@Param('slug', { schema: z.string() }) slug: string) {
    return this.pages.calendarEntry(slug);
  }

  @Post('guests')
  @StrangersCount(FORMS)
  @RepliesNothing(202)
  register(
    @Param('slug', { schema: z.string() }) slug: string,
    @Body({ schema: RegisterGuest }) body: RegisterGuest,
    @Req() request: FastifyRequest,
  ) {
    return this.registrations.register(slug, body, originOf(request).network);
  }
}

/** A guest's place, by the link of a mail: it works without a login, and looking at it changes nothing. */
@ApiTags('guests')
@Controller('api/guests/:token')
@Public()
@ByLink('guest')
export class GuestPlacesController {
  constructor(private readonly registrations: GuestRegistrations) {}

  @Get()
  @Replies(GuestPlace)
  read(@Param('token', { schema: z.string() }) token: string) {
    return this.registrations.read(token);
  }

  @Post('confirm')
  @HttpCode(200)
  @Replies(GuestPlace)
  confirm(@Param('token', { schema: z.string() }) token: string) {
    return this.registrations.confirm(token);
  }

  @Post('accept')
  @HttpCode(200)
  @Replies(GuestPlace)
  accept(@Param('token', { schema: z.string() }) token: string) {
    return this.registrations.accept(token);
  }

  @Post('leave')
  @HttpCode(200)
  @Replies(GuestPlace)
  leave(@Param('token', { schema: z.string() }) token: string) {
    return this.registrations.leave(token);
  }
}
