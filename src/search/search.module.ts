import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ChatModule } from '../chat/chat.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { CommonsModule } from '../commons/commons.module.js';
import { ForumsModule } from '../forums/forums.module.js';
import { HandbookModule } from '../handbook/handbook.module.js';
import { WorkshopsModule } from '../workshops/workshops.module.js';
import { AskReader } from './ask-reader.js';
import { AskedDays } from './asked-days.js';
import { AskedPeople } from './asked-people.js';
import { CommonsHits } from './commons-hits.js';
import { ForumAskReader } from './forum/forum-ask.js';
import { ForumSearchController } from './forum/forum-search.controller.js';
import { ForumSearch } from './forum/forum-search.service.js';
import { CommonsHandbookSearchController, HandbookSearchController } from './handbook/handbook-search.controller.js';
import { HandbookSearch } from './handbook/handbook-search.service.js';
import { PageHits } from './handbook/page-hits.js';
import { MessageHits } from './message-hits.js';
import { PeopleHits } from './people-hits.js';
import { SearchController } from './search.controller.js';
import { SearchService } from './search.service.js';
import { TopicHits } from './topic-hits.js';
import { WorkshopHits } from './workshop-hits.js';

/** The one search. It reads the rooms before it; none of them knows it. */
@Module({
  imports: [AuthModule, ChatModule, CohortsModule, CommonsModule, ForumsModule, HandbookModule, WorkshopsModule],
  controllers: [SearchController, ForumSearchController, HandbookSearchController, CommonsHandbookSearchController],
  providers: [
    AskReader,
    AskedDays,
    AskedPeople,
    CommonsHits,
    ForumAskReader,
    ForumSearch,
    HandbookSearch,
    MessageHits,
    PageHits,
    PeopleHits,
    SearchService,
    TopicHits,
    WorkshopHits,
  ],
})
export class SearchModule {}
