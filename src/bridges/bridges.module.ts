import { CalendarModule } from '../calendar/calendar.module.js';
import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AgendaModule } from '../agenda/agenda.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { ChatModule } from '../chat/chat.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { FilesModule } from '../files/files.module.js';
import { ForumsModule } from '../forums/forums.module.js';
import { HandbookModule } from '../handbook/handbook.module.js';
import { MentoringModule } from '../mentoring/mentoring.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { Outside } from '../infra/http/outside/outside.js';
import { RemindersModule } from '../reminders/reminders.module.js';
import { WorkshopsModule } from '../workshops/workshops.module.js';
import { MovePreviewsController } from './move-previews.controller.js';
import { MovePreviews } from './move-previews.service.js';
import { CoachingLoadController } from './board/coaching-load.controller.js';
import { CoachingLoads } from './board/coaching-load.service.js';
import { OverviewController } from './board/overview.controller.js';
import { OverviewService } from './board/overview.service.js';
import { SetUpController } from './board/set-up.controller.js';
import { SetUpService } from './board/set-up.service.js';
import { AnsweredBeforeController } from './answered-before.controller.js';
import { AnsweredInForum } from './answered-before.service.js';
import { LinkCardsController } from './link-cards/link-cards.controller.js';
import { LinkCardsService } from './link-cards/link-cards.service.js';
import { PersonCards } from './link-cards/person-cards.js';
import { SessionCards } from './link-cards/session-cards.js';
import { TopicCards } from './link-cards/topic-cards.js';
import { WorkshopCards } from './link-cards/workshop-cards.js';
import { DiscussionCards } from './discussions/discussion-cards.js';
import { discussionSchema } from './discussions/discussion.schema.js';
import { DiscussionsController } from './discussions/discussions.controller.js';
import { DiscussionsRepository } from './discussions/discussions.repository.js';
import { Discussing } from './discussions/discussions.service.js';
import { DiscourseImport } from './discourse/discourse-import.js';
import { FoundPeople } from './slack/found-people.js';
import { ImportWorker } from './imports/import-worker.js';
import { importSchema } from './imports/import.schema.js';
import { ImportsController } from './imports/imports.controller.js';
import { ImportsRepository } from './imports/imports.repository.js';
import { ImportsService } from './imports/imports.service.js';
import { SlackImport } from './slack/slack-import.js';
import { ExportProcess } from './imports/export-process.js';
import { ImportedPeople } from './imports/imported-people.js';
import { CohortCopiesController } from './cohort-copies/cohort-copies.controller.js';
import { CohortCopies } from './cohort-copies/cohort-copies.service.js';
import { CopiedKinds } from './cohort-copies/copied-kinds.js';
import { CohortWebhookKeepers } from './cohort-webhooks/cohort-webhook-keepers.js';
import { CohortWebhookSender } from './cohort-webhooks/cohort-webhook-sender.js';
import { cohortWebhookSchema } from './cohort-webhooks/cohort-webhook.schema.js';
import { CohortWebhooksController } from './cohort-webhooks/cohort-webhooks.controller.js';
import { CohortWebhooksRepository } from './cohort-webhooks/cohort-webhooks.repository.js';
import { CohortWebhooks } from './cohort-webhooks/cohort-webhooks.service.js';
import { AnswerTargets } from './mail-answers/answer-targets.js';
import { mailAnswerSchema } from './mail-answers/mail-answer.schema.js';
import { AnswerLetters } from './mail-answers/answer-letters.js';
import { MailAnswers } from './mail-answers/mail-answers.js';
import { MailAnswersRepository } from './mail-answers/mail-answers.repository.js';
import { PagesController } from './pages/pages.controller.js';
import { ShellService } from './pages/shell.service.js';
import { WeekService } from './pages/week.service.js';
import { WholeWorkshops } from './pages/whole-workshop.service.js';
import { BookmarkNotices } from './scheduled-messages/bookmark-notices.js';
import { MessageReminders } from './scheduled-messages/message-reminders.js';
import { BookmarkWakes } from './scheduled-messages/bookmark-wakes.js';
import { ScheduledSender } from './scheduled-messages/scheduled-sender.js';
import { ScheduledController } from './scheduled-messages/scheduled.controller.js';
import { ScheduledRepository } from './scheduled-messages/scheduled.repository.js';
import { scheduledSchema } from './scheduled-messages/scheduled.schema.js';
import { ScheduledService } from './scheduled-messages/scheduled.service.js';
import { ThreadsOfChat } from './threads-of-chat.js';
import { TopicsOfWorkshops } from './topics-of-workshops.js';
import { ChannelWebhooksController } from './webhooks/channel-webhooks.controller.js';
import { ChannelWebhooks } from './webhooks/channel-webhooks.service.js';
import { WebhookKeepers } from './webhooks/webhook-keepers.js';
import { WebhookRoom } from './webhooks/webhook-room.js';
import { WebhookPost } from './webhooks/webhook-post.js';
import { WebhookSender } from './webhooks/webhook-sender.js';
import { deliverySchema, webhookSchema } from './webhooks/webhook.schema.js';
import { IncomingHooksController, ReceiversController, WebhooksController } from './webhooks/webhooks.controller.js';
import { ShownHooks } from './webhooks/shown-hooks.js';
import { WebhooksRepository } from './webhooks/webhooks.repository.js';
import { WebhooksService } from './webhooks/webhooks.service.js';
import { WorkshopChannels } from './workshop-channels.js';

/** Acts that join two rooms which do not know each other. */
@Module({
  imports: [
    AgendaModule,
    AuthModule,
    CalendarModule,
    CohortsModule,
    ChatModule,
    FilesModule,
    ForumsModule,
    HandbookModule,
    MentoringModule,
    NotificationsModule,
    RemindersModule,
    WorkshopsModule,
    MongooseModule.forFeature([
      { name: 'CohortWebhook', schema: cohortWebhookSchema },
      { name: 'TopicDiscussion', schema: discussionSchema },
      { name: 'Scheduled', schema: scheduledSchema },
      { name: 'Webhook', schema: webhookSchema },
      { name: 'Import', schema: importSchema },
      { name: 'MailAnswer', schema: mailAnswerSchema },
      { name: 'WebhookDelivery', schema: deliverySchema },
    ]),
  ],
  controllers: [
    MovePreviewsController,
    CoachingLoadController,
    ChannelWebhooksController,
    CohortCopiesController,
    CohortWebhooksController,
    DiscussionsController,
    OverviewController,
    SetUpController,
    PagesController,
    ImportsController,
    AnsweredBeforeController,
    LinkCardsController,
    ScheduledController,
    WebhooksController,
    ReceiversController,
    IncomingHooksController,
  ],
  providers: [
    AnswerTargets,
    ChannelWebhooks,
    CohortCopies,
    CopiedKinds,
    CohortWebhookKeepers,
    CohortWebhookSender,
    Discussing,
    DiscussionCards,
    DiscussionsRepository,
    CohortWebhooks,
    CohortWebhooksRepository,
    DiscourseImport,
    ExportProcess,
    FoundPeople,
    ImportWorker,
    ImportsRepository,
    ImportsService,
    AnsweredInForum,
    LinkCardsService,
    PersonCards,
    SessionCards,
    TopicCards,
    WorkshopCards,
    AnswerLetters,
    MailAnswers,
    MailAnswersRepository,
    MovePreviews,
    Outside,
    CoachingLoads,
    OverviewService,
    SetUpService,
    ShellService,
    SlackImport,
    ImportedPeople,
    BookmarkNotices,
    MessageReminders,
    BookmarkWakes,
    ScheduledRepository,
    ScheduledSender,
    ScheduledService,
    ThreadsOfChat,
    TopicsOfWorkshops,
    WeekService,
    WholeWorkshops,
    WebhookKeepers,
    WebhookRoom,
    WebhookPost,
    WebhookSender,
    ShownHooks,
    WebhooksRepository,
    WebhooksService,
    WorkshopChannels,
  ],
})
export class BridgesModule {}
