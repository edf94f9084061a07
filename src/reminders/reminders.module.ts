import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { ForumsModule } from '../forums/forums.module.js';
import { MentoringModule } from '../mentoring/mentoring.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { WorkshopsModule } from '../workshops/workshops.module.js';
import { ActionSubjects } from './sources/action.subjects.js';
import { alertEpisodeSchema } from './monitoring/alert-episode.schema.js';
import { AlertEpisodes } from './monitoring/alert-episodes.repository.js';
import { CohortDays } from './days/cohort-days.js';
import { CohortPlanner } from './planning/cohort-planner.js';
import { ContactSubjects } from './sources/contact.subjects.js';
import { FeedbackSubjects } from './sources/feedback.subjects.js';
import { GuestSubjects } from './sources/guest.subjects.js';
import { InvitationSubjects } from './sources/invitation.subjects.js';
import { CycleSubjects } from './sources/cycle.subjects.js';
import { LadderController } from './schedule/ladder.controller.js';
import { LadderPreviewsService } from './schedule/ladder-previews.service.js';
import { ladderChangeSchema, ladderSchema } from './schedule/ladder.schema.js';
import { LadderService } from './schedule/ladder.service.js';
import { LaddersRepository } from './schedule/ladders.repository.js';
import { CohortSchedules } from './schedule/cohort-schedules.js';
import { Ladders } from './schedule/ladders.js';
import { HandOver } from './sources/hand-over.js';
import { LetterNews } from './sources/letter-news.js';
import { LetterSubjects } from './sources/letter.subjects.js';
import { MilestoneSubjects } from './sources/milestone.subjects.js';
import { NotesSubjects } from './sources/notes.subjects.js';
import { OperationController } from './monitoring/operation.controller.js';
import { OperationService } from './monitoring/operation.service.js';
import { OfferSubjects } from './sources/offer.subjects.js';
import { PhaseSubjects } from './sources/phase.subjects.js';
import { ReminderAlarms } from './reminder-alarms.js';
import { ReminderDetailService } from './views/reminder-detail.service.js';
import { ReminderDrafts } from './planning/reminder-drafts.js';
import { ReminderEngine } from './reminder-engine.js';
import { ReminderFollow } from './planning/reminder-follow.js';
import { ReminderHealth } from './monitoring/reminder-health.js';
import { ReminderLeases } from './reminder-leases.repository.js';
import { ReminderMetrics } from './monitoring/reminder-metrics.js';
import { ReminderPlanner } from './planning/reminder-planner.js';
import { ReminderSender } from './reminder-sender.js';
import { ReminderWatch } from './monitoring/reminder-watch.js';
import { reminderSchema } from './reminder.schema.js';
import { MyRemindersController } from './views/my-reminders.controller.js';
import { MyRemindersService } from './views/my-reminders.service.js';
import { RemindersController } from './reminders.controller.js';
import { RemindersReader } from './reminders.reader.js';
import { ReminderPlansRepository } from './planning/reminder-plans.repository.js';
import { RemindersRepository } from './reminders.repository.js';
import { RemindersService } from './reminders.service.js';
import { RequestSubjects } from './sources/request.subjects.js';
import { ResidencySubjects } from './sources/residency.subjects.js';
import { SessionSubjects } from './sources/session.subjects.js';
import { SubjectSources } from './sources/subject-sources.js';
import { TopicSubjects } from './sources/topic.subjects.js';
import { WhatIfService } from './planning/what-if.service.js';
import { WorkshopSubjects } from './sources/workshop.subjects.js';

/** One clock for all that is in the calendar. */
@Module({
  imports: [
    AuthModule,
    CohortsModule,
    ForumsModule,
    MentoringModule,
    WorkshopsModule,
    NotificationsModule,
    MongooseModule.forFeature([
      { name: 'Reminder', schema: reminderSchema },
      { name: 'AlertEpisode', schema: alertEpisodeSchema },
      { name: 'ReminderLadder', schema: ladderSchema },
      { name: 'ReminderLadderChange', schema: ladderChangeSchema },
    ]),
  ],
  controllers: [RemindersController, MyRemindersController, LadderController, OperationController],
  providers: [
    ActionSubjects,
    AlertEpisodes,
    CohortDays,
    CohortPlanner,
    ContactSubjects,
    FeedbackSubjects,
    GuestSubjects,
    InvitationSubjects,
    CycleSubjects,
    LadderPreviewsService,
    LadderService,
    CohortSchedules,
    Ladders,
    LaddersRepository,
    HandOver,
    LetterNews,
    LetterSubjects,
    MilestoneSubjects,
    MyRemindersService,
    NotesSubjects,
    OperationService,
    OfferSubjects,
    PhaseSubjects,
    ReminderAlarms,
    ReminderDetailService,
    ReminderDrafts,
    ReminderEngine,
    ReminderFollow,
    ReminderHealth,
    ReminderLeases,
    ReminderMetrics,
    ReminderPlanner,
    ReminderSender,
    ReminderWatch,
    RemindersReader,
    RemindersRepository,
    ReminderPlansRepository,
    RemindersService,
    RequestSubjects,
    ResidencySubjects,
    SessionSubjects,
    SubjectSources,
    TopicSubjects,
    WhatIfService,
    WorkshopSubjects,
  ],
  exports: [LadderService, ReminderEngine, RemindersReader],
})
export class RemindersModule {}
