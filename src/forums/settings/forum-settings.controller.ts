import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { ForumRules, SaveForumRules } from '../../contracts/forum/rules.js';
import { SaveTopicTemplates, TopicTemplates } from '../../contracts/forum/templates.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { ForumSettings } from './forum-settings.service.js';

/** What staff set for the forum of their cohort, and all members read. */
@ApiTags('forum')
@Controller('api/cohorts/:cohortId/forum')
@InCohort()
export class ForumSettingsController {
  constructor(private readonly settings: ForumSettings) {}

  @Get('rules')
  @Replies(ForumRules)
  rules(@CurrentCohortActor() actor: CohortActor) {
    return this.settings.rules(actor);
  }

  @Put('rules')
  @InCohort('staff')
  @Replies(ForumRules)
  saveRules(@CurrentCohortActor() actor: CohortActor, @Body({ schema: SaveForumRules }) body: SaveForumRules) {
    return this.settings.saveRules(actor, body);
  }

  @Get('templates')
  @Replies(TopicTemplates)
  templates(@CurrentCohortActor() actor: CohortActor) {
    return this.settings.templates(actor);
  }

  @Put('templates')
  @InCohort('staff')
  @Replies(TopicTemplates)
  saveTemplates(
    @CurrentCohortActor() actor: CohortActor,
    @Body({ schema: SaveTopicTemplates }) body: SaveTopicTemplates,
  ) {
    return this.settings.saveTemplates(actor, body);
  }
}
