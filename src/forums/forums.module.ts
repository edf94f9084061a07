import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { FollowingsRepository } from './followings.repository.js';
import { ForumTexts } from './forum-texts.js';
import { ForumsBroadcasts } from './forums.broadcasts.js';
import { ForumsPresenter } from './forums.presenter.js';
import { OpinionsService } from './opinions.service.js';
import { PostFlagsRepository } from './post-flags.repository.js';
import { PostFlags } from './post-flags.service.js';
import { postFlagSchema, postSchema, postVoteSchema, topicSubscriptionSchema } from './post.schema.js';
import { PostsController } from './posts.controller.js';
import { PostsRepository } from './posts.repository.js';
import { PostsService } from './posts.service.js';
import { ThreadQuotes } from './threads/thread-quotes.service.js';
import { ThreadsPort } from './threads/threads.js';
import { TopicThreadsRepository } from './threads/topic-threads.repository.js';
import { TopicOpening } from './topic-opening.service.js';
import { topicSchema, topicThreadSchema } from './topic.schema.js';
import { TopicsController } from './topics.controller.js';
import { TopicsReader } from './topics-reader.js';
import { TopicsRepository } from './topics.repository.js';
import { TopicsService } from './topics.service.js';
import { WorkshopsPort } from './workshops.port.js';

/** Questions and answers of a cohort. */
@Module({
  imports: [
    AuthModule,
    CohortsModule,
    MongooseModule.forFeature([
      { name: 'Topic', schema: topicSchema },
      { name: 'TopicThread', schema: topicThreadSchema },
      { name: 'Post', schema: postSchema },
      { name: 'PostVote', schema: postVoteSchema },
      { name: 'PostFlag', schema: postFlagSchema },
      { name: 'TopicSubscription', schema: topicSubscriptionSchema },
    ]),
  ],
  controllers: [TopicsController, PostsController],
  providers: [
    FollowingsRepository,
    ForumTexts,
    ForumsBroadcasts,
    ForumsPresenter,
    OpinionsService,
    PostFlags,
    PostFlagsRepository,
    PostsRepository,
    PostsService,
    ThreadQuotes,
    ThreadsPort,
    TopicOpening,
    TopicThreadsRepository,
    TopicsReader,
    TopicsRepository,
    TopicsService,
    WorkshopsPort,
  ],
  exports: [PostsService, ThreadQuotes, ThreadsPort, TopicsReader, TopicsService, WorkshopsPort],
})
export class ForumsModule {}
