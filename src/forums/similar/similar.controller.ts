import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { SetTagWords, TagSynonyms } from '../../contracts/forum-tags.js';
import { SimilarTopicsQuery, TopicSummary } from '../../contracts/forums.js';
import { page } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { SimilarTopics } from './similar-topics.js';
import { TagWordsService } from './tag-words.service.js';

const AnyTag = z.string();

/** What lies close to what is typed, or to a topic, and the words by which that is known. */
@ApiTags('forum')
@Controller('api/cohorts/:cohortId')
@InCohort()
export class SimilarController {
  constructor(
    private readonly similar: SimilarTopics,
    private readonly words: TagWordsService,
  ) {}

  @Get('topics/similar')
  @Replies(page(TopicSummary))
  async like(
    @CurrentCohortActor() actor: CohortActor,
    @Query({ schema: SimilarTopicsQuery }) query: SimilarTopicsQuery,
  ) {
    return { items: await this.similar.like(actor, query.title), nextCursor: null };
  }

  @Get('topics/:topicId/close')
  @Replies(page(TopicSummary))
  async closeTo(@CurrentCohortActor() actor: CohortActor, @Param('topicId') topicId: string) {
    return { items: await this.similar.closeTo(actor, topicId), nextCursor: null };
  }

  @Get('tags/synonyms')
  @Replies(TagSynonyms)
  synonyms(@CurrentCohortActor() actor: CohortActor) {
    return this.words.of(actor);
  }

  @Put('tags/:tag/synonyms')
  @InCohort('staff')
  @RepliesNothing()
  setSynonyms(
    @CurrentCohortActor() actor: CohortActor,
    @Param('tag', { schema: AnyTag }) tag: string,
    @Body({ schema: SetTagWords }) body: SetTagWords,
  ) {
    return this.words.set(actor, tag, body);
  }
}
