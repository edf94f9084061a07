import { Injectable } from '@nestjs/common';
import { BusySources } from '../calendar/busy-sources.js';
import { DAY } from '../common/clock.js';
import { toIds } from '../infra/mongo/ids.js';
import { SessionsRepository, type Taken } from './sessions.repository.js';
import type { OtherwiseTaken } from './taken-time.js';

/** Whose time, coaches and fellows alike, and which stretch of it (ms since the epoch). */
export interface Question {
  people: readonly string[];
  from: number;
  to: number;
}

/** Longer than any session and than a week, so that what reaches into a stretch, and the weeks at its ends, are seen. */
const AROUND = 8 * DAY;
/** The first and the last instant that every engine can hold. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Reads when people are taken: one query for sessions and one for each other source, whatever the number of people. */
@Injectable()
export class CoachCalendars {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly otherwise: BusySources,
  ) {}

  /** What forbids a booking: sessions alone claim time. */
  async sessionsOf({ people, from, to }: Question): Promise<Taken[]> {
    return await this.sessions.taking(
      toIds([...new Set(people)]),
      new Date(Math.max(from - AROUND, EARLIEST)),
      new Date(Math.min(to + AROUND, LATEST)),
    );
  }

  /** What hides slots: sessions, and what people go to. */
  async allOf(question: Question): Promise<{ sessions: Taken[]; otherwise: OtherwiseTaken[] }> {
    const [from, to] = [new Date(question.from), new Date(question.to)];
    const [sessions, otherwise] = await Promise.all([
      this.sessionsOf(question),
      this.otherwise.between([...new Set(question.people)], from, to),
    ]);
    return {
      sessions,
      otherwise: otherwise.map(({ userId, startsAt, endsAt }) => ({
        userId,
        from: startsAt.getTime(),
        to: endsAt.getTime(),
      })),
    };
  }
}
