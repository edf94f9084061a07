import { Injectable, type OnModuleInit } from '@nestjs/common';
import { accountGivenBack } from '../auth/auth.events.js';
import { People } from '../auth/people.js';
import { memberLeft } from '../cohorts/cohorts.events.js';
import { idOf } from '../infra/mongo/ids.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { CalendarFeedsRepository } from './calendar-feeds.repository.js';

/** Whose account is given back to them has no feeds of before, and who leaves a cohort none of it: those are read by nobody any more, and here they go. Who comes back makes another address. */
@Injectable()
export class FeedEnds implements OnModuleInit {
  constructor(
    private readonly feeds: CalendarFeedsRepository,
    private readonly people: People,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.outbox.on(accountGivenBack, 'calendar feeds', async ({ userId }) => {
      const until = await this.people.disputedUntil(userId);
      if (until) await this.feeds.removeMadeUntil(idOf(userId), until);
    });
    this.outbox.on(memberLeft, 'calendar feeds', ({ cohortId, userId }) =>
      this.feeds.removeOfCohort(idOf(userId), idOf(cohortId)),
    );
  }
}
