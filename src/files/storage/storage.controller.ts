import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../auth/current-actor.js';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { Actor, CohortActor } from '../../common/actor.js';
import { CohortStorage, MyStorage, UpdateStorage } from '../../contracts/storage.js';
import { InCohort, SignedIn } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { StorageService } from './storage.service.js';

/** The room that files take, and how much of it there is. */
@ApiTags('files')
@Controller('api')
export class StorageController {
  constructor(private readonly storage: StorageService) {}

  @Get('me/storage')
  @SignedIn()
  @Replies(MyStorage)
  mine(@CurrentActor() actor: Actor) {
    return this.storage.mine(actor);
  }

  @Get('cohorts/:cohortId/storage')
  @InCohort('staff', 'admin')
  @Replies(CohortStorage)
  ofCohort(@CurrentCohortActor() actor: CohortActor) {
    return this.storage.ofCohort(actor);
  }

  @Patch('cohorts/:cohortId/storage')
  @InCohort('staff', 'admin')
  @Replies(CohortStorage)
  set(@CurrentCohortActor() actor: CohortActor, @Body({ schema: UpdateStorage }) body: UpdateStorage) {
    return this.storage.set(actor, body);
  }
}
