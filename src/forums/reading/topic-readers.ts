import { Injectable } from '@nestjs/common';
import { toId } from '../../infra/mongo/ids.js';
import { FollowingsRepository } from '../followings.repository.js';

/** How far people have read topics, for the rooms after this one. It checks nobody's rights. */
@Injectable()
export class TopicReaders {
  constructor(private readonly followings: FollowingsRepository) {}

  /** By `topicId userId`, the number of the last post that they have read; those who never opened the topic are left out. One query. */
  async readNumbersOf(
    pairs: readonly { topicId: string; userId: string }[],
  ): Promise<Map<string, { readNumber: number }>> {
    const rows = await this.followings.readNumbersOf(
      pairs.flatMap((pair) => {
        const [topicId, userId] = [toId(pair.topicId), toId(pair.userId)];
        return topicId && userId ? [{ topicId, userId }] : [];
      }),
    );
    return new Map(
      rows.map(({ topicId, userId, readNumber }) => [`${String(topicId)} ${String(userId)}`, { readNumber }]),
    );
  }
}
