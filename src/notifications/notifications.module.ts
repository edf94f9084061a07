import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { WorkshopsModule } from '../workshops/workshops.module.js';
import { ChatModule } from '../chat/chat.module.js';
import { ForumsModule } from '../forums/forums.module.js';
import { MentoringModule } from '../mentoring/mentoring.module.js';
import { ChatNoticeRows } from './chat-notice-rows.js';
import { ActionNotices } from './action.notices.js';
import { ChatNotices } from './chat.notices.js';
import { CohortNotices } from './cohort.notices.js';
import { CycleNotices } from './cycle.notices.js';
import { ForumNotices } from './forum.notices.js';
import { InboxController } from './inbox.controller.js';
import { InboxService } from './inbox.service.js';
import { MaterialNotices } from './material.notices.js';
import { NoticeCalendar } from './notice-calendar.js';
import { NoticeLetters } from './notice-letter.js';
import { NoticeMailQueue } from './notice-mail.queue.js';
import { NoticeMails } from './notice-mails.js';
import { notificationSchema } from './notification.schema.js';
import { NotificationsRepository } from './notifications.repository.js';
import { Notifier } from './notifier.js';
import { PreferencesRepository } from './preferences.repository.js';
import { preferencesSchema } from './preferences.schema.js';
import { Readers } from './readers.js';
import { ReportNotices } from './report.notices.js';
import { RequestNotices } from './request.notices.js';
import { SeriesNotices } from './series.notices.js';
import { UnsubscribeController } from './unsubscribe.controller.js';
import { SessionNames } from './session-names.js';
import { SessionNotices } from './session.notices.js';
import { SlotNotices } from './slot.notices.js';
import { WorkshopMessageNotices } from './workshop-message.notices.js';
import { WishNotices } from './wish.notices.js';
import { WorkshopNotices } from './workshop.notices.js';

/** What reaches people, and how: one notifier for all rooms. */
@Module({
  imports: [
    AuthModule,
    CohortsModule,
    ChatModule,
    ForumsModule,
    MentoringModule,
    WorkshopsModule,
    MongooseModule.forFeature([
      { name: 'Notification', schema: notificationSchema },
      { name: 'Preferences', schema: preferencesSchema },
    ]),
  ],
  controllers: [InboxController, UnsubscribeController],
  providers: [
    ChatNoticeRows,
    ActionNotices,
    ChatNotices,
    CohortNotices,
    CycleNotices,
    ForumNotices,
    InboxService,
    MaterialNotices,
    NoticeCalendar,
    NoticeLetters,
    NoticeMailQueue,
    NoticeMails,
    NotificationsRepository,
    Notifier,
    PreferencesRepository,
    Readers,
    ReportNotices,
    RequestNotices,
    SeriesNotices,
    SessionNames,
    SessionNotices,
    SlotNotices,
    WorkshopMessageNotices,
    WishNotices,
    WorkshopNotices,
  ],
  exports: [
    CycleNotices,
    InboxService,
    NoticeLetters,
    Notifier,
    PreferencesRepository,
    Readers,
    RequestNotices,
    SessionNames,
    SessionNotices,
    WorkshopNotices,
  ],
})
export class NotificationsModule {}
