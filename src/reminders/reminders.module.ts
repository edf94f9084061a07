import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { ForumsModule } from '../forums/forums.module.js';
import { MentoringModule } from '../mentoring/mentoring.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { WorkshopsModule } from '../workshops/workshops.module.js';
import { ActionSubjects } from './action.subjects.js';
import { alertEpisodeSchema } from './alert-episode.schema.js';
import { AlertEpisodes } from './alert-episodes.repository.js';
import { ChangeWalk } from './change-walk.js';
import { CohortDays } from './cohort-days.js';
import { CohortPlanner } from './cohort-planner.js';
import { CohortRounds } from './cohort-rounds.js';
import { ContactSubjects } from './contact.subjects.js';
import { FeedbackSubjects } from './feedback.subjects.js';
import { GuestSubjects } from './guest.subjects.js';
import { InvitationSubjects } from './invitation.subjects.js';
import { CycleSubjects } from './cycle.subjects.js';
import { LadderController } from './ladder.controller.js';
import { LadderPreviewsService } from './ladder-previews.service.js';
import { ladderChangeSchema, ladderSchema } from './ladder.schema.js';
import { LadderService } from './ladder.service.js';
import { LaddersRepository } from './ladders.repository.js';
import { Ladders } from './ladders.js';
import { HandOver } from './hand-over.js';
import { LetterNews } from './letter-news.js';
import { LetterSubjects } from './letter.subjects.js';
import { MilestoneSubjects } from './milestone.subjects.js';
import { NotesSubjects } from './notes.subjects.js';
import { OperationController } from './operation.controller.js';
import { OperationService } from './operation.service.js';
import { OfferSubjects } from './offer.subjects.js';
import { PhaseSubjects } from './phase.subjects.js';
import { ReminderAlarms } from './reminder-alarms.js';
import { ReminderDetailService } from './reminder-detail.service.js';
import { ReminderDrafts } from './reminder-drafts.js';
import { ReminderEngine } from './reminder-engine.js';
import { ReminderFollow } from './reminder-follow.js';
import { ReminderHealth } from './reminder-health.js';
import { reminderMarkSchema } from './reminder-mark.schema.js';
import { ReminderLeases } from './reminder-leases.repository.js';
import { ReminderMarksRepository } from './reminder-marks.repository.js';
import { ReminderMetrics } from './reminder-metrics.js';
import { ReminderPlanner } from './reminder-planner.js';
import { ReminderReconciler } from './reminder-reconciler.js';
import { ReminderSender } from './reminder-sender.js';
import { ReminderWatch } from './reminder-watch.js';
import { reminderSchema } from './reminder.schema.js';
import { MyRemindersController } from './my-reminders.controller.js';
import { MyRemindersService } from './my-reminders.service.js';
import { RemindersController } from './reminders.controller.js';
import { RemindersReader } from './reminders.reader.js';
import { ReminderPlansRepository } from './reminder-plans.repository.js';
import { RemindersRepository } from './reminders.repository.js';
import { RemindersService } from './reminders.service.js';
import { RequestSubjects } from './request.subjects.js';
import { ResidencySubjects } from './residency.subjects.js';
import { SessionSubjects } from './session.subjects.js';
import { SubjectSources } from './subject-sources.js';
import { TopicSubjects } from './topic.subjects.js';
import { WhatIfService } from './what-if.service.js';
import { WorkshopSubjects } from './workshop.subjects.js';

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
      { name: 'ReminderMark', schema: reminderMarkSchema },
      { name: 'ReminderLadder', schema: ladderSchema },
      { name: 'ReminderLadderChange', schema: ladderChangeSchema },
    ]),
  ],
  controllers: [RemindersController, MyRemindersController, LadderController, OperationController],
  providers: [
    ChangeWalk,
    ActionSubjects,
    AlertEpisodes,
    CohortDays,
    CohortPlanner,
    CohortRounds,
    ContactSubjects,
    FeedbackSubjects,
    GuestSubjects,
    InvitationSubjects,
    CycleSubjects,
    LadderPreviewsService,
    LadderService,
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
    ReminderMarksRepository,
    ReminderMetrics,
    ReminderPlanner,
    ReminderReconciler,
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
  exports: [ReminderEngine, RemindersReader],
})
export class RemindersModule {}
