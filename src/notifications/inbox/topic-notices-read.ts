import { Injectable, type OnModuleInit } from '@nestjs/common';
import { topicRead } from '../../forums/forums.events.js';
import { TopicReaders } from '../../forums/reading/topic-readers.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { NoticesRead } from './notices-read.js';

/**
 * Who has read a post has read what they were told of it: its notice says its `number`. What is told of a topic as a whole, or of what became of a post later (that it
 * was accepted, say), has none, as have all of before: looking at the topic reads it.
 */
@Injectable()
export class TopicNoticesRead implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly readers: TopicReaders,
    private readonly notices: NoticesRead,
  ) {}

  onModuleInit(): void {
    this.bus.on(topicRead, ({ topicId, userId, readNumber }) =>
      this.notices.read({
        ...{ userId: idOf(userId), 'params.topicId': topicId },
        $or: [{ 'params.number': { $lte: readNumber } }, { 'params.number': { $exists: false } }],
      }),
    );
  }

  /**
   * Who read the post while its notice was on its way has read that, too: what moves a pointer looks for notices after it, what writes notices looks at the pointers
   * after it, so one of the two sees the other.
   */
  async settle(
    { topicId, postId, number }: { topicId: string; postId: string; number: number },
    userIds: readonly string[],
  ): Promise<void> {
    const read = await this.readers.readNumbersOf(userIds.map((userId) => ({ topicId, userId })));
    const theirs = userIds.filter((userId) => (read.get(`${topicId} ${userId}`)?.readNumber ?? 0) >= number);
    if (theirs.length === 0) return;
    await this.notices.read({
      userId: { $in: theirs.map(idOf) },
      ...{ 'params.topicId': topicId, 'params.postId': postId, 'params.number': number },
    });
  }
}
