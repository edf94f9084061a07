import type {} from '@fastify/cookie';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CONFIG, type Config } from '../config/config.js';
import {
  ConfirmEmail,
  FirstPassword,
  ForgotPassword,
  Login,
  ResetPassword,
  ResetView,
  SignedIn,
  UndoEmail,
} from '../contracts/auth/auth.js';
import { Public } from '../infra/http/access.js';
import { BY_REFRESH_COOKIE } from '../infra/http/openapi/api-docs.js';
import { Replies, RepliesNothing } from '../infra/http/replies.js';
import { Shows } from '../infra/http/shown.js';
import { StrangersCount, WRITES } from '../infra/http/write-limit.guard.js';
import { AccountService } from './account.service.js';
import { AddressUndo } from './address-undo.service.js';
import { clearLoginCookies, refreshTokenOf, setDeviceCookie, setLoginCookies } from './tokens/cookies.js';
import { LoginsService } from './logins/logins.service.js';
import { ByLink, ShownLogin } from './tokens/shown-links.js';
import { bearerOf, originOf } from './origin.js';

/** The way in for who is locked out: what strangers try elsewhere does not shut it. */
const FORGOT_ASKS = { ...WRITES, name: 'forgot-asks' };

/** Signing in and what leads to it; open to all. */
@ApiTags('auth')
@Controller('api/auth')
@Public()
export class AuthController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly logins: LoginsService,
    private readonly account: AccountService,
    private readonly undo: AddressUndo,
  ) {}

  @Post('login')
  @Replies(SignedIn)
  async login(
    @Body({ schema: Login }) body: Login,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const result = await this.logins.login(body, originOf(request));
    setLoginCookies(reply, this.config, result);
    return result.reply;
  }

  @Post('refresh')
  @Shows(ShownLogin)
  @ApiSecurity(BY_REFRESH_COOKIE)
  @Replies(SignedIn)
  async refresh(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const result = await this.logins.refresh(refreshTokenOf(request, this.config), originOf(request));
    setLoginCookies(reply, this.config, result);
    return result.reply;
  }

  @Post('logout')
  @Shows(ShownLogin)
  @RepliesNothing()
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.logins.endByCookie(refreshTokenOf(request, this.config));
    await this.logins.endByToken(bearerOf(request));
    clearLoginCookies(reply, this.config);
  }

  @Post('password/forgot')
  @StrangersCount(FORGOT_ASKS)
  @RepliesNothing(202)
  async forgot(@Body({ schema: ForgotPassword }) body: ForgotPassword, @Req() request: FastifyRequest) {
    await this.account.forgotPassword(body.email, originOf(request));
  }

  @Post('password/reset')
  @ByLink('reset')
  @RepliesNothing()
  async reset(
    @Body({ schema: ResetPassword }) body: ResetPassword,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    setDeviceCookie(reply, this.config, await this.account.resetPassword(body, originOf(request)));
  }

  @Get('password/reset/:token')
  @ByLink('reset')
  @Replies(ResetView)
  resetView(@Param('token', { schema: z.string() }) token: string) {
    return this.account.resetView(token);
  }

  @Post('password/first')
  @ByLink('reset')
  @Replies(SignedIn)
  async firstPassword(
    @Body({ schema: FirstPassword }) body: FirstPassword,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const result = await this.account.firstPassword(body, originOf(request));
    setLoginCookies(reply, this.config, result);
    return result.reply;
  }

  @Post('email/undo')
  @ByLink('undo')
  @RepliesNothing()
  async undoEmail(@Body({ schema: UndoEmail }) body: UndoEmail) {
    await this.undo.undo(body);
  }

  @Post('email/confirm')
  @ByLink('confirm', 'verify')
  @RepliesNothing()
  async confirmEmail(
    @Body({ schema: ConfirmEmail }) body: ConfirmEmail,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const devices = await this.account.confirmEmail(body, bearerOf(request), originOf(request));
    if (devices !== null) setDeviceCookie(reply, this.config, devices);
  }
}
