import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { LinkTokens } from '../auth/link-tokens.js';
import { UsersRepository } from '../auth/users.repository.js';
import { notFound } from '../common/problem.js';
import { PreferenceKind } from '../contracts/notifications.js';
import type { Locale } from '../contracts/primitives.js';
import { Public } from '../infra/http/access.js';
import { idOf, toId } from '../infra/mongo/ids.js';
import { InboxService } from './inbox.service.js';

/**
 * One-click unsubscribe (RFC 8058): mail programs POST without a cookie, and it is done; a person who follows the link gets a page
 * that asks first, since programs that look through mails open every link. The token is the right.
 */
@ApiExcludeController()
@Controller('api/unsubscribe')
@Public()
export class UnsubscribeController {
  constructor(
    private readonly links: LinkTokens,
    private readonly users: UsersRepository,
    private readonly inbox: InboxService,
  ) {}

  @Get(':token')
  async ask(@Param('token') token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { group, locale } = await this.read(token);
    return await page(reply, locale, group, false);
  }

  @Post(':token')
  @HttpCode(200)
  async stop(@Param('token') token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { userId, group, locale } = await this.read(token);
    await this.inbox.stopMail(userId, group);
    return await page(reply, locale, group, true);
  }

  private async read(token: string): Promise<{ userId: string; group: PreferenceKind; locale: Locale }> {
    const [userId = '', group] = (this.links.verify('unsubscribe', token) ?? '').split('-');
    const known = PreferenceKind.safeParse(group);
    const person = toId(userId) && (await this.users.profile(idOf(userId)));
    if (!known.success || !person) throw notFound();
    return { userId, group: known.data, locale: person.locale };
  }
}

/** React weighs some megabytes: it is loaded with the first page. */
async function page(reply: FastifyReply, locale: Locale, group: PreferenceKind, isDone: boolean): Promise<string> {
  const { unsubscribePage } = await import('./unsubscribe-page.js');
  void reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
  return unsubscribePage(locale, group, isDone);
}
