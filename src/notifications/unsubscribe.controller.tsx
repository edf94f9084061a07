import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { renderToStaticMarkup } from 'react-dom/server';
import { LinkTokens } from '../auth/link-tokens.js';
import { UsersRepository } from '../auth/users.repository.js';
import { notFound } from '../common/problem.js';
import { PreferenceKind } from '../contracts/notifications.js';
import type { Locale } from '../contracts/primitives.js';
import { Public } from '../infra/http/access.js';
import { idOf, toId } from '../infra/mongo/ids.js';
import { InboxService } from './inbox.service.js';
import { fill, wordsOf } from './words.js';

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
    return page(reply, locale, group, false);
  }

  @Post(':token')
  @HttpCode(200)
  async stop(@Param('token') token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { userId, group, locale } = await this.read(token);
    await this.inbox.stopMail(userId, group);
    return page(reply, locale, group, true);
  }

  private async read(token: string): Promise<{ userId: string; group: PreferenceKind; locale: Locale }> {
    const [userId = '', group] = (this.links.verify('unsubscribe', token) ?? '').split('-');
    const known = PreferenceKind.safeParse(group);
    const person = toId(userId) && (await this.users.profile(idOf(userId)));
    if (!known.success || !person) throw notFound();
    return { userId, group: known.data, locale: person.locale };
  }
}

function page(reply: FastifyReply, locale: Locale, group: PreferenceKind, isDone: boolean): string {
  const { stopPage, groups } = wordsOf(locale);
  const say = (message: string) => fill(message, locale, { group: groups[group] });
  void reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
  return `<!doctype html>${renderToStaticMarkup(
    <html lang={locale}>
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${say(stopPage.title)} · Cordée`}</title>
      </head>
      <body
        style={{
          fontFamily: 'system-ui, sans-serif',
          maxWidth: '36rem',
          margin: '15vh auto',
          padding: '0 1.5rem',
          lineHeight: 1.5,
        }}
      >
        <main>
          <h1 style={{ fontSize: '1.4rem' }}>{say(stopPage.title)}</h1>
          <p role={isDone ? 'status' : undefined}>{say(isDone ? stopPage.done : stopPage.ask)}</p>
          {!isDone && (
            <form method="post">
              <button type="submit" style={{ font: 'inherit', padding: '0.6rem 1rem' }}>
                {stopPage.act}
              </button>
            </form>
          )}
          <p>
            <a href="/settings/notifications">{wordsOf(locale).mail.change}</a>
          </p>
        </main>
      </body>
    </html>,
  )}`;
}
