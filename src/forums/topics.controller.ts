import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../cohorts/cohort.guard.js';
import type { CohortActor } from '../common/actor.js';
import {
  AcceptAnswer,
  CreateTopic,
  Post as ForumPost,
  SetSubscription,
  SimilarTopicsQuery,
  Topic,
  TopicCounts,
  TopicSummary,
  TopicsQuery,
  UpdateTopic,
  WriteReply,
} from '../contracts/forums.js';
import { PageQuery, page } from '../contracts/primitives.js';
import { InCohort } from '../infra/http/access.js';
import { Replies, RepliesNothing } from '../infra/http/replies.js';
import { OpinionsService } from './opinions.service.js';
import { PostsService } from './posts.service.js';
import { TopicOpening } from './topic-opening.service.js';
import { TopicsService } from './topics.service.js';

/** Topics of a cohort: every member reads and writes. */
@ApiTags('forum')
@Controller('api/cohorts/:cohortId/topics')
@InCohort()
export class TopicsController {
  constructor(
    private readonly topics: TopicsService,
    private readonly opening: TopicOpening,
    private readonly posts: PostsService,
    private readonly opinions: OpinionsService,
  ) {}

  @Get()
  @Replies(page(TopicSummary))
  list(@CurrentCohortActor() actor: CohortActor, @Query({ schema: TopicsQuery }) query: TopicsQuery) {
    return this.topics.list(actor, query);
  }

  @Post()
  @Replies(Topic, 201)
  create(@CurrentCohortActor() actor: CohortActor, @Body({ schema: CreateTopic }) body: CreateTopic) {
    return this.opening.open(actor, body);
  }

  @Get('counts')
  @Replies(TopicCounts)
  counts(@CurrentCohortActor() actor: CohortActor) {
    return this.topics.counts(actor);
  }

  @Get('similar')
  @Replies(page(TopicSummary))
  async similar(
    @CurrentCohortActor() actor: CohortActor,
    @Query({ schema: SimilarTopicsQuery }) query: SimilarTopicsQuery,
  ) {
    return { items: await this.topics.similar(actor, query.title), nextCursor: null };
  }

  @Get(':topicId')
  @Replies(Topic)
  get(@CurrentCohortActor() actor: CohortActor, @Param('topicId') topicId: string) {
    return this.topics.get(actor, topicId);
  }

  @Patch(':topicId')
  @Replies(Topic)
  update(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: UpdateTopic }) body: UpdateTopic,
  ) {
    return this.topics.update(actor, topicId, body);
  }

  @Get(':topicId/posts')
  @Replies(page(ForumPost))
  listPosts(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Query({ schema: PageQuery }) query: PageQuery,
  ) {
    return this.posts.list(actor, topicId, query);
  }

  @Post(':topicId/posts')
  @Replies(ForumPost, 201)
  reply(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: WriteReply }) body: WriteReply,
  ) {
    return this.posts.reply(actor, topicId, body);
  }

  @Put(':topicId/answer')
  @Replies(Topic)
  accept(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: AcceptAnswer }) body: AcceptAnswer,
  ) {
    return this.opinions.accept(actor, topicId, body.postId);
  }

  @Delete(':topicId/answer')
  @Replies(Topic)
  withdraw(@CurrentCohortActor() actor: CohortActor, @Param('topicId') topicId: string) {
    return this.opinions.withdraw(actor, topicId);
  }

  @Put(':topicId/subscription')
  @RepliesNothing()
  follow(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: SetSubscription }) body: SetSubscription,
  ) {
    return this.topics.follow(actor, topicId, body.level);
  }
}
