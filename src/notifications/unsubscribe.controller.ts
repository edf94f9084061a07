import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Profile, UsersRepository } from '../auth/users.repository.js';
import { notFound } from '../common/problem.js';
import type { Locale } from '../contracts/primitives.js';
import { Public } from '../infra/http/access.js';
import { idOf, toId } from '../infra/mongo/ids.js';
import { StopLinks, type Stoppable } from './stop-links.js';
import { type StopWords, Stopping } from './stopping.js';

/**
 * One-click unsubscribe (RFC 8058): mail programs POST without a cookie, and it is done; a person who follows the link gets a page
 * that asks first, since programs that look through mails open every link. The token is the right.
 */
@ApiExcludeController()
@Controller('api/unsubscribe')
@Public()
export class UnsubscribeController {
  constructor(
    private readonly links: StopLinks,
    private readonly users: UsersRepository,
    private readonly stopping: Stopping,
  ) {}

  @Get(':token')
  async ask(@Param('token') token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { person, stop } = await this.read(token);
    return await page(reply, person.locale, await this.stopping.wordsOf(person, stop), false);
  }

  @Post(':token')
  @HttpCode(200)
  async stop(@Param('token') token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { person, stop } = await this.read(token);
    const words = await this.stopping.wordsOf(person, stop);
    await this.stopping.stop(person, stop);
    return await page(reply, person.locale, words, true);
  }

  private async read(token: string): Promise<{ person: Profile; stop: Stoppable }> {
    const read = this.links.read(token);
    const person = read && toId(read.userId) && (await this.users.profile(idOf(read.userId)));
    if (!read || !person) throw notFound();
    return { person, stop: read.stop };
  }
}

/** React weighs some megabytes: it is loaded with the first page. */
async function page(reply: FastifyReply, locale: Locale, words: StopWords, isDone: boolean): Promise<string> {
  const { unsubscribePage } = await import('./unsubscribe-page.js');
  void reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
  return unsubscribePage(locale, words, isDone);
}
