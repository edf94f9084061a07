import { Injectable } from '@nestjs/common';
import { conflict, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import { tryEach } from '../../common/try-each.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { ChannelFeed } from '../live/channel-feed.js';
import { ChannelMembersRepository } from './channel-members.repository.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelsRepository } from './channels.repository.js';
import { channelMembersChanged } from '../chat.events.js';
import { ThreadFollowersRepository } from '../threads/thread-followers.repository.js';

/** Who comes into a channel. */
export interface ComingIn {
  channel: ChannelRow;
  userIds: readonly string[];
}

/** The one place where people come into channels and leave them: rows first, then their live sockets, at once. */
@Injectable()
export class ChannelMembersService {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly members: ChannelMembersRepository,
    private readonly followers: ThreadFollowersRepository,
    private readonly transactions: Transactions,
    private readonly feed: ChannelFeed,
    private readonly realtime: Realtime,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Who comes in has nothing unread: what was said before they came is not theirs to catch up. `byId` let them in, when somebody did. */
  async letIn(channel: ChannelRow, userIds: readonly string[], byId: string | null = null): Promise<void> {
    await this.letInAll([{ channel, userIds }], byId);
  }

  /** {@link letIn} for several channels at once. */
  async letInAll(places: readonly ComingIn[], byId: string | null = null): Promise<void> {
    const coming = places.filter(({ userIds }) => userIds.length > 0);
    if (coming.length === 0) return;
    const revs = await this.channels.revsOf(coming.map(({ channel }) => channel._id));
    const joinedAt = this.clock.now();
    await this.members.add(
      coming.flatMap(({ channel: { _id: channelId, cohortId, rev }, userIds }) => {
        const readSeq = revs.get(String(channelId)) ?? rev;
        return toIds(userIds).map((userId) => ({ channelId, cohortId: cohortId ?? null, userId, readSeq, joinedAt }));
      }),
    );
    // One of which nobody can be told keeps back none of the others.
    await tryEach(coming, async (place) => {
      // After the rows: who wrote down who is in before that reads it again.
      this.announceComing(place, byId, await this.channels.membersChanged(place.channel._id));
    });
  }

  /**
   * Somebody who is in lets another in. The number of the channel goes up in the same transaction, as it does where people are taken out: who was taken out by then lets
   * nobody in. Throws 404, 409 `channel_archived`.
   */
  async letInBy(byId: string, channel: ChannelRow, userId: string): Promise<void> {
    const { _id: channelId, cohortId } = channel;
    const row = { channelId, cohortId: cohortId ?? null, userId: idOf(userId), joinedAt: this.clock.now() };
    const membersRev = await this.transactions.run(async (session) => {
      const now = await this.channels.byId(channelId, session);
      if (!now || !(await this.members.isIn(channelId, idOf(byId), session))) throw notFound();
      if (now.archivedAt) throw conflict('channel_archived', 'This channel is closed; it can still be read.');
      await this.members.add([{ ...row, readSeq: now.rev }], session);
      return await this.channels.membersChanged(channelId, session);
    });
    this.announceComing({ channel, userIds: [userId] }, byId, membersRev);
  }

  private announceComing({ channel, userIds }: ComingIn, byId: string | null, membersRev: number): void {
    const channelId = String(channel._id);
    this.feed.membersChanged(channelId, membersRev);
    this.realtime.join(userIds, rooms.channel(channelId));
    this.realtime.emit(userIds.map(rooms.user), 'channel.added', refOf(channel));
    this.realtime.emit([...userIds.map(rooms.user), rooms.channel(channelId)], 'channel.changed', refOf(channel));
    this.bus.publish(channelMembersChanged, { channelId, joined: [...userIds], left: [], byId });
  }

  /** Something was said first in a conversation: it is a place of all its people by rows that were written with it, and their pages learn of it. */
  spokenFirst(channel: ChannelRow, userIds: readonly string[]): void {
    const channelId = String(channel._id);
    this.realtime.join(userIds, rooms.channel(channelId));
    this.realtime.emit(userIds.map(rooms.user), 'channel.added', refOf(channel));
    this.bus.publish(channelMembersChanged, { channelId, joined: [...userIds], left: [], byId: null });
  }

  /** Returns how many were in. Their room for calls is left to them: those who stay get another one, unless who left `mayComeBack` as they please. */
  async takeOut(channel: ChannelRow, userIds: readonly string[], mayComeBack = false): Promise<number> {
    if (userIds.length === 0) return 0;
    const channelId = String(channel._id);
    const left = await this.members.remove(channel._id, toIds(userIds));
    const changed = mayComeBack ? this.channels.membersChanged(channel._id) : this.channels.membersLeft(channel._id);
    this.feed.membersChanged(channelId, await changed);
    // After the number: until then a reply makes them follow its thread.
    await this.followers.leave(channel._id, toIds(userIds));
    this.realtime.leave(userIds, rooms.channel(channelId));
    this.realtime.emit(userIds.map(rooms.user), 'channel.removed', refOf(channel));
    this.announce(channel);
    this.bus.publish(channelMembersChanged, { channelId, joined: [], left: [...userIds], byId: null });
    return left;
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
