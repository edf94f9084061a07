import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { AddOutsideCalendar, OutsideCalendar } from '../../contracts/mentoring/outside-calendars.js';
import { page } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { OutsideCalendars } from './outside-calendars.service.js';

const OUTSIDE = { name: 'outside-calendars', points: 60, seconds: 3600 };

const AnyId = z.string();

/** My calendars elsewhere, which say when I cannot be booked. Nobody else sees them. */
@ApiTags('coaching')
@Controller('api/cohorts/:cohortId/coaches/me/outside-calendars')
@InCohort('coach')
export class OutsideCalendarsController {
  constructor(private readonly calendars: OutsideCalendars) {}

  @Get()
  @Replies(page(OutsideCalendar))
  async list(@CurrentCohortActor() actor: CohortActor) {
    return { items: await this.calendars.list(actor), nextCursor: null };
  }

  @Post()
  @Limited(OUTSIDE)
  @Replies(OutsideCalendar, 201)
  add(@CurrentCohortActor() actor: CohortActor, @Body({ schema: AddOutsideCalendar }) body: AddOutsideCalendar) {
    return this.calendars.add(actor, body);
  }

  @Delete(':calendarId')
  @RepliesNothing()
  remove(@CurrentCohortActor() actor: CohortActor, @Param('calendarId', { schema: AnyId }) calendarId: string) {
    return this.calendars.remove(actor, calendarId);
  }

  @Post(':calendarId/read')
  @Limited(OUTSIDE)
  @Replies(OutsideCalendar)
  readAgain(@CurrentCohortActor() actor: CohortActor, @Param('calendarId', { schema: AnyId }) calendarId: string) {
    return this.calendars.readAgain(actor, calendarId);
  }
}
