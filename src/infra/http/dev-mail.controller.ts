import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../../common/problem.js';
import { CONFIG, type Config } from '../../config/config.js';
import { Public } from './access.js';
import { isFromThisMachine, isThisMachine } from './network.js';
import { nameIn } from './own-hosts.js';

/** What is asked of the catcher, as it came: a repeated name is a list. */
type Asked = Record<string, string | string[]>;

/**
 * Outside production: shows what the mail catcher caught, to who asks on this machine (whoever asks writes the Host header) and by a name of its own
 * (a page elsewhere can make its own name lead here). Links in these mails open accounts.
 */
@ApiExcludeController()
@Controller('dev/mail')
@Public()
export class DevMailController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get()
  page(@Query() query: Asked, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.fetch('/', query, request, reply);
  }

  @Get('messages')
  messages(@Query() query: Asked, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.fetch('/messages', query, request, reply);
  }

  private async fetch(path: string, query: Asked, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    if (!this.config.MAIL_CATCHER_URL || this.config.NODE_ENV === 'production') throw notFound();
    if (!isFromThisMachine(request) || !isThisMachine(nameIn(request.headers.host) ?? '')) throw notFound();
    const url = new URL(path, this.config.MAIL_CATCHER_URL);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const answer = await fetch(url);
    void reply.status(answer.status).type(answer.headers.get('content-type') ?? 'application/json');
    const policy = answer.headers.get('content-security-policy'); // the page's own, stricter than the app's
    if (policy) void reply.header('content-security-policy', policy);
    return await answer.text();
  }
}
