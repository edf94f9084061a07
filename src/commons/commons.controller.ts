import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../auth/current-actor.js';
import type { Actor } from '../common/actor.js';
import {
  ChooseCommonsAnswer,
  CommonsFlags,
  CommonsPost,
  CommonsTopic,
  CommonsTopicSummary,
  CommonsTopicsQuery,
  EditCommonsPost,
  WriteCommonsPost,
} from '../contracts/commons/commons.js';
import { FlagPost } from '../contracts/forum/flags.js';
import { PageQuery, page } from '../contracts/primitives.js';
import { SignedIn } from '../infra/http/access.js';
import { InLine } from '../infra/http/load/in-line.js';
import { Replies, RepliesNothing } from '../infra/http/replies.js';
import { CommonsAnswers } from './answers/commons-answers.js';
import { CommonsFlagging } from './flags/commons-flagging.js';
import { CommonsWriting } from './posts/commons-writing.js';
import { CommonsTopics } from './topics/commons-topics.service.js';

/** What cohorts opened to all: whoever is in a cohort reads and writes, in a closed one and as alumni too. */
@ApiTags('commons')
@Controller('api/commons')
@SignedIn()
export class CommonsController {
  constructor(
    private readonly topics: CommonsTopics,
    private readonly writing: CommonsWriting,
    private readonly flagging: CommonsFlagging,
    private readonly answers: CommonsAnswers,
  ) {}

  @Get('topics')
  @Replies(page(CommonsTopicSummary))
  list(@CurrentActor() actor: Actor, @Query({ schema: CommonsTopicsQuery }) query: CommonsTopicsQuery) {
    return this.topics.list(actor, query);
  }

  @Get('flags')
  @Replies(CommonsFlags)
  flags(@CurrentActor() actor: Actor) {
    return this.flagging.list(actor);
  }

  @Get('topics/:topicId')
  @Replies(CommonsTopic)
  get(@CurrentActor() actor: Actor, @Param('topicId') topicId: string) {
    return this.topics.get(actor, topicId);
  }

  @Delete('topics/:topicId')
  @RepliesNothing()
  removeTopic(@CurrentActor() actor: Actor, @Param('topicId') topicId: string) {
    return this.topics.remove(actor, topicId);
  }

  @Get('topics/:topicId/posts')
  @InLine()
  @Replies(page(CommonsPost))
  listPosts(
    @CurrentActor() actor: Actor,
    @Param('topicId') topicId: string,
    @Query({ schema: PageQuery }) query: PageQuery,
  ) {
    return this.topics.listPosts(actor, topicId, query);
  }

  @Post('topics/:topicId/posts')
  @Replies(CommonsPost, 201)
  reply(
    @CurrentActor() actor: Actor,
    @Param('topicId') topicId: string,
    @Body({ schema: WriteCommonsPost }) body: WriteCommonsPost,
  ) {
    return this.writing.reply(actor, topicId, body);
  }

  @Put('topics/:topicId/answer')
  @Replies(CommonsTopic)
  choose(
    @CurrentActor() actor: Actor,
    @Param('topicId') topicId: string,
    @Body({ schema: ChooseCommonsAnswer }) body: ChooseCommonsAnswer,
  ) {
    return this.answers.choose(actor, topicId, body.postId);
  }

  @Delete('topics/:topicId/answer')
  @Replies(CommonsTopic)
  withdraw(@CurrentActor() actor: Actor, @Param('topicId') topicId: string) {
    return this.answers.withdraw(actor, topicId);
  }

  @Patch('posts/:postId')
  @Replies(CommonsPost)
  edit(
    @CurrentActor() actor: Actor,
    @Param('postId') postId: string,
    @Body({ schema: EditCommonsPost }) body: EditCommonsPost,
  ) {
    return this.writing.edit(actor, postId, body);
  }

  @Delete('posts/:postId')
  @RepliesNothing()
  delete(@CurrentActor() actor: Actor, @Param('postId') postId: string) {
    return this.writing.delete(actor, postId);
  }

  @Post('posts/:postId/flag')
  @RepliesNothing()
  flag(@CurrentActor() actor: Actor, @Param('postId') postId: string, @Body({ schema: FlagPost }) body: FlagPost) {
    return this.flagging.flag(actor, postId, body);
  }

  @Post('posts/:postId/keep')
  @HttpCode(204)
  @RepliesNothing()
  keep(@CurrentActor() actor: Actor, @Param('postId') postId: string) {
    return this.flagging.keep(actor, postId);
  }
}
