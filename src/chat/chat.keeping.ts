import { Injectable, type OnModuleInit } from '@nestjs/common';
import { personChanged } from '../auth/auth.events.js';
import {
  cohortChanged,
  cohortClosed,
  cohortCreated,
  memberChanged,
  memberJoined,
  memberLeft,
  projectChanged,
} from '../cohorts/cohorts.events.js';
import { Members } from '../cohorts/members/members.service.js';
import { Nights } from '../cohorts/nights/nights.js';
import { idOf } from '../infra/mongo/ids.js';
import { EventBus } from '../infra/events/event-bus.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { ChannelMembersService } from './channels/channel-members.service.js';
import { ChannelMembershipSync } from './channels/channel-membership-sync.js';
import { ChannelMembersRepository } from './channels/channel-members.repository.js';
import { ChannelsRepository } from './channels/channels.repository.js';

/** Rows of the outbox remember it. */
const NAME = 'channels';

/** When channels are looked at: after every change of a cohort, by the outbox, and once a night. */
@Injectable()
export class ChatKeeping implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly nights: Nights,
    private readonly membershipSync: ChannelMembershipSync,
    private readonly channelMembersService: ChannelMembersService,
    private readonly members: Members,
    private readonly channels: ChannelsRepository,
    private readonly channelMembers: ChannelMembersRepository,
  ) {}

  onModuleInit(): void {
    for (const kind of [cohortCreated, cohortChanged, cohortClosed, memberJoined, memberChanged, projectChanged])
      this.outbox.on<{ cohortId: string }>(kind, NAME, ({ cohortId }) => this.membershipSync.reconcile(cohortId));
    this.outbox.on(memberLeft, NAME, ({ cohortId, userId }) => this.takeOut(cohortId, userId));
    // At once where it happened: no right waits for a worker. Done twice, the second time changes nothing.
    this.bus.on(memberLeft, ({ cohortId, userId }) => this.takeOut(cohortId, userId));
    this.outbox.on(personChanged, NAME, async ({ userId, craftChanged }) => {
      if (!craftChanged) return;
      for (const { cohortId } of await this.members.ofPerson(userId)) await this.membershipSync.reconcile(cohortId);
    });
    this.nights.compareEach(({ _id }) => this.membershipSync.reconcile(String(_id)));
  }

  /** Who left the cohort leaves all its channels at once, also those made by hand; who is back by now stays in them. */
  private async takeOut(cohortId: string, userId: string): Promise<void> {
    if (!(await this.members.find(cohortId, userId))) {
      const places = await this.channelMembers.ofPerson(idOf(userId), { cohortId: idOf(cohortId) });
      for (const channel of await this.channels.byIds(places.map(({ channelId }) => channelId)))
        await this.channelMembersService.takeOut(channel, [userId]);
    }
    await this.membershipSync.reconcile(cohortId);
  }
}
