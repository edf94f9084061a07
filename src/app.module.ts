import { type DynamicModule, Module } from '@nestjs/common';
import { AgendaModule } from './agenda/agenda.module.js';
import { AuthModule } from './auth/auth.module.js';
import { BridgesModule } from './bridges/bridges.module.js';
import { CalendarModule } from './calendar/calendar.module.js';
import { CallsModule } from './calls/calls.module.js';
import { ChatModule } from './chat/chat.module.js';
import { CohortsModule } from './cohorts/cohorts.module.js';
import type { Clock } from './common/times/clock.js';
import { CommonModule } from './common/common.module.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DeliveriesModule } from './infra/deliveries/deliveries.module.js';
import { EventsModule } from './infra/events/events.module.js';
import { ForumsModule } from './forums/forums.module.js';
import { CommonsModule } from './commons/commons.module.js';
import { HandbookModule } from './handbook/handbook.module.js';
import { FileStoreModule } from './infra/files/files.module.js';
import { FilesModule } from './files/files.module.js';
import { HealthModule } from './infra/health/health.module.js';
import { HttpModule } from './infra/http/http.module.js';
import { MailModule } from './infra/mail/mail.module.js';
import { MongoModule } from './infra/mongo/mongo.module.js';
import { OutboxModule } from './infra/outbox/outbox.module.js';
import { PicturesModule } from './infra/pictures/pictures.module.js';
import { QueueModule } from './infra/queue/queue.module.js';
import { RealtimeModule } from './infra/realtime/realtime.module.js';
import { MentoringModule } from './mentoring/mentoring.module.js';
import { InterviewsModule } from './selection/interviews/interviews.module.js';
import { MatchingModule } from './selection/matching/matching.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { RemindersModule } from './reminders/reminders.module.js';
import { ReviewsModule } from './selection/reviews.module.js';
import { SearchModule } from './search/search.module.js';
import { RedisModule } from './infra/redis/redis.module.js';
import { WorkshopsModule } from './workshops/workshops.module.js';

/** The house: its foundations, then its rooms in the order in which they may know each other. */
@Module({})
export class AppModule {
  static with(config: Config, clock: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        CommonModule.with(clock),
        EventsModule,
        MongoModule.connect(),
        RedisModule,
        OutboxModule,
        QueueModule,
        RealtimeModule,
        MailModule,
        DeliveriesModule,
        FileStoreModule,
        PicturesModule,
        HealthModule,
        HttpModule,
        AuthModule,
        CohortsModule,
        CalendarModule,
        FilesModule,
        WorkshopsModule,
        ForumsModule,
        MentoringModule,
        ChatModule,
        CallsModule,
        InterviewsModule,
        MatchingModule,
        CommonsModule,
        HandbookModule,
        ReviewsModule,
        AgendaModule,
        SearchModule,
        NotificationsModule,
        RemindersModule,
        BridgesModule,
      ],
    };
  }
}
