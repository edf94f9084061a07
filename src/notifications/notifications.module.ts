import { CalendarModule } from '../calendar/calendar.module.js';
import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { WorkshopsModule } from '../workshops/workshops.module.js';
import { ChatModule } from '../chat/chat.module.js';
import { ForumsModule } from '../forums/forums.module.js';
import { Outside } from '../infra/http/outside.js';
import { MentoringModule } from '../mentoring/mentoring.module.js';
import { ChatNoticeRows } from './chat-notice-rows.js';
import { ActionNotices } from './action.notices.js';
import { ChatNotices } from './chat.notices.js';
import { ChatQuotes } from './chat-quotes.js';
import { DeafReaders } from './deaf-readers.js';
import { CohortNotices } from './cohort.notices.js';
import { CycleNotices } from './cycle.notices.js';
import { DigestContents } from './digest-contents.js';
import { DigestLetters } from './digest-letter.js';
import { DigestPreviewService } from './digest-preview.service.js';
import { DigestSections } from './digest-sections.js';
import { DigestSender } from './digest-sender.js';
import { DigestController } from './digest.controller.js';
import { digestSchema } from './digest.schema.js';
import { Digests } from './digests.js';
import { DigestsRepository } from './digests.repository.js';
import { ForumNotices } from './forum.notices.js';
import { InboxController } from './inbox.controller.js';
import { InboxService } from './inbox.service.js';
import { MailBudget, mailDaySchema } from './mail-budget.js';
import { MaterialNotices } from './material.notices.js';
import { NoticeCalendar } from './notice-calendar.js';
import { NoticeLetters } from './notice-letter.js';
import { NoticeMailQueue } from './notice-mail.queue.js';
import { NoticeEnds } from './notice-ends.js';
import { NoticeMails } from './notice-mails.js';
import { notificationSchema } from './notification.schema.js';
import { NotificationsRepository } from './notifications.repository.js';
import { Notifier } from './notifier.js';
import { PreferencesRepository } from './preferences.repository.js';
import { preferencesSchema } from './preferences.schema.js';
import { NoticePushes } from './push/notice-pushes.js';
import { PushController } from './push/push.controller.js';
import { PushKeys } from './push/push-keys.js';
import { PushRows } from './push/push-rows.repository.js';
import { PushSender } from './push/push-sender.js';
import { PushService } from './push/push.service.js';
import { pushSubscriptionSchema } from './push/push-subscription.schema.js';
import { PushSubscriptionsRepository } from './push/push-subscriptions.repository.js';
import { Reach } from './reach.js';
import { Readers } from './readers.js';
import { ReportNotices } from './report.notices.js';
import { RequestNotices } from './request.notices.js';
import { SeriesNotices } from './series.notices.js';
import { MailProblemController } from './undeliverable/mail-problem.controller.js';
import { MailStoppedNotices } from './undeliverable/mail-stopped.notices.js';
import { Undeliverable } from './undeliverable/undeliverable.js';
import { UndeliverableRepository } from './undeliverable/undeliverable.repository.js';
import { undeliverableSchema } from './undeliverable/undeliverable.schema.js';
import { UnsubscribeController } from './unsubscribe.controller.js';
import { SessionNames } from './session-names.js';
import { SessionNotices } from './session.notices.js';
import { SlotNotices } from './slot.notices.js';
import { WorkshopMessageNotices } from './workshop-message.notices.js';
import { StopLinks } from './stop-links.js';
import { Stopping } from './stopping.js';
import { ToldTimes } from './told-times.js';
import { UntoldLooks } from './untold-looks.js';
import { WatchedChannelNotices } from './watched-channel.notices.js';
import { WishNotices } from './wish.notices.js';
import { HostNotices } from './host.notices.js';
import { WorkshopNotices } from './workshop.notices.js';

/** What reaches people, and how: one notifier for all rooms. */
@Module({
  imports: [
    CalendarModule,
    AuthModule,
    CohortsModule,
    ChatModule,
    ForumsModule,
    MentoringModule,
    WorkshopsModule,
    MongooseModule.forFeature([
      { name: 'Notification', schema: notificationSchema },
      { name: 'Preferences', schema: preferencesSchema },
      { name: 'Digest', schema: digestSchema },
      { name: 'MailDay', schema: mailDaySchema },
      { name: 'PushSubscription', schema: pushSubscriptionSchema },
      { name: 'Undeliverable', schema: undeliverableSchema },
    ]),
  ],
  controllers: [DigestController, InboxController, MailProblemController, PushController, UnsubscribeController],
  providers: [
    NoticeEnds,
    ChatNoticeRows,
    ActionNotices,
    ChatNotices,
    ChatQuotes,
    DeafReaders,
    CohortNotices,
    CycleNotices,
    DigestContents,
    DigestLetters,
    DigestPreviewService,
    DigestSections,
    DigestSender,
    Digests,
    DigestsRepository,
    ForumNotices,
    InboxService,
    MailBudget,
    MailStoppedNotices,
    MaterialNotices,
    NoticeCalendar,
    NoticeLetters,
    NoticeMailQueue,
    NoticeMails,
    NoticePushes,
    NotificationsRepository,
    Notifier,
    Outside,
    PreferencesRepository,
    Reach,
    PushKeys,
    PushRows,
    PushSender,
    PushService,
    PushSubscriptionsRepository,
    Readers,
    ReportNotices,
    RequestNotices,
    SeriesNotices,
    SessionNames,
    SessionNotices,
    SlotNotices,
    StopLinks,
    Stopping,
    ToldTimes,
    WatchedChannelNotices,
    Undeliverable,
    UndeliverableRepository,
    UntoldLooks,
    WorkshopMessageNotices,
    WishNotices,
    HostNotices,
    WorkshopNotices,
  ],
  exports: [
    CycleNotices,
    Digests,
    DigestsRepository,
    InboxService,
    MailBudget,
    NoticeLetters,
    Notifier,
    PreferencesRepository,
    Reach,
    Readers,
    RequestNotices,
    SessionNames,
    SessionNotices,
    Undeliverable,
    WorkshopNotices,
  ],
})
export class NotificationsModule {}
