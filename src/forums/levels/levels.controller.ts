import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { ForumLevels, SetForumLevel } from '../../contracts/forums.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { ForumLevelsService } from './forum-levels.service.js';

const AnyTag = z.string();

/** How closely one follows the forum of a cohort. */
@ApiTags('forum')
@Controller('api/cohorts/:cohortId')
@InCohort()
export class LevelsController {
  constructor(private readonly levels: ForumLevelsService) {}

  @Get('forum/subscription')
  @Replies(ForumLevels)
  of(@CurrentCohortActor() actor: CohortActor) {
    return this.levels.of(actor);
  }

  @Put('forum/subscription')
  @RepliesNothing()
  followWhole(@CurrentCohortActor() actor: CohortActor, @Body({ schema: SetForumLevel }) body: SetForumLevel) {
    return this.levels.followWhole(actor, body.level);
  }

  @Put('tags/:tag/subscription')
  @RepliesNothing()
  followTag(
    @CurrentCohortActor() actor: CohortActor,
    @Param('tag', { schema: AnyTag }) tag: string,
    @Body({ schema: SetForumLevel }) body: SetForumLevel,
  ) {
    return this.levels.followTag(actor, tag, body.level);
  }
}
