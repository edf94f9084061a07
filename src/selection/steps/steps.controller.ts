import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Id } from '../../contracts/primitives.js';
import { ChooseFiles, CreateStep, Step, Steps, UpdateStep } from '../../contracts/selection/steps.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { StepsService } from './steps.service.js';

/** The steps of a call's selection. */
@ApiTags('selection')
@Controller('api/cohorts/:cohortId/calls/:callId/steps')
@InCohort('staff')
export class StepsController {
  constructor(private readonly steps: StepsService) {}

  @Get()
  @Replies(Steps)
  list(@CurrentCohortActor() actor: CohortActor, @Param('callId', { schema: Id }) callId: string) {
    return this.steps.list(actor, callId);
  }

  @Post()
  @Replies(Step, 201)
  create(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Body({ schema: CreateStep }) body: CreateStep,
  ) {
    return this.steps.create(actor, callId, body);
  }

  @Patch(':stepId')
  @Replies(Step)
  update(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('stepId', { schema: Id }) stepId: string,
    @Body({ schema: UpdateStep }) body: UpdateStep,
  ) {
    return this.steps.update(actor, callId, stepId, body);
  }

  @Put(':stepId/files')
  @Replies(Step)
  choose(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('stepId', { schema: Id }) stepId: string,
    @Body({ schema: ChooseFiles }) body: ChooseFiles,
  ) {
    return this.steps.choose(actor, callId, stepId, body);
  }

  @Post(':stepId/open')
  @HttpCode(200)
  @Replies(Step)
  open(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('stepId', { schema: Id }) stepId: string,
  ) {
    return this.steps.open(actor, callId, stepId);
  }

  @Post(':stepId/close')
  @HttpCode(200)
  @Replies(Step)
  close(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('stepId', { schema: Id }) stepId: string,
  ) {
    return this.steps.close(actor, callId, stepId);
  }

  @Delete(':stepId')
  @HttpCode(204)
  delete(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('stepId', { schema: Id }) stepId: string,
  ) {
    return this.steps.delete(actor, callId, stepId);
  }
}
