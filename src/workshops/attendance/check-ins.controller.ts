import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Id } from '../../contracts/primitives.js';
import { CheckIn, CheckedIn } from '../../contracts/workshops/check-ins.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { CheckIns } from './check-ins.service.js';

/** One host at a door for ten minutes, a person each two seconds. */
const CHECK_INS = { name: 'check-ins', points: 300, seconds: 600 };

/** The door of a workshop, for staff and its hosts. */
@ApiTags('workshops')
@Controller('api/cohorts/:cohortId/workshops/:id/check-ins')
export class CheckInsController {
  constructor(private readonly checkIns: CheckIns) {}

  /** Somebody shows their pass, or is found by name: they are there. */
  @Post()
  @InCohort()
  @Limited(CHECK_INS)
  @Replies(CheckedIn)
  checkIn(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: CheckIn }) body: CheckIn,
  ) {
    return this.checkIns.checkIn(actor, id, body);
  }
}
