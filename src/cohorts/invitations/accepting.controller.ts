import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ByLink } from '../../auth/tokens/shown-links.js';
import { setLoginCookies } from '../../auth/tokens/cookies.js';
import { bearerOf, originOf } from '../../auth/origin.js';
import { CONFIG, type Config } from '../../config/config.js';
import { AcceptInvitation, InvitationView, SignedIn } from '../../contracts/auth/auth.js';
import { Public } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Accepting } from './accepting.service.js';

/** An invitation in the hands of the invited. */
@ApiTags('auth')
@Controller('api/auth/invitations')
@Public()
@ByLink('invitation-mail', 'invitation')
export class AcceptingController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly accepting: Accepting,
  ) {}

  @Get(':token')
  @Replies(InvitationView)
  view(@Param('token', { schema: z.string() }) token: string, @Req() request: FastifyRequest) {
    return this.accepting.view(token, originOf(request));
  }

  @Post(':token/accept')
  @Replies(SignedIn)
  async accept(
    @Param('token', { schema: z.string() }) token: string,
    @Body({ schema: AcceptInvitation }) body: AcceptInvitation,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const result = await this.accepting.accept(token, body, bearerOf(request), originOf(request));
    setLoginCookies(reply, this.config, result);
    return result.reply;
  }
}
