import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { MentoringModule } from '../mentoring/mentoring.module.js';
import { WorkshopsModule } from '../workshops/workshops.module.js';
import { AgendaController } from './agenda.controller.js';
import { AgendaService } from './agenda.service.js';
import { calendarFeedSchema } from './calendar-feed.schema.js';
import { CalendarFeedsController } from './calendar-feeds.controller.js';
import { CalendarFeedsRepository } from './calendar-feeds.repository.js';
import { CalendarFeedsService } from './calendar-feeds.service.js';
import { FeedContents } from './feed-contents.js';
import { FeedEnds } from './feed-ends.js';
import { FeedLines } from './feed-lines.js';
import { FeedReads } from './feed-reads.js';
import { ShownCalendarFeeds } from './shown-calendar-feeds.js';
import { StandingThenController } from './standing-then.controller.js';
import { StandingThenService } from './standing-then.service.js';

/** What people have to do and when, on pages and in their own calendars. */
@Module({
  imports: [
    AuthModule,
    CohortsModule,
    WorkshopsModule,
    MentoringModule,
    MongooseModule.forFeature([{ name: 'CalendarFeed', schema: calendarFeedSchema }]),
  ],
  controllers: [AgendaController, CalendarFeedsController, StandingThenController],
  providers: [
    AgendaService,
    CalendarFeedsRepository,
    CalendarFeedsService,
    FeedContents,
    FeedEnds,
    FeedLines,
    FeedReads,
    ShownCalendarFeeds,
    StandingThenService,
  ],
  exports: [AgendaService],
})
export class AgendaModule {}
