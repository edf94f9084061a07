import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../../auth/auth.module.js';
import { CalendarModule } from '../../calendar/calendar.module.js';
import { CallsModule } from '../../calls/calls.module.js';
import { CohortsModule } from '../../cohorts/cohorts.module.js';
import { ReviewsModule } from '../reviews.module.js';
import { Attendance } from './attendance/attendance.service.js';
import { ChoosingTimes } from './choosing.service.js';
import { InterviewFollow } from './interview-follow.js';
import { InterviewLetters } from './interview-letters.js';
import { InterviewMails } from './interview-mails.js';
import { InterviewNotesRepository } from './notes/interview-notes.repository.js';
import { interviewSchema, noteSchema, panelSchema, timeSchema } from './interview.schema.js';
import { Interviewers } from './interviewers.js';
import { InterviewsController } from './interviews.controller.js';
import { InterviewsRepository } from './interviews.repository.js';
import { InvitingToInterviews } from './inviting.service.js';
import { MyInterviewsController } from './my-interviews.controller.js';
import { MyInterviewsService } from './my-interviews.service.js';
import { Offering } from './offering.service.js';
import { OwnInterviewController } from './own-interview.controller.js';
import { PanelChanges } from './panel-changes.js';
import { PanelsRepository } from './panels.repository.js';
import { PanelsService } from './panels.service.js';
import { StaffTimes } from './staff-times.service.js';

/** Interviews with those who applied: panels offer times, who is invited chooses one, and what was said is noted. */
@Module({
  imports: [
    AuthModule,
    CalendarModule,
    CallsModule,
    CohortsModule,
    ReviewsModule,
    MongooseModule.forFeature([
      { name: 'InterviewPanel', schema: panelSchema },
      { name: 'InterviewTime', schema: timeSchema },
      { name: 'Interview', schema: interviewSchema },
      { name: 'InterviewNote', schema: noteSchema },
    ]),
  ],
  controllers: [InterviewsController, MyInterviewsController, OwnInterviewController],
  providers: [
    Attendance,
    ChoosingTimes,
    InterviewFollow,
    InterviewLetters,
    InterviewMails,
    InterviewNotesRepository,
    Interviewers,
    InterviewsRepository,
    InvitingToInterviews,
    MyInterviewsService,
    Offering,
    PanelChanges,
    PanelsRepository,
    PanelsService,
    StaffTimes,
  ],
})
export class InterviewsModule {}
