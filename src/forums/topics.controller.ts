import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../cohorts/cohort.guard.js';
import type { CohortActor } from '../common/actor.js';
import {
  AcceptAnswer,
  CreateTopic,
  MarkTopicRead,
  Post as ForumPost,
  PostsQuery,
  SetSubscription,
  Topic,
  TopicCounts,
  TopicReadState,
  TopicSummary,
  TopicsQuery,
  UpdateTopic,
  WriteReply,
} from '../contracts/forums.js';
import { page } from '../contracts/primitives.js';
import { InCohort } from '../infra/http/access.js';
import { InLine } from '../infra/http/load/in-line.js';
import { Replies, RepliesNothing } from '../infra/http/replies.js';
import { Limited, TOLD_TO_ALL } from '../infra/http/write-limit.guard.js';
import type { Limit } from '../infra/redis/rate-limits.js';
import { OpinionsService } from './opinions.service.js';
import { PostsService } from './posts.service.js';
import { TopicOpening } from './topic-opening.service.js';
import { TopicReading } from './reading/topic-reading.service.js';
import { TopicsService } from './topics.service.js';

/** Each level that is chosen plans what its person is reminded of. */
const LEVELS: Limit = { name: 'topic-levels', points: 120, seconds: 600 };

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
    private readonly reading: TopicReading,
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

  @Get(':topicId')
  @Replies(Topic)
  get(@CurrentCohortActor() actor: CohortActor, @Param('topicId') topicId: string) {
    return this.topics.get(actor, topicId);
  }

  @Patch(':topicId')
  @Limited(TOLD_TO_ALL)
  @Replies(Topic)
  update(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: UpdateTopic }) body: UpdateTopic,
  ) {
    return this.topics.update(actor, topicId, body);
  }

  @Get(':topicId/posts')
  @InLine()
  @Replies(page(ForumPost))
  listPosts(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Query({ schema: PostsQuery }) query: PostsQuery,
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
  @Limited(TOLD_TO_ALL)
  @Replies(Topic)
  accept(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: AcceptAnswer }) body: AcceptAnswer,
  ) {
    return this.opinions.accept(actor, topicId, body.postId);
  }

  @Delete(':topicId/answer')
  @Limited(TOLD_TO_ALL)
  @Replies(Topic)
  withdraw(@CurrentCohortActor() actor: CohortActor, @Param('topicId') topicId: string) {
    return this.opinions.withdraw(actor, topicId);
  }

  @Put(':topicId/read')
  @Replies(TopicReadState)
  read(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: MarkTopicRead }) body: MarkTopicRead,
  ) {
    return this.reading.markRead(actor, topicId, body.number);
  }

  @Put(':topicId/subscription')
  @Limited(LEVELS)
  @RepliesNothing()
  follow(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: SetSubscription }) body: SetSubscription,
  ) {
    return this.topics.follow(actor, topicId, body.level);
  }
}
