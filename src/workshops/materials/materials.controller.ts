import { Body, Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Id } from '../../contracts/primitives.js';
import {
  AddMaterial,
  AddedMaterials,
  WorkshopMinutes,
  WriteMinutes,
} from '../../contracts/workshops/workshop-materials.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Materials } from './materials.service.js';
import { Minutes } from './minutes.service.js';

/** What a workshop leaves behind: files, links, recordings, and its minutes. */
@ApiTags('workshops')
@Controller('api/cohorts/:cohortId/workshops/:id')
export class MaterialsController {
  constructor(
    private readonly materials: Materials,
    private readonly minutes: Minutes,
  ) {}

  @Get('materials')
  @InCohort()
  @Replies(AddedMaterials)
  list(@CurrentCohortActor() actor: CohortActor, @Param('id', { schema: Id }) id: string) {
    return this.materials.list(actor, id);
  }

  @Post('materials')
  @InCohort()
  @Replies(AddedMaterials, 201)
  add(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AddMaterial }) body: AddMaterial,
  ) {
    return this.materials.add(actor, id, body);
  }

  @Delete('materials/:materialId')
  @InCohort()
  @Replies(AddedMaterials)
  remove(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Param('materialId', { schema: Id }) materialId: string,
  ) {
    return this.materials.remove(actor, id, materialId);
  }

  @Get('minutes')
  @InCohort()
  @Replies(WorkshopMinutes)
  read(@CurrentCohortActor() actor: CohortActor, @Param('id', { schema: Id }) id: string) {
    return this.minutes.read(actor, id);
  }

  @Put('minutes')
  @InCohort()
  @Replies(WorkshopMinutes)
  write(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: WriteMinutes }) body: WriteMinutes,
  ) {
    return this.minutes.write(actor, id, body);
  }
}
