import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ChatModule } from '../chat/chat.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { ForumsModule } from '../forums/forums.module.js';
import { WorkshopsModule } from '../workshops/workshops.module.js';
import { AskReader } from './ask-reader.js';
import { MessageHits } from './message-hits.js';
import { PeopleHits } from './people-hits.js';
import { SearchController } from './search.controller.js';
import { SearchService } from './search.service.js';
import { TopicHits } from './topic-hits.js';
import { WorkshopHits } from './workshop-hits.js';

/** The one search. It reads the rooms before it; none of them knows it. */
@Module({
  imports: [AuthModule, ChatModule, CohortsModule, ForumsModule, WorkshopsModule],
  controllers: [SearchController],
  providers: [AskReader, MessageHits, PeopleHits, SearchService, TopicHits, WorkshopHits],
})
export class SearchModule {}
