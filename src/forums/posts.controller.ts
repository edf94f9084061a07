import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../cohorts/cohort.guard.js';
import type { CohortActor } from '../common/actor.js';
import { EditPost, Post as ForumPost } from '../contracts/forums.js';
import { DeletedTopic, PostHistory } from '../contracts/forum-posts.js';
import { PageQuery, page } from '../contracts/primitives.js';
import { InCohort } from '../infra/http/access.js';
import { InLine } from '../infra/http/load/in-line.js';
import { Replies, RepliesNothing } from '../infra/http/replies.js';
import { Limited } from '../infra/http/write-limit.guard.js';
import type { Limit } from '../infra/redis/rate-limits.js';
import { DeletedTopics } from './deleting/deleted-topics.service.js';
import { PostDeleting } from './deleting/post-deleting.service.js';
import { PostEditing } from './history/post-editing.service.js';
import { OpinionsService } from './opinions.service.js';

/** To delete and restore: what was told of a post, or of all in a topic, is taken back and told again. */
const TAKING_AWAY: Limit = { name: 'forum-taking-away', points: 60, seconds: 600 };
/** Votes and reactions: everybody who looks at the forum asks for it again. */
const OPINIONS: Limit = { name: 'forum-opinions', points: 200, seconds: 600 };

/** Single posts. */
@ApiTags('forum')
@Controller('api/cohorts/:cohortId')
@InCohort()
export class PostsController {
  constructor(
    private readonly deleting: PostDeleting,
    private readonly deleted: DeletedTopics,
    private readonly editing: PostEditing,
    private readonly opinions: OpinionsService,
  ) {}

  @Patch('posts/:postId')
  @Replies(ForumPost)
  edit(
    @CurrentCohortActor() actor: CohortActor,
    @Param('postId') postId: string,
    @Body({ schema: EditPost }) body: EditPost,
  ) {
    return this.editing.edit(actor, postId, body);
  }

  @Get('posts/:postId/history')
  @InLine()
  @Replies(PostHistory)
  history(@CurrentCohortActor() actor: CohortActor, @Param('postId') postId: string) {
    return this.editing.history(actor, postId);
  }

  @Delete('posts/:postId')
  @Limited(TAKING_AWAY)
  @RepliesNothing()
  delete(@CurrentCohortActor() actor: CohortActor, @Param('postId') postId: string) {
    return this.deleting.delete(actor, postId);
  }

  @Post('posts/:postId/restore')
  @Limited(TAKING_AWAY)
  @Replies(ForumPost)
  restore(@CurrentCohortActor() actor: CohortActor, @Param('postId') postId: string) {
    return this.deleting.restore(actor, postId);
  }

  @Get('deleted-topics')
  @Replies(page(DeletedTopic))
  deletedTopics(@CurrentCohortActor() actor: CohortActor, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.deleted.page(actor, query);
  }

  @Put('posts/:postId/vote')
  @Limited(OPINIONS)
  @RepliesNothing()
  vote(@CurrentCohortActor() actor: CohortActor, @Param('postId') postId: string) {
    return this.opinions.vote(actor, postId);
  }

  @Delete('posts/:postId/vote')
  @Limited(OPINIONS)
  @RepliesNothing()
  unvote(@CurrentCohortActor() actor: CohortActor, @Param('postId') postId: string) {
    return this.opinions.unvote(actor, postId);
  }

  @Put('posts/:postId/reactions/:emoji')
  @Limited(OPINIONS)
  @Replies(ForumPost)
  react(@CurrentCohortActor() actor: CohortActor, @Param('postId') postId: string, @Param('emoji') emoji: string) {
    return this.opinions.react(actor, postId, emoji, true);
  }

  @Delete('posts/:postId/reactions/:emoji')
  @Limited(OPINIONS)
  @Replies(ForumPost)
  unreact(@CurrentCohortActor() actor: CohortActor, @Param('postId') postId: string, @Param('emoji') emoji: string) {
    return this.opinions.react(actor, postId, emoji, false);
  }
}
