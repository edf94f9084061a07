import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { hashOf } from '../common/secrets.js';
import type { Recogniser } from '../infra/http/shown.js';
import { CalendarFeedsRepository } from './calendar-feeds.repository.js';

/** Knows the addresses of feeds of calendars. */
@Injectable()
export class ShownCalendarFeeds implements Recogniser {
  constructor(private readonly feeds: CalendarFeedsRepository) {}

  async recognise({ params }: FastifyRequest): Promise<string | null> {
    const row = await this.feeds.bySecret(hashOf((params as { secret?: string }).secret ?? ''));
    return row && String(row._id);
  }
}
