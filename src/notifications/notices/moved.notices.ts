import { Injectable, type OnModuleInit } from '@nestjs/common';
import { postsMoved } from '../../forums/forums.events.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { ForumNotices } from './forum.notices.js';

/** What was told of posts goes along with them to another topic. Nobody is told anew. */
@Injectable()
export class MovedNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly notices: ForumNotices,
  ) {}

  onModuleInit(): void {
    this.outbox.on(postsMoved, 'moved notices', async ({ fromTopicId, postIds }) => {
      for (const postId of postIds) await this.notices.goAlong({ topicId: fromTopicId, postId });
      // Where all of it went, what was told of it as a whole is over.
      await this.notices.followTopic(fromTopicId);
    });
  }
}
