import type {} from '@fastify/cookie';
import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Put, Req, Res, UploadedFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { invalidField } from '../../common/problem.js';
import { CONFIG, type Config } from '../../config/config.js';
import { ChangeEmail, ChangePassword, LoginSession, Me, UpdateMe } from '../../contracts/auth/auth.js';
import { page } from '../../contracts/primitives.js';
import { SignedIn } from '../../infra/http/access.js';
import { TakesOneFile } from '../../infra/http/bodies/one-file.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { AccountService } from '../account.service.js';
import { CurrentActor } from '../current-actor.js';
import { LoginsService } from '../logins/logins.service.js';
import { originOf } from '../origin.js';
import { setDeviceCookie } from '../tokens/cookies.js';
import { MeService } from './me.service.js';

/** All who share a channel of the craft look at it again when somebody comes or goes. */
const CHANGES = { name: 'profile', points: 120, seconds: 600 };
const AVATARS = { name: 'avatars', points: 20, seconds: 3600 };

const MAX_PHOTO_BYTES = 8 * 1024 * 1024;

/** My own account. */
@ApiTags('me')
@Controller('api/me')
@SignedIn()
export class MeController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly me: MeService,
    private readonly account: AccountService,
    private readonly logins: LoginsService,
  ) {}

  @Get()
  @Replies(Me)
  get(@CurrentActor() actor: Actor) {
    return this.me.get(actor.userId);
  }

  @Patch()
  @Limited(CHANGES)
  @Replies(Me)
  update(@CurrentActor() actor: Actor, @Body({ schema: UpdateMe }) body: UpdateMe) {
    return this.me.update(actor.userId, body);
  }

  @Put('avatar')
  @Limited(AVATARS)
  @TakesOneFile(MAX_PHOTO_BYTES)
  @Replies(Me)
  setAvatar(@CurrentActor() actor: Actor, @UploadedFile() file: { buffer?: Buffer } | undefined) {
    if (!file?.buffer) throw invalidField('/file', 'required');
    return this.me.setAvatar(actor.userId, file.buffer);
  }

  @Delete('avatar')
  @Replies(Me)
  removeAvatar(@CurrentActor() actor: Actor) {
    return this.me.removeAvatar(actor.userId);
  }

  @Post('password')
  @RepliesNothing()
  async changePassword(
    @CurrentActor() actor: Actor,
    @Body({ schema: ChangePassword }) body: ChangePassword,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    setDeviceCookie(reply, this.config, await this.account.changePassword(actor, body, originOf(request)));
  }

  @Post('email')
  @RepliesNothing(202)
  changeEmail(@CurrentActor() actor: Actor, @Body({ schema: ChangeEmail }) body: ChangeEmail) {
    return this.account.changeEmail(actor, body);
  }

  @Post('email/confirmation')
  @RepliesNothing(202)
  askAgain(@CurrentActor() actor: Actor) {
    return this.account.askAgain(actor);
  }

  @Get('sessions')
  @Replies(page(LoginSession))
  async sessions(@CurrentActor() actor: Actor) {
    return { items: await this.logins.list(actor), nextCursor: null };
  }

  @Delete('sessions/:id')
  @RepliesNothing()
  endSession(@CurrentActor() actor: Actor, @Param('id', { schema: z.string() }) id: string) {
    return this.logins.end(actor, id, 'ended_elsewhere');
  }
}
