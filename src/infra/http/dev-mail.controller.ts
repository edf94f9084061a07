import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../../common/problem.js';
import { CONFIG, type Config } from '../../config/config.js';
import { Public } from './access.js';

/** Outside production: shows what the mail catcher caught. */
@ApiExcludeController()
@Controller('dev/mail')
@Public()
export class DevMailController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get()
  page(@Res({ passthrough: true }) reply: FastifyReply) {
    return this.fetch('/', reply);
  }

  @Get('messages')
  messages(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const query = request.url.split('?')[1];
    return this.fetch(query ? `/messages?${query}` : '/messages', reply);
  }

  private async fetch(path: string, reply: FastifyReply): Promise<string> {
    if (!this.config.MAIL_CATCHER_URL || this.config.NODE_ENV === 'production') throw notFound();
    const answer = await fetch(new URL(path, this.config.MAIL_CATCHER_URL));
    void reply.status(answer.status).type(answer.headers.get('content-type') ?? 'application/json');
    return await answer.text();
  }
}
