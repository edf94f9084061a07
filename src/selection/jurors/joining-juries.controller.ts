import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { bearerOf, originOf } from '../../auth/origin.js';
import { setLoginCookies } from '../../auth/tokens/cookies.js';
import { ByLink } from '../../auth/tokens/shown-links.js';
import { CONFIG, type Config } from '../../config/config.js';
import { SignedIn } from '../../contracts/auth/auth.js';
import { AcceptJury, JuryView } from '../../contracts/selection/jurors.js';
import { Public } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { JoiningJuries } from './joining-juries.service.js';

/** The invitation to a jury, in the hands of the invited. */
@ApiTags('selection')
@Controller('api/auth/juries')
@Public()
@ByLink('jury')
export class JoiningJuriesController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly joining: JoiningJuries,
  ) {}

  @Get(':token')
  @Replies(JuryView)
  view(@Param('token', { schema: z.string() }) token: string, @Req() request: FastifyRequest) {
    return this.joining.view(token, originOf(request));
  }

  @Post(':token/accept')
  @Replies(SignedIn)
  async accept(
    @Param('token', { schema: z.string() }) token: string,
    @Body({ schema: AcceptJury }) body: AcceptJury,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const result = await this.joining.accept(token, body, bearerOf(request), originOf(request));
    setLoginCookies(reply, this.config, result);
    return result.reply;
  }
}
