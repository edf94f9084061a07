import { Body, Controller, Delete, Get, Header, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { AddGuest, Guests, GuestsQuery, PublicPage, SetPublicPage } from '../../contracts/workshops/guests.js';
import { Id } from '../../contracts/primitives.js';
import { Attendance } from '../../contracts/workshops/workshops.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { GuestLists } from './guest-lists.service.js';
import { PublicPages } from './public-pages.service.js';

/** More than come through a door in that time. */
const LET_IN = { name: 'guests-let-in', points: 120, seconds: 600 };

/** A workshop's page for everybody and its guests, for staff and its hosts. */
@ApiTags('guests')
@Controller('api/cohorts/:cohortId/workshops/:id')
export class GuestsController {
  constructor(
    private readonly pages: PublicPages,
    private readonly guests: GuestLists,
  ) {}

  @Get('public-page')
  @InCohort()
  @Replies(PublicPage)
  settings(@CurrentCohortActor() actor: CohortActor, @Param('id', { schema: Id }) id: string) {
    return this.pages.settings(actor, id);
  }

  @Put('public-page')
  @InCohort()
  @Replies(PublicPage)
  set(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: SetPublicPage }) body: SetPublicPage,
  ) {
    return this.pages.set(actor, id, body);
  }

  @Get('guests')
  @InCohort()
  @Replies(Guests)
  list(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: GuestsQuery }) query: GuestsQuery,
  ) {
    return this.guests.list(actor, id, query);
  }

  @Get('guests.csv')
  @InCohort()
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="guests.csv"')
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  csv(@CurrentCohortActor() actor: CohortActor, @Param('id', { schema: Id }) id: string) {
    return this.guests.csv(actor, id);
  }

  /** Somebody from outside is there without having registered. */
  @Post('guests')
  @InCohort()
  @Limited(LET_IN)
  @Replies(Attendance)
  letIn(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AddGuest }) body: AddGuest,
  ) {
    return this.guests.letIn(actor, id, body);
  }

  /** Takes a guest's place; they hear of it by mail. */
  @Delete('guests/:guestId')
  @InCohort()
  @RepliesNothing()
  end(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Param('guestId', { schema: Id }) guestId: string,
  ) {
    return this.guests.end(actor, id, guestId);
  }
}
