import { Injectable, type OnModuleInit } from '@nestjs/common';
import { memberJoined, memberLeft } from '../../cohorts/cohorts.events.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { ChannelMembersService } from '../channels/channel-members.service.js';
import { ChannelFeed } from '../live/channel-feed.js';
import { ChannelMembersRepository } from '../channels/channel-members.repository.js';
import { ChannelsRepository } from '../channels/channels.repository.js';

/**
 * Direct conversations close with the last cohort that their people share, and open with the next. Nothing is kept of that: it is asked
 * when somebody writes. What changes here is the number by which every process sees that what it knows of a conversation is old, and the
 * pages that show it. An event that is lost costs the seconds that a roster is believed for.
 */
@Injectable()
export class DirectClosings implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly channels: ChannelsRepository,
    private readonly members: ChannelMembersRepository,
    private readonly feed: ChannelFeed,
    private readonly channelMembersService: ChannelMembersService,
  ) {}

  onModuleInit(): void {
    this.bus.on(memberLeft, ({ userId }) => this.lookAgain(userId));
    this.bus.on(memberJoined, ({ userId }) => this.lookAgain(userId));
  }

  private async lookAgain(userId: string): Promise<void> {
    const ids = (await this.members.conversationsOf(idOf(userId))).map(({ channelId }) => channelId);
    const channels = await this.channels.directMembersChanged(ids);
    for (const channel of channels) {
      this.feed.membersChanged(String(channel._id), channel.membersRev ?? 0);
      this.channelMembersService.announce(channel);
    }
  }
}
