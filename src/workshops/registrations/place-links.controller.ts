import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ByLink } from '../../auth/tokens/shown-links.js';
import { AcceptByLink, PlaceByLink } from '../../contracts/workshops/workshops.js';
import { Public } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { PlaceLinks } from './place-links.service.js';

/** A place in a workshop, by the link of a mail: it works without a login, and looking at it changes nothing. */
@ApiTags('workshops')
@Controller('api/places/:token')
@Public()
@ByLink('place')
export class PlaceLinksController {
  constructor(private readonly links: PlaceLinks) {}

  @Get()
  @Replies(PlaceByLink)
  read(@Param('token', { schema: z.string() }) token: string) {
    return this.links.read(token);
  }

  @Post('accept')
  @HttpCode(200)
  @Replies(PlaceByLink)
  accept(
    @Param('token', { schema: z.string() }) token: string,
    @Body({ schema: AcceptByLink.optional() }) body: AcceptByLink | undefined,
  ) {
    return this.links.accept(token, body ?? {});
  }

  @Post('leave')
  @HttpCode(200)
  @Replies(PlaceByLink)
  leave(@Param('token', { schema: z.string() }) token: string) {
    return this.links.leave(token);
  }
}
