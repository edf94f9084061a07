import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { originOf } from '../../auth/origin.js';
import { GuestPlace, PublicWorkshop, RegisterGuest } from '../../contracts/workshops/guests.js';
import { Public } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { GuestRegistrations } from './guest-registrations.service.js';
import { PublicPages } from './public-pages.service.js';

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

  @Post('guests')
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
