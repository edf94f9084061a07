import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Outbox } from '../../infra/outbox/outbox.js';
import { topicEnded } from '../forums.events.js';
import { PostsRepository } from '../posts.repository.js';
import { TopicThreadsRepository } from '../threads/topic-threads.repository.js';
import type { TopicFacts } from '../topics.repository.js';
import { DeletedTopicsRepository } from './deleted-topics.repository.js';

/** A topic whose question is deleted ends as its last replies go elsewhere, as with the last post that is deleted: whoever may bring the question back brings it back, too. */
@Injectable()
export class EmptiedTopics {
  constructor(
    private readonly topics: DeletedTopicsRepository,
    private readonly posts: PostsRepository,
    private readonly threads: TopicThreadsRepository,
    private readonly outbox: Outbox,
  ) {}

  /** Nothing where something is left in it. */
  async end(
    { _id, cohortId, questionId, thread }: TopicFacts,
    { byId, at }: { byId: Types.ObjectId; at: Date },
    session: ClientSession,
  ): Promise<void> {
    const question = await this.posts.find(cohortId, questionId, session);
    const deletedBy = question?.deletedBy ?? byId;
    const ended = { postId: questionId, byId: deletedBy, removed: !question?.authorId.equals(deletedBy) };
    if (!(await this.topics.end(_id, { at, ended, withQuestion: false }, session))) return;
    if (thread) await this.threads.free(thread.messageId, session);
    await this.outbox.write(topicEnded, { topicId: String(_id) }, session);
  }
}
