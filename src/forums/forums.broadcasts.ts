import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { PostCreated, TopicChanged } from '../contracts/forums.js';
import { EventBus } from '../infra/events/event-bus.js';
import { Realtime } from '../infra/realtime/realtime.js';
import { rooms } from '../infra/realtime/rooms.js';
import { postCreated, topicChanged, topicCreated } from './forums.events.js';
import { TopicsReader } from './topics-reader.js';

/** Tells a cohort's live sockets what happened in its forum. */
@Injectable()
export class ForumsBroadcasts implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly realtime: Realtime,
    private readonly topics: TopicsReader,
  ) {}

  onModuleInit(): void {
    this.bus.on(topicCreated, ({ cohortId, topicId }) => this.tellTopic(cohortId, topicId));
    this.bus.on(topicChanged, ({ cohortId, topicId }) => this.tellTopic(cohortId, topicId));
    this.bus.on(postCreated, async ({ cohortId, topicId, postId, number, authorId }) => {
      const payload: PostCreated = { cohortId, topicId, postId, number, authorId };
      this.realtime.emit(rooms.cohort(cohortId), 'post.created', payload);
      await this.tellTopic(cohortId, topicId);
    });
  }

  /** A topic that is gone says so by having no posts. */
  private async tellTopic(cohortId: string, topicId: string): Promise<void> {
    const topic = await this.topics.byId(topicId);
    const payload: TopicChanged = { cohortId, topicId, state: topic?.state ?? 'open', posts: topic?.posts ?? 0 };
    this.realtime.emit(rooms.cohort(cohortId), 'topic.changed', payload);
  }
}
