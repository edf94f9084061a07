import { Body, Controller, Delete, Get, Header, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../cohorts/cohort.guard.js';
import type { CohortActor } from '../common/actor.js';
import { Id, PageQuery, page } from '../contracts/primitives.js';
import {
  Attendance,
  AttendanceCode,
  CancelWorkshop,
  CreateWorkshop,
  FeedbackSummary,
  GiveFeedback,
  MarksTaken,
  MyFeedback,
  MyRegistration,
  Publish,
  Register,
  Registration,
  TakeAttendance,
  TakeMarks,
  UpdateWorkshop,
  Workshop,
  WorkshopList,
  WorkshopsQuery,
} from '../contracts/workshops/workshops.js';
import { InCohort } from '../infra/http/access.js';
import { InLine } from '../infra/http/load/in-line.js';
import { Replies, RepliesNothing } from '../infra/http/replies.js';
import { Limited } from '../infra/http/write-limit.guard.js';
import { AttendanceService } from './attendance/attendance.service.js';
import { CalendarEntries } from './calendar-entries.js';
import { FeedbackService } from './feedback/feedback.service.js';
import { OWN_PLACES, RegistrationsService } from './registrations/registrations.service.js';
import { MAY_PROPOSE } from './workshops.policy.js';
import { WorkshopsService } from './workshops.service.js';

/** Who comes hears of another time or place by mail. */
const CHANGES = { name: 'workshop-changes', points: 240, seconds: 3600 };

/** The workshops of a cohort. */
@ApiTags('workshops')
@Controller('api/cohorts/:cohortId/workshops')
export class WorkshopsController {
  constructor(
    private readonly workshops: WorkshopsService,
    private readonly registrations: RegistrationsService,
    private readonly attendance: AttendanceService,
    private readonly feedback: FeedbackService,
    private readonly entries: CalendarEntries,
  ) {}

  @Get()
  @InLine()
  @InCohort()
  @Replies(WorkshopList)
  list(@CurrentCohortActor() actor: CohortActor, @Query({ schema: WorkshopsQuery }) query: WorkshopsQuery) {
    return this.workshops.list(actor, query);
  }

  @Post()
  @InCohort(...MAY_PROPOSE)
  @Replies(Workshop, 201)
  create(@CurrentCohortActor() actor: CohortActor, @Body({ schema: CreateWorkshop }) body: CreateWorkshop) {
    return this.workshops.create(actor, body);
  }

  @Get(':id')
  @InCohort()
  @Replies(Workshop)
  get(@CurrentCohortActor() actor: CohortActor, @Param('id', { schema: Id }) id: string) {
    return this.workshops.get(actor, id);
  }

  /** One entry for any calendar program, to keep: the person's feed follows changes, this does not. */
  @Get(':id/calendar.ics')
  @InCohort()
  @Header('content-type', 'text/calendar; charset=utf-8')
  @ApiOkResponse({ content: { 'text/calendar': { schema: { type: 'string' } } } })
  calendarEntry(@CurrentCohortActor() actor: CohortActor, @Param('id', { schema: Id }) id: string) {
    return this.entries.of(actor, id);
  }

  @Patch(':id')
  @Limited(CHANGES)
  @InCohort()
  @Replies(Workshop)
  update(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateWorkshop }) body: UpdateWorkshop,
  ) {
    return this.workshops.update(actor, id, body);
  }

  @Delete(':id')
  @InCohort()
  @RepliesNothing()
  discard(@CurrentCohortActor() actor: CohortActor, @Param('id', { schema: Id }) id: string) {
    return this.workshops.discard(actor, id);
  }

  @Post(':id/publish')
  @InCohort()
  @Replies(Workshop)
  publish(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: Publish.optional() }) body: Publish | undefined,
  ) {
    return this.workshops.publish(actor, id, body ?? {});
  }

  @Post(':id/cancel')
  @Limited(CHANGES)
  @InCohort()
  @Replies(Workshop)
  cancel(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: CancelWorkshop }) body: CancelWorkshop,
  ) {
    return this.workshops.cancel(actor, id, body);
  }

  @Put(':id/registration')
  @Limited(OWN_PLACES)
  @InCohort()
  @Replies(MyRegistration)
  register(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: Register.optional() }) body: Register | undefined,
  ) {
    return this.registrations.register(actor, id, body ?? {});
  }

  @Delete(':id/registration')
  @Limited(OWN_PLACES)
  @InCohort()
  @RepliesNothing()
  leave(@CurrentCohortActor() actor: CohortActor, @Param('id', { schema: Id }) id: string) {
    return this.registrations.leave(actor, id);
  }

  @Get(':id/registrations')
  @InCohort()
  @Replies(page(Registration))
  whoComes(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: PageQuery }) query: PageQuery,
  ) {
    return this.registrations.list(actor, id, query);
  }

  /** Gives somebody one of the places that hosts keep. */
  @Put(':id/registrations/:userId')
  @InCohort()
  @Replies(Attendance)
  admit(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Param('userId', { schema: Id }) userId: string,
  ) {
    return this.registrations.admit(actor, id, userId);
  }

  /** The code that participants give to say that they are there. */
  @Get(':id/attendance')
  @InCohort()
  @Replies(AttendanceCode)
  attendanceCode(@CurrentCohortActor() actor: CohortActor, @Param('id', { schema: Id }) id: string) {
    return this.attendance.code(actor, id);
  }

  @Post(':id/attendance')
  @InCohort()
  @Replies(Attendance)
  takeAttendance(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: TakeAttendance }) body: TakeAttendance,
  ) {
    return this.attendance.take(actor, id, body);
  }

  /** Marks that waited on a host's device without a network. */
  @Post(':id/attendance/marks')
  @InCohort()
  @Replies(MarksTaken)
  takeMarks(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: TakeMarks }) body: TakeMarks,
  ) {
    return this.attendance.takeMarks(actor, id, body);
  }

  /** What who was there said of it, without names. */
  @Get(':id/feedback')
  @InCohort()
  @Replies(FeedbackSummary)
  feedbackSummary(@CurrentCohortActor() actor: CohortActor, @Param('id', { schema: Id }) id: string) {
    return this.feedback.summary(actor, id);
  }

  @Post(':id/feedback')
  @InCohort()
  @Replies(MyFeedback, 201)
  giveFeedback(
    @CurrentCohortActor() actor: CohortActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: GiveFeedback }) body: GiveFeedback,
  ) {
    return this.feedback.give(actor, id, body);
  }
}
