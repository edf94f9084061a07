import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { FreeCoaches, HandOverSession, NoteShares, ShareNotes } from '../../contracts/mentoring/hand-overs.js';
import { MentoringSession } from '../../contracts/mentoring/mentoring.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { HandOvers } from './hand-overs.service.js';
import { NoteSharing } from './note-sharing.service.js';

/** Handing a session over to another coach, and what the fellow lets them read then. */
@ApiTags('coaching')
@Controller('api/cohorts/:cohortId/sessions/:sessionId')
export class HandOversController {
  constructor(
    private readonly handOvers: HandOvers,
    private readonly sharing: NoteSharing,
  ) {}

  @Get('free-coaches')
  @InCohort('coach', 'staff')
  @Replies(FreeCoaches)
  free(@CurrentCohortActor() actor: CohortActor, @Param('sessionId', { schema: z.string() }) id: string) {
    return this.handOvers.free(actor, id);
  }

  @Post('hand-over')
  @InCohort('coach', 'staff')
  @Replies(MentoringSession)
  handOver(
    @CurrentCohortActor() actor: CohortActor,
    @Param('sessionId', { schema: z.string() }) id: string,
    @Body({ schema: HandOverSession }) body: HandOverSession,
  ) {
    return this.handOvers.handOver(actor, id, body);
  }

  @Get('note-shares')
  @InCohort()
  @Replies(NoteShares)
  shares(@CurrentCohortActor() actor: CohortActor, @Param('sessionId', { schema: z.string() }) id: string) {
    return this.sharing.list(actor, id);
  }

  @Put('note-shares')
  @InCohort()
  @Replies(NoteShares)
  share(
    @CurrentCohortActor() actor: CohortActor,
    @Param('sessionId', { schema: z.string() }) id: string,
    @Body({ schema: ShareNotes }) body: ShareNotes,
  ) {
    return this.sharing.share(actor, id, body);
  }
}
