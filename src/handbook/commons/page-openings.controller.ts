import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { OpenPage, PageOpened, PageOpening } from '../../contracts/handbook/handbook-opening.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { PageOpenings } from './page-openings.service.js';

/** Each may have large files. */
const OPENING = { name: 'handbook-openings', points: 60, seconds: 600 };

/** From the handbook of a cohort to that of the commons. */
@ApiTags('handbook')
@Controller('api/cohorts/:cohortId/handbook/:pageId/commons')
@InCohort('staff')
export class PageOpeningsController {
  constructor(private readonly openings: PageOpenings) {}

  @Get()
  @InLine()
  @Replies(PageOpening)
  standing(@CurrentCohortActor() actor: CohortActor, @Param('pageId') pageId: string) {
    return this.openings.standing(actor, pageId);
  }

  @Post()
  @HttpCode(200)
  @Limited(OPENING)
  @Replies(PageOpened)
  open(
    @CurrentCohortActor() actor: CohortActor,
    @Param('pageId') pageId: string,
    @Body({ schema: OpenPage }) body: OpenPage,
  ) {
    return this.openings.open(actor, pageId, body);
  }
}
