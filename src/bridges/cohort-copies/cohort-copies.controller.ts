import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { CohortCopyPreview, CopyCohort, PreviewCohortCopy } from '../../contracts/cohorts/cohort-copies.js';
import { Cohort } from '../../contracts/cohorts/cohorts.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { CohortCopies } from './cohort-copies.service.js';

const LOOKS = { name: 'cohort-copy-previews', points: 300, seconds: 3600 };
const COPIES = { name: 'cohort-copies', points: 30, seconds: 3600 };

/** New cohorts that begin with what one has. */
@ApiTags('cohorts')
@Controller('api/cohorts/:cohortId/copies')
@InCohort('staff')
export class CohortCopiesController {
  constructor(private readonly copies: CohortCopies) {}

  /** What would come along; nothing is kept. */
  @Post('preview')
  @Limited(LOOKS)
  @Replies(CohortCopyPreview)
  preview(@CurrentCohortActor() actor: CohortActor, @Body({ schema: PreviewCohortCopy }) body: PreviewCohortCopy) {
    return this.copies.preview(actor, body);
  }

  @Post()
  @Limited(COPIES)
  @Replies(Cohort, 201)
  copy(@CurrentCohortActor() actor: CohortActor, @Body({ schema: CopyCohort }) body: CopyCohort) {
    return this.copies.copy(actor, body);
  }
}
