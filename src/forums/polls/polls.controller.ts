import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { PollVoter, VoteInPoll } from '../../contracts/forum/polls.js';
import { Post as ForumPost } from '../../contracts/forums.js';
import { Id, PageQuery, page } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import type { Limit } from '../../infra/redis/rate-limits.js';
import { Polls } from './polls.service.js';

/** Everybody who looks at the topic asks for it again. */
const VOTES: Limit = { name: 'poll-votes', points: 60, seconds: 600 };

/** The poll of a post, whose id it has. */
@ApiTags('forum')
@Controller('api/cohorts/:cohortId/polls/:postId')
@InCohort()
export class PollsController {
  constructor(private readonly polls: Polls) {}

  @Put('vote')
  @Limited(VOTES)
  @Replies(ForumPost)
  vote(
    @CurrentCohortActor() actor: CohortActor,
    @Param('postId', { schema: Id }) postId: string,
    @Body({ schema: VoteInPoll }) body: VoteInPoll,
  ) {
    return this.polls.vote(actor, postId, body);
  }

  @Post('close')
  @Replies(ForumPost)
  close(@CurrentCohortActor() actor: CohortActor, @Param('postId', { schema: Id }) postId: string) {
    return this.polls.close(actor, postId);
  }

  @Get('voters')
  @Replies(page(PollVoter))
  voters(
    @CurrentCohortActor() actor: CohortActor,
    @Param('postId', { schema: Id }) postId: string,
    @Query({ schema: PageQuery }) query: PageQuery,
  ) {
    return this.polls.voters(actor, postId, query);
  }
}
