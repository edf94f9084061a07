import { Body, Controller, Delete, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CohortActor } from '../../common/actor.js';
import { Member, MembersQuery, RemoveMember, UpdateMember } from '../../contracts/cohorts/cohorts.js';
import { Id, page } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { BelongingService } from './belonging.service.js';
import { CurrentCohortActor } from '../cohort.guard.js';
import { Directory } from './directory.service.js';

/** The people of a cohort. */
@ApiTags('people')
@Controller('api/cohorts/:cohortId/members')
export class MembersController {
  constructor(
    private readonly directory: Directory,
    private readonly belonging: BelongingService,
  ) {}

  @Get()
  @InCohort('fellow', 'coach', 'host', 'staff', 'alumni', 'admin')
  @Replies(page(Member))
  list(@CurrentCohortActor() actor: CohortActor, @Query({ schema: MembersQuery }) query: MembersQuery) {
    return this.directory.list(actor, query);
  }

  @Get(':userId')
  @InCohort('fellow', 'coach', 'host', 'staff', 'alumni', 'admin')
  @Replies(Member)
  get(@CurrentCohortActor() actor: CohortActor, @Param('userId', { schema: Id }) userId: string) {
    return this.directory.get(actor, userId);
  }

  @Patch(':userId')
  @InCohort('staff', 'admin')
  @Replies(Member)
  update(
    @CurrentCohortActor() actor: CohortActor,
    @Param('userId', { schema: Id }) userId: string,
    @Body({ schema: UpdateMember }) body: UpdateMember,
  ) {
    return this.belonging.update(actor, userId, body);
  }

  @Delete(':userId')
  @InCohort('staff', 'admin')
  @RepliesNothing()
  remove(
    @CurrentCohortActor() actor: CohortActor,
    @Param('userId', { schema: Id }) userId: string,
    @Query({ schema: RemoveMember }) query: RemoveMember,
  ) {
    return this.belonging.remove({ cohortId: actor.cohortId, by: actor }, userId, query);
  }
}
