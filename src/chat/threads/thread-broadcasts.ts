import { Injectable, Logger } from '@nestjs/common';
import { Members } from '../../cohorts/members/members.service.js';
import type { ThreadChanged } from '../../contracts/chat/chat.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import type { MessageRow } from '../messages/message.schema.js';
import { ThreadFollowersRepository } from './thread-followers.repository.js';

/** Tells who follows a thread that it changed. A hint: what waits for them is asked for. */
@Injectable()
export class ThreadBroadcasts {
  private readonly logger = new Logger('ThreadBroadcasts');

  constructor(
    private readonly followers: ThreadFollowersRepository,
    private readonly belongings: Members,
    private readonly realtime: Realtime,
  ) {}

  /** Threads of a channel got replies, or lost one. Does not make the sender wait. */
  grew(channel: Pick<ChannelRow, '_id' | 'cohortId'>, roots: readonly Pick<MessageRow, '_id'>[]): void {
    if (roots.length > 0)
      this.tellFollowers(channel, roots).catch((error: unknown) => {
        this.logger.warn({ err: error }, 'followers of a thread were not told');
      });
  }

  /** On all devices of one person. */
  tell(userId: string, changed: ThreadChanged): void {
    this.realtime.emit(rooms.user(userId), 'thread.changed', changed);
  }

  /** Who left the cohort follows its threads a moment longer, and hears nothing of them. */
  private async tellFollowers(
    { _id: channelId, cohortId }: Pick<ChannelRow, '_id' | 'cohortId'>,
    roots: readonly Pick<MessageRow, '_id'>[],
  ): Promise<void> {
    const rows = await this.followers.followersOf(roots.map((root) => root._id));
    const ids = rows.map(({ userId }) => String(userId));
    const readers = new Set(cohortId && ids.length > 0 ? await this.belongings.among(String(cohortId), ids) : ids);
    for (const { _id } of roots) {
      const followers = rows.filter(({ threadId, userId }) => threadId.equals(_id) && readers.has(String(userId)));
      if (followers.length === 0) continue;
      const changed = { channelId: String(channelId), threadId: String(_id) };
      this.realtime.emit(
        followers.map(({ userId }) => rooms.user(String(userId))),
        'thread.changed',
        changed,
      );
    }
  }
}
