import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ChatModule } from '../chat/chat.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { ForumsModule } from '../forums/forums.module.js';
import { MentoringModule } from '../mentoring/mentoring.module.js';
import { RemindersModule } from '../reminders/reminders.module.js';
import { WorkshopsModule } from '../workshops/workshops.module.js';
import { OverviewController } from './overview.controller.js';
import { OverviewService } from './overview.service.js';
import { ThreadsOfChat } from './threads-of-chat.js';
import { WorkshopChannels } from './workshop-channels.js';

/** Acts that join two rooms which do not know each other. */
@Module({
  imports: [AuthModule, CohortsModule, ChatModule, ForumsModule, MentoringModule, RemindersModule, WorkshopsModule],
  controllers: [OverviewController],
  providers: [OverviewService, ThreadsOfChat, WorkshopChannels],
})
export class BridgesModule {}
