import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import {
  CloseCycle,
  ClosingNote,
  Cycle,
  CyclesQuery,
  StartCycle,
  WriteClosingNote,
} from '../../contracts/mentoring/cycles.js';
import { Id, page } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { ClosingNotes } from './closing-notes.service.js';
import { CyclesService } from './cycles.service.js';

/** Others hear of each act by mail. */
const CYCLE_ACTS = { name: 'cycles', points: 60, seconds: 3600 };

/** Cycles of four sessions within a month. */
@ApiTags('coaching')
@Controller('api/cohorts/:cohortId/cycles')
@Limited(CYCLE_ACTS)
export class CyclesController {
  constructor(
    private readonly cycles: CyclesService,
    private readonly notes: ClosingNotes,
  ) {}

  @Get()
  @InCohort('fellow', 'coach', 'staff')
  @Replies(page(Cycle))
  list(@CurrentCohortActor() actor: CohortActor, @Query({ schema: CyclesQuery }) query: CyclesQuery) {
    return this.cycles.list(actor, query);
  }

  @Post()
  @InCohort('fellow', 'coach')
  @Replies(Cycle, 201)
  start(@CurrentCohortActor() actor: CohortActor, @Body({ schema: StartCycle }) body: StartCycle) {
    return this.cycles.start(actor, body);
  }

  @Get(':cycleId')
  @InCohort('fellow', 'coach', 'staff')
  @Replies(Cycle)
  get(@CurrentCohortActor() actor: CohortActor, @Param('cycleId', { schema: Id }) id: string) {
    return this.cycles.get(actor, id);
  }

  @Post(':cycleId/close')
  @InCohort('fellow', 'coach', 'staff')
  @Replies(Cycle)
  close(
    @CurrentCohortActor() actor: CohortActor,
    @Param('cycleId', { schema: Id }) id: string,
    @Body({ schema: CloseCycle }) body: CloseCycle,
  ) {
    return this.cycles.close(actor, id, body);
  }

  @Get(':cycleId/note')
  @InCohort('fellow', 'coach', 'staff')
  @Replies(ClosingNote)
  note(@CurrentCohortActor() actor: CohortActor, @Param('cycleId', { schema: Id }) id: string) {
    return this.notes.read(actor, id);
  }

  @Post(':cycleId/note')
  @InCohort('fellow', 'coach', 'staff')
  @Replies(ClosingNote, 201)
  write(
    @CurrentCohortActor() actor: CohortActor,
    @Param('cycleId', { schema: Id }) id: string,
    @Body({ schema: WriteClosingNote }) body: WriteClosingNote,
  ) {
    return this.notes.write(actor, id, body);
  }
}
