import { Injectable, type OnModuleInit } from '@nestjs/common';
import { accountGivenBack } from '../../auth/auth.events.js';
import { People } from '../../auth/people.js';
import { memberLeft } from '../../cohorts/cohorts.events.js';
import { Members } from '../../cohorts/members/members.service.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { ForumFeedsRepository } from './forum-feeds.repository.js';

/** Feeds of who left a cohort, and of before an account was given back, are read by nobody any more, and here they go. */
@Injectable()
export class ForumFeedEnds implements OnModuleInit {
  constructor(
    private readonly feeds: ForumFeedsRepository,
    private readonly members: Members,
    private readonly people: People,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.outbox.on(memberLeft, 'forum feeds', async ({ cohortId, userId }) => {
      if (await this.members.find(cohortId, userId)) return;
      await this.feeds.removeAll({ userId: idOf(userId), cohortId: idOf(cohortId) });
    });
    this.outbox.on(accountGivenBack, 'forum feeds', async ({ userId }) => {
      const until = await this.people.disputedUntil(userId);
      if (until) await this.feeds.removeMadeUntil(idOf(userId), until);
    });
  }
}
