import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../cohorts/cohort.guard.js';
import type { CohortActor } from '../common/actor.js';
import {
  Call,
  Calls,
  CreateCall,
  EarlierCalls,
  ExtendCall,
  PublishCall,
  UpdateCall,
} from '../contracts/calls/calls.js';
import { Id } from '../contracts/primitives.js';
import { InCohort } from '../infra/http/access.js';
import { Replies } from '../infra/http/replies.js';
import { Limited } from '../infra/http/write-limit.guard.js';
import { CallsService } from './calls.service.js';
import { EarlierCallsService } from './earlier-calls.service.js';

/** It is saved as it is typed. */
const ACTS = { name: 'calls', points: 600, seconds: 600 };
/** Each may write to everybody who has begun a file. */
const MOVES = { name: 'call-moves', points: 20, seconds: 3600 };

/** The calls of a cohort: its programme team writes them. */
@ApiTags('calls')
@Controller('api/cohorts/:cohortId/calls')
@InCohort('staff')
@Limited(ACTS)
export class CallsController {
  constructor(
    private readonly calls: CallsService,
    private readonly earlier: EarlierCallsService,
  ) {}

  @Get()
  @Replies(Calls)
  list(@CurrentCohortActor() actor: CohortActor) {
    return this.calls.list(actor);
  }

  @Post()
  @Replies(Call, 201)
  create(@CurrentCohortActor() actor: CohortActor, @Body({ schema: CreateCall }) body: CreateCall) {
    return this.calls.create(actor, body);
  }

  @Get('earlier')
  @Replies(EarlierCalls)
  listEarlier(@CurrentCohortActor() actor: CohortActor) {
    return this.earlier.list(actor);
  }

  @Get(':callId')
  @Replies(Call)
  get(@CurrentCohortActor() actor: CohortActor, @Param('callId', { schema: Id }) callId: string) {
    return this.calls.get(actor, callId);
  }

  @Patch(':callId')
  @Replies(Call)
  update(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Body({ schema: UpdateCall }) body: UpdateCall,
  ) {
    return this.calls.update(actor, callId, body);
  }

  @Post(':callId/publish')
  @HttpCode(200)
  @Replies(Call)
  publish(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Body({ schema: PublishCall }) body: PublishCall,
  ) {
    return this.calls.publish(actor, callId, body.revision);
  }

  @Post(':callId/extend')
  @HttpCode(200)
  @Limited(MOVES)
  @Replies(Call)
  extend(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Body({ schema: ExtendCall }) body: ExtendCall,
  ) {
    return this.calls.extend(actor, callId, body);
  }

  @Post(':callId/close')
  @HttpCode(200)
  @Limited(MOVES)
  @Replies(Call)
  close(@CurrentCohortActor() actor: CohortActor, @Param('callId', { schema: Id }) callId: string) {
    return this.calls.close(actor, callId);
  }
}
