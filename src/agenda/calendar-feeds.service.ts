import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { People } from '../auth/people.js';
import { UsersRepository } from '../auth/users.repository.js';
import { icsOf } from '../calendar/ics.js';
import { Clock, DAY, HOUR } from '../common/clock.js';
import { notFound } from '../common/problem.js';
import { CONFIG, type Config } from '../config/config.js';
import type { CalendarFeed, CalendarFeedState } from '../contracts/calendar.js';
import { isDuplicateKey } from '../infra/mongo/errors.js';
import { idOf } from '../infra/mongo/ids.js';
import { RateLimits } from '../infra/redis/rate-limits.js';
import { toIcs } from './agenda-entry.js';
import { AgendaService } from './agenda.service.js';
import { CalendarFeedsRepository } from './calendar-feeds.repository.js';

const DAYS_BACK = 90;
const DAYS_AHEAD = 400;
const READING = { name: 'calendar-feed', points: 60, seconds: 3600 };
const ASK_AGAIN_SECONDS = 3600;

/** The agenda of a person for their own calendar program, behind an address that only they know. */
@Injectable()
export class CalendarFeedsService {
  constructor(
    private readonly feeds: CalendarFeedsRepository,
    private readonly agenda: AgendaService,
    private readonly users: UsersRepository,
    private readonly people: People,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async state(userId: string): Promise<CalendarFeedState> {
    const feed = await this.feeds.ofPerson(idOf(userId));
    return {
      active: feed !== null,
      createdAt: feed?.createdAt.toISOString() ?? null,
      lastReadAt: feed?.lastReadAt?.toISOString() ?? null,
    };
  }

  /** A new address, told this once; the one before is nowhere from now on. */
  async renew(userId: string): Promise<CalendarFeed> {
    const secret = randomBytes(32).toString('base64url');
    await this.replace(userId, hashOf(secret)).catch((error: unknown) => {
      if (!isDuplicateKey(error, 'person')) throw error;
      return this.replace(userId, hashOf(secret));
    });
    return { url: new URL(`/calendar/${secret}.ics`, this.config.PUBLIC_URL).href };
  }

  async revoke(userId: string): Promise<void> {
    await this.feeds.remove(idOf(userId));
  }

  /** The feed as iCalendar: 90 days back, 400 ahead. Throws 404 for an unknown or revoked secret, 429. */
  async read(secret: string): Promise<string> {
    const feed = await this.feeds.bySecret(hashOf(secret));
    const person = feed && (await this.users.profile(feed.userId));
    if (!person) throw notFound();
    const userId = String(feed.userId);
    await this.limits.take(READING, userId);
    const now = this.clock.now();
    const span = { from: daysFrom(now, -DAYS_BACK), to: daysFrom(now, DAYS_AHEAD) };
    const [entries] = await Promise.all([
      this.agenda.entriesOf(userId, span),
      this.feeds.touch(feed._id, now, new Date(now.getTime() - HOUR)),
    ]);
    const faces = await this.people.byId(entries.flatMap((entry) => entry.peopleIds));
    const reader = { id: userId, locale: person.locale, timeZone: person.timeZone };
    const url = new URL(this.config.PUBLIC_URL);
    return icsOf(
      entries.map((entry) => toIcs(entry, reader, faces, url.href)),
      { method: 'PUBLISH', host: url.hostname, name: 'Cordée', ttlSeconds: ASK_AGAIN_SECONDS },
    );
  }

  private async replace(userId: string, secretHash: string): Promise<void> {
    await this.feeds.replace(idOf(userId), secretHash, this.clock.now());
  }
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');
const daysFrom = (instant: Date, days: number) => new Date(instant.getTime() + days * DAY);
