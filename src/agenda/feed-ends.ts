import { Injectable, type OnModuleInit } from '@nestjs/common';
import { accountGivenBack } from '../auth/auth.events.js';
import { People } from '../auth/people.js';
import { idOf } from '../infra/mongo/ids.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { CalendarFeedsRepository } from './calendar-feeds.repository.js';

/** Whose account is given back to them has no feeds of before: those are read by nobody any more, and here they go. */
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
  }
}
