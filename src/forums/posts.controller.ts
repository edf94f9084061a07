import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../cohorts/cohort.guard.js';
import type { CohortActor } from '../common/actor.js';
import { FlagPost, Post as ForumPost, PostFlag, WritePost } from '../contracts/forums.js';
import { PageQuery, page } from '../contracts/primitives.js';
import { InCohort } from '../infra/http/access.js';
import { Replies, RepliesNothing } from '../infra/http/replies.js';
import { OpinionsService } from './opinions.service.js';
import { PostFlags } from './post-flags.service.js';
import { PostsService } from './posts.service.js';

/** Single posts, and what staff were asked to look at. */
@ApiTags('forum')
@Controller('api/cohorts/:cohortId')
@InCohort()
export class PostsController {
  constructor(
    private readonly posts: PostsService,
    private readonly opinions: OpinionsService,
    private readonly flagged: PostFlags,
  ) {}

  @Patch('posts/:postId')
  @Replies(ForumPost)
  edit(
    @CurrentCohortActor() actor: CohortActor,
    @Param('postId') postId: string,
    @Body({ schema: WritePost }) body: WritePost,
  ) {
    return this.posts.edit(actor, postId, body);
  }

  @Delete('posts/:postId')
  @RepliesNothing()
  delete(@CurrentCohortActor() actor: CohortActor, @Param('postId') postId: string) {
    return this.posts.delete(actor, postId);
  }

  @Put('posts/:postId/vote')
  @RepliesNothing()
  vote(@CurrentCohortActor() actor: CohortActor, @Param('postId') postId: string) {
    return this.opinions.vote(actor, postId);
  }

  @Delete('posts/:postId/vote')
  @RepliesNothing()
  unvote(@CurrentCohortActor() actor: CohortActor, @Param('postId') postId: string) {
    return this.opinions.unvote(actor, postId);
  }

  @Post('posts/:postId/flag')
  @RepliesNothing()
  flag(
    @CurrentCohortActor() actor: CohortActor,
    @Param('postId') postId: string,
    @Body({ schema: FlagPost }) body: FlagPost,
  ) {
    return this.flagged.add(actor, postId, body.reason);
  }

  @Get('flags')
  @InCohort('staff')
  @Replies(page(PostFlag))
  flags(@CurrentCohortActor() actor: CohortActor, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.flagged.page(actor, query);
  }

  @Delete('flags/:flagId')
  @InCohort('staff')
  @RepliesNothing()
  resolveFlag(@CurrentCohortActor() actor: CohortActor, @Param('flagId') flagId: string) {
    return this.flagged.resolve(actor, flagId);
  }
}
