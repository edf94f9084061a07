import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { CopyProgramme, ProgrammeCopy } from '../../contracts/workshops/workshop-copies.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { ProgrammeCopies } from './programme-copies.service.js';

const COPIES = { name: 'programme-copies', points: 120, seconds: 3600 };

/** The programme of another cohort, for this one. */
@ApiTags('workshops')
@Controller('api/cohorts/:cohortId/workshops/copy')
export class ProgrammeCopiesController {
  constructor(private readonly copies: ProgrammeCopies) {}

  /** What a copy would make; nothing is kept. */
  @Post('preview')
  @Limited(COPIES)
  @InCohort('staff')
  @Replies(ProgrammeCopy)
  preview(@CurrentCohortActor() actor: CohortActor, @Body({ schema: CopyProgramme }) body: CopyProgramme) {
    return this.copies.preview(actor, body);
  }

  @Post()
  @Limited(COPIES)
  @InCohort('staff')
  @Replies(ProgrammeCopy)
  copy(@CurrentCohortActor() actor: CohortActor, @Body({ schema: CopyProgramme }) body: CopyProgramme) {
    return this.copies.copy(actor, body);
  }
}
