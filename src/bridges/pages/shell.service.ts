import { Injectable } from '@nestjs/common';
import { MeService } from '../../auth/profile/me.service.js';
import { BlocksService } from '../../chat/moderation/blocks.service.js';
import { ChannelLists } from '../../chat/channels/channel-lists.service.js';
import { StandingsService } from '../../chat/presence/standings.service.js';
import { ThreadsService } from '../../chat/threads/threads.service.js';
import { CohortsService } from '../../cohorts/cohorts.service.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { Actor } from '../../common/actor.js';
import { InboxQuery } from '../../contracts/notifications/notifications.js';
import type { Cohort } from '../../contracts/cohorts/cohorts.js';
import type { Shell, ShellQuery } from '../../contracts/bridges/pages.js';
import { InboxService } from '../../notifications/inbox/inbox.service.js';

/** What stands around every page, as the routes of its parts answer it. */
@Injectable()
export class ShellService {
  constructor(
    private readonly me: MeService,
    private readonly members: Members,
    private readonly cohorts: CohortsService,
    private readonly channels: ChannelLists,
    private readonly threads: ThreadsService,
    private readonly inbox: InboxService,
    private readonly standings: StandingsService,
    private readonly blocks: BlocksService,
  ) {}

  async of(actor: Actor, { cohortId }: ShellQuery): Promise<Shell> {
    const { userId } = actor;
    const [me, cohort, channels, waitingThreads, inbox, standings, blocked] = await Promise.all([
      this.me.get(userId),
      cohortId === undefined ? null : this.cohort(actor, cohortId),
      this.channels.of(userId),
      this.threads.waiting(actor),
      this.inbox.page(userId, InboxQuery.parse({})),
      this.standings.near(userId),
      this.blocks.list(userId),
    ]);
    return { me, cohort, channels: { items: channels, nextCursor: null }, waitingThreads, inbox, standings, blocked };
  }

  /** By the rule of the cohort's own route: members, and admins of the installation from outside. */
  private async cohort(actor: Actor, cohortId: string): Promise<Cohort | null> {
    const there = await this.members.actorIn(actor, cohortId);
    return there ? await this.cohorts.get(there) : null;
  }
}
