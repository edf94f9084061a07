import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Id } from '../../contracts/primitives.js';
import {
  ChooseTime,
  CreatePanel,
  Interviews,
  InterviewNotes,
  InvitableFiles,
  InviteToInterviews,
  InvitedToInterviews,
  MarkAttendance,
  OfferTimes,
  OfferedTimes,
  RemindedToChoose,
  UpdatePanel,
} from '../../contracts/selection/interviews.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { Attendance } from './attendance/attendance.service.js';
import { InvitingToInterviews } from './inviting.service.js';
import { PanelsService } from './panels.service.js';
import { StaffTimes } from './staff-times.service.js';

/** Each may be a letter to hundreds of strangers. */
const LETTERS = { name: 'interview-letters', points: 60, seconds: 3600 };
/** Each may be a letter to one, and to all of a panel. */
const SINGLE_LETTERS = { name: 'interview-times', points: 300, seconds: 3600 };

/** Each is an act of a file. */
const MARKS = { name: 'interview-attendance', points: 60, seconds: 3600 };

/** The interviews of a call, as staff plan them. */
@ApiTags('selection')
@Controller('api/cohorts/:cohortId/calls/:callId/interviews')
@InCohort('staff')
export class InterviewsController {
  constructor(
    private readonly panels: PanelsService,
    private readonly inviting: InvitingToInterviews,
    private readonly times: StaffTimes,
    private readonly attendance: Attendance,
  ) {}

  @Get()
  @Replies(Interviews)
  list(@CurrentCohortActor() actor: CohortActor, @Param('callId', { schema: Id }) callId: string) {
    return this.panels.list(actor, callId);
  }

  @Get('files')
  @Replies(InvitableFiles)
  files(@CurrentCohortActor() actor: CohortActor, @Param('callId', { schema: Id }) callId: string) {
    return this.inviting.files(actor, callId);
  }

  @Post('panels')
  @Replies(Interviews, 201)
  create(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Body({ schema: CreatePanel }) body: CreatePanel,
  ) {
    return this.panels.create(actor, callId, body);
  }

  @Patch('panels/:panelId')
  @Limited(LETTERS)
  @Replies(Interviews)
  update(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('panelId', { schema: Id }) panelId: string,
    @Body({ schema: UpdatePanel }) body: UpdatePanel,
  ) {
    return this.panels.update(actor, callId, panelId, body);
  }

  @Delete('panels/:panelId')
  @HttpCode(204)
  delete(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('panelId', { schema: Id }) panelId: string,
  ) {
    return this.panels.delete(actor, callId, panelId);
  }

  @Post('panels/:panelId/times')
  @Replies(OfferedTimes, 201)
  offer(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('panelId', { schema: Id }) panelId: string,
    @Body({ schema: OfferTimes }) body: OfferTimes,
  ) {
    return this.times.offer(actor, callId, panelId, body);
  }

  @Delete('times/:timeId')
  @HttpCode(204)
  @Limited(SINGLE_LETTERS)
  takeAway(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('timeId', { schema: Id }) timeId: string,
  ) {
    return this.times.takeAway(actor, callId, timeId);
  }

  @Post('panels/:panelId/invitations')
  @Limited(LETTERS)
  @Replies(InvitedToInterviews, 201)
  invite(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('panelId', { schema: Id }) panelId: string,
    @Body({ schema: InviteToInterviews }) body: InviteToInterviews,
  ) {
    return this.inviting.invite(actor, callId, panelId, body);
  }

  @Post('panels/:panelId/remind')
  @HttpCode(200)
  @Limited(LETTERS)
  @Replies(RemindedToChoose)
  remind(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('panelId', { schema: Id }) panelId: string,
  ) {
    return this.inviting.remind(actor, callId, panelId);
  }

  @Get(':interviewId/notes')
  @Replies(InterviewNotes)
  notes(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('interviewId', { schema: Id }) interviewId: string,
  ) {
    return this.inviting.notes(actor, callId, interviewId);
  }

  @Put(':interviewId/time')
  @HttpCode(204)
  @Limited(SINGLE_LETTERS)
  setTime(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('interviewId', { schema: Id }) interviewId: string,
    @Body({ schema: ChooseTime }) body: ChooseTime,
  ) {
    return this.times.set(actor, callId, interviewId, body);
  }

  @Put(':interviewId/attendance')
  @HttpCode(204)
  @Limited(MARKS)
  mark(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('interviewId', { schema: Id }) interviewId: string,
    @Body({ schema: MarkAttendance }) body: MarkAttendance,
  ) {
    return this.attendance.byStaff(actor, callId, interviewId, body);
  }

  @Delete(':interviewId')
  @HttpCode(204)
  @Limited(SINGLE_LETTERS)
  callOff(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('interviewId', { schema: Id }) interviewId: string,
  ) {
    return this.inviting.callOff(actor, callId, interviewId);
  }
}
