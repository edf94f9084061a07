import { Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ByLink } from '../../auth/tokens/shown-links.js';
import type { Profile } from '../../auth/users.repository.js';
import { Problem } from '../../common/problem.js';
import type { Locale } from '../../contracts/primitives.js';
import { Public } from '../../infra/http/access.js';
import { StopLinks, type Stoppable } from './stop-links.js';
import { Stopping } from './stopping.js';
import type { UnsubscribePage } from './unsubscribe-page.js';
import { wordsOf } from '../words/words.js';

/**
 * One-click unsubscribe (RFC 8058): mail programs POST without a cookie, and it is done; a person who follows the link gets a page
 * that asks first, since programs that look through mails open every link. The token is the right.
 */
@ApiExcludeController()
@Controller('api/unsubscribe')
@Public()
@ByLink('unsubscribe')
export class UnsubscribeController {
  constructor(
    private readonly links: StopLinks,
    private readonly stopping: Stopping,
  ) {}

  @Get(':token')
  async ask(
    @Param('token') token: string,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return await this.page(token, languages, reply, async ({ person, stop }) => {
      const { title, ask, act } = await this.stopping.wordsOf(person, stop);
      return { title, text: ask, act };
    });
  }

  @Post(':token')
  @HttpCode(200)
  async stop(
    @Param('token') token: string,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return await this.page(token, languages, reply, async ({ person, stop }) => {
      const { title, done } = await this.stopping.wordsOf(person, stop);
      await this.stopping.stop(person, stop);
      return { title, text: done };
    });
  }

  /**
   * In the language of its person. A link that leads nowhere (any more) is a page, too: 404 for programs, and what to do for who
   * followed it, in the language of their browser where nobody knows whose it was. React weighs some megabytes: it is loaded with the
   * first page.
   */
  private async page(
    token: string,
    languages: string | undefined,
    reply: FastifyReply,
    show: (link: Followed) => Promise<UnsubscribePage>,
  ): Promise<string> {
    const link = await this.links.read(token);
    const locale = link?.person.locale ?? localeOf(languages);
    const shown = link && (await show(link).catch(nothingThere));
    if (!shown) void reply.code(404);
    const { unsubscribePage } = await import('./unsubscribe-page.js');
    void reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
    const { dead, deadBody } = wordsOf(locale).stopPage;
    return unsubscribePage(locale, shown ?? { title: dead, text: deadBody });
  }
}

/** Whose link was followed, and what it stops. */
interface Followed {
  person: Profile;
  stop: Stoppable;
}

/** As the pages in front of the door guess it. */
const localeOf = (languages = ''): Locale => (/^\s*fr\b/i.test(languages) ? 'fr' : 'en');

/** What they may not see any more. */
function nothingThere(error: unknown): null {
  if (error instanceof Problem && error.status === 404) return null;
  throw error;
}
