import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ByLink } from '../../auth/tokens/shown-links.js';
import { CancelByLink, MoveByLink, SessionByLink } from '../../contracts/mentoring/session-links.js';
import { Public } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import type { Limit } from '../../infra/redis/rate-limits.js';
import { SessionLinks } from './session-links.service.js';

/** Each look counts free times of three weeks. */
const LOOKS: Limit = { name: 'session-link-looks', points: 60, seconds: 60 };

/** A session, by the link of a mail to one of its fellows: it works without a login, and looking at it changes nothing. */
@ApiTags('coaching')
@Controller('api/session-links/:token')
@Public()
@ByLink('session')
export class SessionLinksController {
  constructor(private readonly links: SessionLinks) {}

  @Get()
  @Limited(LOOKS)
  @Replies(SessionByLink)
  read(@Param('token', { schema: z.string() }) token: string) {
    return this.links.read(token);
  }

  @Post('move')
  @HttpCode(200)
  @Replies(SessionByLink)
  move(@Param('token', { schema: z.string() }) token: string, @Body({ schema: MoveByLink }) body: MoveByLink) {
    return this.links.move(token, body);
  }

  @Post('cancel')
  @HttpCode(200)
  @Replies(SessionByLink)
  cancel(@Param('token', { schema: z.string() }) token: string, @Body({ schema: CancelByLink }) body: CancelByLink) {
    return this.links.cancel(token, body);
  }
}
