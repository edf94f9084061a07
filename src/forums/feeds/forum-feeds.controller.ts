import { Body, Controller, Delete, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { originOf } from '../../auth/origin.js';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { ForumFeeds as ForumFeedsReply, MadeForumFeed, MakeForumFeed } from '../../contracts/forum-feeds.js';
import { InCohort, Public } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { Shows } from '../../infra/http/shown.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { ForumFeeds } from './forum-feeds.service.js';
import { ShownForumFeeds } from './shown-forum-feeds.js';

const FEEDS = { name: 'forum-feeds', points: 60, seconds: 3600 };

/** My feeds of a forum: making, ending and reading them. The secret in an address is the only key, so nothing else may tell it. */
@ApiTags('forum')
@Controller('api')
export class ForumFeedsController {
  constructor(private readonly feeds: ForumFeeds) {}

  @Get('cohorts/:cohortId/forum/feeds')
  @InCohort()
  @Replies(ForumFeedsReply)
  async mine(@CurrentCohortActor() actor: CohortActor) {
    return { items: await this.feeds.mine(actor) };
  }

  @Post('cohorts/:cohortId/forum/feeds')
  @Limited(FEEDS)
  @InCohort()
  @Replies(MadeForumFeed, 201)
  make(@CurrentCohortActor() actor: CohortActor, @Body({ schema: MakeForumFeed }) body: MakeForumFeed) {
    return this.feeds.make(actor, body);
  }

  @Delete('cohorts/:cohortId/forum/feeds/:feedId')
  @InCohort()
  @RepliesNothing()
  end(@CurrentCohortActor() actor: CohortActor, @Param('feedId') feedId: string) {
    return this.feeds.end(actor, feedId);
  }

  @Get('forum-feeds/:secret.atom')
  @Public()
  @Shows(ShownForumFeeds)
  @ApiProduces('application/atom+xml')
  @ApiResponse({ status: 200, schema: { type: 'string' } })
  @ApiResponse({ status: 304, description: 'It is as it was (ETag).' })
  async read(@Param('secret') secret: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { network } = originOf(request);
    const { etag, body } = await this.feeds.read(secret, request.headers['if-none-match'], network);
    await reply
      .status(body === null ? 304 : 200)
      .headers({ ...HEADERS, etag })
      .send(body ?? '');
  }
}

const HEADERS = {
  'content-type': 'application/atom+xml; charset=utf-8',
  'cache-control': 'private, no-cache',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
};
