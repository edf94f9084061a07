import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/times/clock.js';
import { EventBus } from '../../infra/events/event-bus.js';
import type { Types } from 'mongoose';
import { toIds } from '../../infra/mongo/ids.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { ChannelFeed } from '../live/channel-feed.js';
import { ChannelMembersRepository } from './channel-members.repository.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelsRepository } from './channels.repository.js';
import { channelMembersChanged } from '../chat.events.js';
import { ThreadFollowersRepository } from '../threads/thread-followers.repository.js';

/** The one place where people come into channels and leave them: rows first, then their live sockets, at once. */
@Injectable()
export class ChannelMembersService {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly members: ChannelMembersRepository,
    private readonly followers: ThreadFollowersRepository,
    private readonly feed: ChannelFeed,
    private readonly realtime: Realtime,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Who comes in has nothing unread: what was said before they came is not theirs to catch up. `byId` let them in, when somebody did. */
  async letIn(channel: ChannelRow, userIds: readonly string[], byId: string | null = null): Promise<void> {
    if (userIds.length === 0) return;
    const { _id: channelId, cohortId } = channel;
    const readSeq = (await this.channels.byId(channelId))?.rev ?? channel.rev;
    const joinedAt = this.clock.now();
    await this.members.add(
      toIds(userIds).map((userId) => ({ channelId, cohortId: cohortId ?? null, userId, readSeq, joinedAt })),
    );
    await this.tell(channelId);
    this.realtime.join(userIds, rooms.channel(String(channelId)));
    this.realtime.emit(userIds.map(rooms.user), 'channel.added', refOf(channel));
    this.realtime.emit(
      [...userIds.map(rooms.user), rooms.channel(String(channelId))],
      'channel.changed',
      refOf(channel),
    );
    this.bus.publish(channelMembersChanged, { channelId: String(channelId), joined: [...userIds], left: [], byId });
  }

  /** Returns how many were in. */
  async takeOut(channel: ChannelRow, userIds: readonly string[]): Promise<number> {
    if (userIds.length === 0) return 0;
    const channelId = String(channel._id);
    const left = await this.members.remove(channel._id, toIds(userIds));
    await this.followers.leave(channel._id, toIds(userIds));
    await this.tell(channel._id);
    this.realtime.leave(userIds, rooms.channel(channelId));
    this.realtime.emit(userIds.map(rooms.user), 'channel.removed', refOf(channel));
    this.announce(channel);
    this.bus.publish(channelMembersChanged, { channelId, joined: [], left: [...userIds], byId: null });
    return left;
  }

  /** After the rows: who wrote down who is in before that reads it again. */
  private async tell(channelId: Types.ObjectId): Promise<void> {
    this.feed.membersChanged(String(channelId), await this.channels.membersChanged(channelId));
  }

  /** What a channel is to one person changed, on all their devices. */
  announceTo(userId: string, channel: ChannelRow): void {
    this.realtime.emit(rooms.user(userId), 'channel.changed', refOf(channel));
  }

  /** Name, topic, state or people of a channel changed. */
  announce(channel: ChannelRow): void {
    this.realtime.emit(rooms.channel(String(channel._id)), 'channel.changed', refOf(channel));
  }
}

const refOf = (channel: ChannelRow) => ({
  channelId: String(channel._id),
  cohortId: channel.cohortId ? String(channel.cohortId) : null,
});
