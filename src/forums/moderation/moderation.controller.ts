import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import {
  CloseTopic,
  MarkDuplicate,
  MergeTopic,
  MovePosts,
  PinTopic,
  PostPlace,
  SlowTopic,
  TopicAct,
} from '../../contracts/forum-moderation.js';
import { Topic } from '../../contracts/forums.js';
import { PageQuery, page } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { SlowTopics } from '../slow/slow-topics.service.js';
import { DuplicatesService } from './duplicates.service.js';
import { MovingService } from './moving.service.js';
import { TopicStates } from './topic-states.service.js';
import { TopicTrail } from './topic-trail.service.js';

/** What is done with a topic itself, and where its posts went. */
@ApiTags('forum')
@Controller('api/cohorts/:cohortId/topics/:topicId')
@InCohort()
export class ModerationController {
  constructor(
    private readonly states: TopicStates,
    private readonly slow: SlowTopics,
    private readonly moving: MovingService,
    private readonly duplicates: DuplicatesService,
    private readonly trail: TopicTrail,
  ) {}

  @Post('close')
  @Replies(Topic)
  close(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: CloseTopic }) body: CloseTopic,
  ) {
    return this.states.close(actor, topicId, body.why, 'closed');
  }

  @Post('lock')
  @InCohort('staff')
  @Replies(Topic)
  lock(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: CloseTopic }) body: CloseTopic,
  ) {
    return this.states.close(actor, topicId, body.why, 'locked');
  }

  @Post('reopen')
  @Replies(Topic)
  reopen(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: CloseTopic }) body: CloseTopic,
  ) {
    return this.states.reopen(actor, topicId, body.why);
  }

  @Put('pin')
  @InCohort('staff')
  @Replies(Topic)
  pin(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: PinTopic }) body: PinTopic,
  ) {
    return this.states.pin(actor, topicId, body);
  }

  @Delete('pin')
  @InCohort('staff')
  @Replies(Topic)
  unpin(@CurrentCohortActor() actor: CohortActor, @Param('topicId') topicId: string) {
    return this.states.unpin(actor, topicId);
  }

  @Put('slow')
  @InCohort('staff')
  @Replies(Topic)
  slowDown(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: SlowTopic }) body: SlowTopic,
  ) {
    return this.slow.set(actor, topicId, body);
  }

  @Delete('slow')
  @InCohort('staff')
  @Replies(Topic)
  endSlow(@CurrentCohortActor() actor: CohortActor, @Param('topicId') topicId: string) {
    return this.slow.end(actor, topicId);
  }

  @Post('move')
  @InCohort('staff')
  @Replies(Topic)
  move(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: MovePosts }) body: MovePosts,
  ) {
    return this.moving.move(actor, topicId, body);
  }

  @Post('merge')
  @InCohort('staff')
  @Replies(Topic)
  merge(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: MergeTopic }) body: MergeTopic,
  ) {
    return this.moving.merge(actor, topicId, body);
  }

  @Post('duplicate')
  @Replies(Topic)
  duplicate(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: MarkDuplicate }) body: MarkDuplicate,
  ) {
    return this.duplicates.mark(actor, topicId, body);
  }

  @Get('acts')
  @Replies(page(TopicAct))
  acts(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Query({ schema: PageQuery }) query: PageQuery,
  ) {
    return this.trail.page(actor, topicId, query);
  }

  @Get('posts/:number')
  @Replies(PostPlace)
  placeOf(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Param('number') number: string,
  ) {
    return this.trail.placeOf(actor, topicId, number);
  }
}
