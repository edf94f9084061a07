import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { Id } from '../../contracts/primitives.js';
import {
  MarkAttendance,
  MyInterview,
  MyInterviews,
  OfferTimes,
  OfferedTimes,
  WriteInterviewNote,
} from '../../contracts/selection/interviews.js';
import { SignedIn } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { Attendance } from './attendance/attendance.service.js';
import { MyInterviewsService } from './my-interviews.service.js';

/** A time that is taken away may be a letter to who chose it, and to all of a panel. */
const TIMES = { name: 'my-interview-times', points: 300, seconds: 3600 };
/** Each is an act of a file. */
const MARKS = { name: 'my-interview-attendance', points: 60, seconds: 3600 };

/** The interviews of who sits on a panel: juror or of the programme team. */
@ApiTags('selection')
@Controller('api/me/interviews')
@SignedIn()
export class MyInterviewsController {
  constructor(
    private readonly interviews: MyInterviewsService,
    private readonly attendance: Attendance,
  ) {}

  @Get()
  @Replies(MyInterviews)
  list(@CurrentActor() actor: Actor) {
    return this.interviews.list(actor.userId);
  }

  @Post('panels/:panelId/times')
  @Limited(TIMES)
  @Replies(OfferedTimes, 201)
  offer(
    @CurrentActor() actor: Actor,
    @Param('panelId', { schema: Id }) panelId: string,
    @Body({ schema: OfferTimes }) body: OfferTimes,
  ) {
    return this.interviews.offer(actor.userId, panelId, body);
  }

  @Delete('times/:timeId')
  @HttpCode(204)
  @Limited(TIMES)
  takeAway(@CurrentActor() actor: Actor, @Param('timeId', { schema: Id }) timeId: string) {
    return this.interviews.takeAway(actor.userId, timeId);
  }

  @Get(':interviewId')
  @Replies(MyInterview)
  get(@CurrentActor() actor: Actor, @Param('interviewId', { schema: Id }) interviewId: string) {
    return this.interviews.get(actor.userId, interviewId);
  }

  @Put(':interviewId/attendance')
  @Limited(MARKS)
  @Replies(MyInterview)
  mark(
    @CurrentActor() actor: Actor,
    @Param('interviewId', { schema: Id }) interviewId: string,
    @Body({ schema: MarkAttendance }) body: MarkAttendance,
  ) {
    return this.attendance.byPanel(actor.userId, interviewId, body);
  }

  @Put(':interviewId/note')
  @Replies(MyInterview)
  write(
    @CurrentActor() actor: Actor,
    @Param('interviewId', { schema: Id }) interviewId: string,
    @Body({ schema: WriteInterviewNote }) body: WriteInterviewNote,
  ) {
    return this.interviews.write(actor.userId, interviewId, body);
  }
}
