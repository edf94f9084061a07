import { Controller, Delete, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Post } from '../../contracts/forums.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited, TOLD_TO_ALL } from '../../infra/http/write-limit.guard.js';
import { Wikis } from './wikis.service.js';

/** Posts that every member may edit. */
@ApiTags('forum')
@Controller('api/cohorts/:cohortId/posts/:postId/wiki')
@InCohort()
@Limited(TOLD_TO_ALL)
export class WikisController {
  constructor(private readonly wikis: Wikis) {}

  @Put()
  @Replies(Post)
  open(@CurrentCohortActor() actor: CohortActor, @Param('postId') postId: string) {
    return this.wikis.set(actor, postId, true);
  }

  @Delete()
  @Replies(Post)
  close(@CurrentCohortActor() actor: CohortActor, @Param('postId') postId: string) {
    return this.wikis.set(actor, postId, false);
  }
}
