import { Injectable, Logger } from '@nestjs/common';
import type { ThreadChanged } from '../../contracts/chat/chat.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import type { MessageRow } from '../messages/message.schema.js';
import { ThreadFollowersRepository } from './thread-followers.repository.js';

/** Tells who follows a thread that it changed. A hint: what waits for them is asked for. */
@Injectable()
export class ThreadBroadcasts {
  private readonly logger = new Logger('ThreadBroadcasts');

  constructor(
    private readonly followers: ThreadFollowersRepository,
    private readonly realtime: Realtime,
  ) {}

  /** Threads of a channel got replies, or lost one. Does not make the sender wait. */
  grew(channelId: string, roots: readonly Pick<MessageRow, '_id'>[]): void {
    if (roots.length > 0)
      this.tellFollowers(channelId, roots).catch((error: unknown) => {
        this.logger.warn({ err: error }, 'followers of a thread were not told');
      });
  }

  /** On all devices of one person. */
  tell(userId: string, changed: ThreadChanged): void {
    this.realtime.emit(rooms.user(userId), 'thread.changed', changed);
  }

  private async tellFollowers(channelId: string, roots: readonly Pick<MessageRow, '_id'>[]): Promise<void> {
    const rows = await this.followers.followersOf(roots.map((root) => root._id));
    for (const { _id } of roots) {
      const followers = rows.filter((row) => row.threadId.equals(_id)).map((row) => rooms.user(String(row.userId)));
      if (followers.length > 0) this.realtime.emit(followers, 'thread.changed', { channelId, threadId: String(_id) });
    }
  }
}
