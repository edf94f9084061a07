import { CallsModule } from '../calls/calls.module.js';
import { CalendarModule } from '../calendar/calendar.module.js';
import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { WorkshopsModule } from '../workshops/workshops.module.js';
import { ChatModule } from '../chat/chat.module.js';
import { ForumsModule } from '../forums/forums.module.js';
import { Outside } from '../infra/http/outside/outside.js';
import { CommonsModule } from '../commons/commons.module.js';
import { HandbookModule } from '../handbook/handbook.module.js';
import { MentoringModule } from '../mentoring/mentoring.module.js';
import { MatchingModule } from '../selection/matching/matching.module.js';
import { ApplicationNoticeRows } from './inbox/application-notice-rows.js';
import { ChatNoticeRows } from './inbox/chat-notice-rows.js';
import { ActionNotices } from './notices/action.notices.js';
import { ChatNotices } from './notices/chat.notices.js';
import { ChatQuotes } from './inbox/chat-quotes.js';
import { DeafReaders } from './rules/deaf-readers.js';
import { CommonsNotices } from './notices/commons.notices.js';
import { HandbookNotices } from './notices/handbook.notices.js';
import { CohortNotices } from './notices/cohort.notices.js';
import { CycleNotices } from './notices/mentoring/cycle.notices.js';
import { GoalNotices } from './notices/mentoring/goal.notices.js';
import { DigestContents } from './digests/digest-contents.js';
import { DigestLetters } from './digests/digest-letter.js';
import { DigestPreviewService } from './digests/digest-preview.service.js';
import { DigestForum } from './digests/digest-forum.js';
import { DigestSections } from './digests/digest-sections.js';
import { DigestSender } from './digests/digest-sender.js';
import { DigestController } from './digests/digest.controller.js';
import { Digests } from './digests/digests.js';
import { AskingNotices } from './notices/asking.notices.js';
import { AnswerNotices } from './notices/answer.notices.js';
import { FlagNotices } from './notices/flag.notices.js';
import { MovedNotices } from './notices/moved.notices.js';
import { ForumNotices } from './notices/forum.notices.js';
import { NoticesRead } from './inbox/notices-read.js';
import { NoticePlaces } from './inbox/notice-places.repository.js';
import { NoticeMoves } from './inbox/notice-moves.js';
import { TopicNoticesRead } from './inbox/topic-notices-read.js';
import { ForumNoticeRows } from './inbox/forum-notice-rows.js';
import { InboxController } from './inbox/inbox.controller.js';
import { InboxRows } from './inbox/inbox-rows.repository.js';
import { InboxService } from './inbox/inbox.service.js';
import { MailBudget, mailDaySchema } from './rules/mail-budget.js';
import { MaterialNotices } from './notices/material.notices.js';
import { NoticeCalendar } from './letters/notice-calendar.js';
import { NoticeLetters } from './letters/notice-letter.js';
import { NoticeEnds } from './inbox/notice-ends.js';
import { NoticeMails } from './letters/notice-mails.js';
import { notificationSchema } from './inbox/notification.schema.js';
import { NotificationsRepository } from './inbox/notifications.repository.js';
import { Notifier } from './notifier.js';
import { PreferencesRepository } from './rules/preferences.repository.js';
import { preferencesSchema } from './rules/preferences.schema.js';
import { NoticePushes } from './push/notice-pushes.js';
import { PushController } from './push/push.controller.js';
import { PushKeys } from './push/push-keys.js';
import { PushSender } from './push/push-sender.js';
import { PushService } from './push/push.service.js';
import { pushSubscriptionSchema } from './push/push-subscription.schema.js';
import { PushSubscriptionsRepository } from './push/push-subscriptions.repository.js';
import { Reach } from './inbox/reach.js';
import { ReadableNotices } from './inbox/readable-notices.js';
import { ToldThings } from './inbox/told-things.js';
import { ToldWords } from './inbox/told-words.js';
import { Readers } from './rules/readers.js';
import { ApplicationNotices } from './notices/calls/application.notices.js';
import { ProjectQuestionNotices } from './notices/calls/project-question.notices.js';
import { ReportNotices } from './notices/report.notices.js';
import { RequestNotices } from './notices/request.notices.js';
import { SeriesNotices } from './notices/series.notices.js';
import { MailProblemController } from './undeliverable/mail-problem.controller.js';
import { MailStoppedNotices } from './undeliverable/mail-stopped.notices.js';
import { Undeliverable } from './undeliverable/undeliverable.js';
import { UndeliverableRepository } from './undeliverable/undeliverable.repository.js';
import { undeliverableSchema } from './undeliverable/undeliverable.schema.js';
import { UnsubscribeController } from './rules/unsubscribe.controller.js';
import { SessionNames } from './words/session-names.js';
import { SessionNotices } from './notices/session.notices.js';
import { SessionSeriesNotices } from './notices/session-series.notices.js';
import { SlotNotices } from './notices/slot.notices.js';
import { WorkshopMessageNotices } from './notices/workshop-message.notices.js';
import { StopLinks } from './rules/stop-links.js';
import { Stopping } from './rules/stopping.js';
import { ToldPairs, toldPairSchema } from './rules/told-pairs.js';
import { ToldTimes } from './inbox/told-times.js';
import { WatchedChannelNotices } from './notices/watched-channel.notices.js';
import { WishNotices } from './notices/wish.notices.js';
import { HostNotices } from './notices/host.notices.js';
import { HostingNotices } from './notices/hosting.notices.js';
import { WorkshopNotices } from './notices/workshop.notices.js';

/** What reaches people, and how: one notifier for all rooms. */
@Module({
  imports: [
    CalendarModule,
    CallsModule,
    AuthModule,
    CohortsModule,
    ChatModule,
    ForumsModule,
    CommonsModule,
    HandbookModule,
    MatchingModule,
    MentoringModule,
    WorkshopsModule,
    MongooseModule.forFeature([
      { name: 'Notification', schema: notificationSchema },
      { name: 'ToldPair', schema: toldPairSchema },
      { name: 'Preferences', schema: preferencesSchema },
      { name: 'MailDay', schema: mailDaySchema },
      { name: 'PushSubscription', schema: pushSubscriptionSchema },
      { name: 'Undeliverable', schema: undeliverableSchema },
    ]),
  ],
  controllers: [DigestController, InboxController, MailProblemController, PushController, UnsubscribeController],
  providers: [
    NoticeEnds,
    NoticesRead,
    NoticePlaces,
    NoticeMoves,
    TopicNoticesRead,
    ApplicationNoticeRows,
    ChatNoticeRows,
    ActionNotices,
    ChatNotices,
    ChatQuotes,
    DeafReaders,
    CohortNotices,
    CommonsNotices,
    HandbookNotices,
    CycleNotices,
    GoalNotices,
    DigestContents,
    DigestLetters,
    DigestPreviewService,
    DigestForum,
    DigestSections,
    DigestSender,
    Digests,
    AskingNotices,
    AnswerNotices,
    FlagNotices,
    MovedNotices,
    ForumNoticeRows,
    ForumNotices,
    InboxRows,
    InboxService,
    MailBudget,
    MailStoppedNotices,
    MaterialNotices,
    NoticeCalendar,
    NoticeLetters,
    NoticeMails,
    NoticePushes,
    NotificationsRepository,
    Notifier,
    Outside,
    PreferencesRepository,
    Reach,
    ReadableNotices,
    PushKeys,
    PushSender,
    PushService,
    PushSubscriptionsRepository,
    Readers,
    ApplicationNotices,
    ProjectQuestionNotices,
    ReportNotices,
    RequestNotices,
    SeriesNotices,
    SessionNames,
    SessionNotices,
    SessionSeriesNotices,
    SlotNotices,
    StopLinks,
    Stopping,
    ToldThings,
    ToldPairs,
    ToldTimes,
    ToldWords,
    WatchedChannelNotices,
    Undeliverable,
    UndeliverableRepository,
    WorkshopMessageNotices,
    WishNotices,
    HostNotices,
    HostingNotices,
    WorkshopNotices,
  ],
  exports: [
    ChatQuotes,
    CycleNotices,
    Digests,
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
