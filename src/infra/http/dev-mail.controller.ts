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
  page(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.fetch(`/${queryOf(request)}`, reply);
  }

  @Get('messages')
  messages(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.fetch(`/messages${queryOf(request)}`, reply);
  }

  private async fetch(path: string, reply: FastifyReply): Promise<string> {
    if (!this.config.MAIL_CATCHER_URL || this.config.NODE_ENV === 'production') throw notFound();
    const answer = await fetch(new URL(path, this.config.MAIL_CATCHER_URL));
    void reply.status(answer.status).type(answer.headers.get('content-type') ?? 'application/json');
    const policy = answer.headers.get('content-security-policy'); // the page's own, stricter than the app's
    if (policy) void reply.header('content-security-policy', policy);
    return await answer.text();
  }
}

function queryOf(request: FastifyRequest): string {
  const at = request.url.indexOf('?');
  return at < 0 ? '' : request.url.slice(at);
}
