import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { FollowingsRepository } from './followings.repository.js';
import { postFlagSchema, postSchema, postVoteSchema, topicSubscriptionSchema } from './post.schema.js';
import { PostsRepository } from './posts.repository.js';
import { topicSchema } from './topic.schema.js';
import { TopicsReader } from './topics-reader.js';
import { TopicsRepository } from './topics.repository.js';

/** Questions and answers of a cohort. */
@Module({
  imports: [
    AuthModule,
    CohortsModule,
    MongooseModule.forFeature([
      { name: 'Topic', schema: topicSchema },
      { name: 'Post', schema: postSchema },
      { name: 'PostVote', schema: postVoteSchema },
      { name: 'PostFlag', schema: postFlagSchema },
      { name: 'TopicSubscription', schema: topicSubscriptionSchema },
    ]),
  ],
  providers: [FollowingsRepository, PostsRepository, TopicsReader, TopicsRepository],
  exports: [TopicsReader],
})
export class ForumsModule {}
