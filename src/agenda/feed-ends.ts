import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { OpenAddresses, OpenAddressesPort } from '../auth/open-addresses.js';
import { CalendarFeedsRepository } from './calendar-feeds.repository.js';

/** Whose account is given back to them has no feeds any more: they make new addresses. */
@Injectable()
export class FeedEnds extends OpenAddresses {
  constructor(
    port: OpenAddressesPort,
    private readonly feeds: CalendarFeedsRepository,
  ) {
    super();
    port.provide(this);
  }

  override async endAll(userId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.feeds.removeAll(userId, session);
  }
}
