import { Injectable } from '@nestjs/common';
import { BusySources } from '../calendar/busy-sources.js';
import { DAY } from '../common/clock.js';
import { toIds } from '../infra/mongo/ids.js';
import { OutsideCalendarsRepository } from './outside/outside-calendars.repository.js';
import { SessionsRepository, type Taken } from './sessions.repository.js';
import type { OtherwiseTaken } from './taken-time.js';

/** Whose time, coaches and fellows alike, and which stretch of it (ms since the epoch). */
export interface Question {
  people: readonly string[];
  /** Those of them who would be booked: their calendars elsewhere count. */
  coaches: readonly string[];
  from: number;
  to: number;
}

/** Longer than any session and than a week, so that what reaches into a stretch, and the weeks at its ends, are seen. */
const AROUND = 8 * DAY;
/** The first and the last instant that every engine can hold. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Reads when people are taken: one query for sessions, one for calendars elsewhere and one for each other source, whatever the number of people. */
@Injectable()
export class CoachCalendars {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly otherwise: BusySources,
    private readonly outside: OutsideCalendarsRepository,
  ) {}

  /** What forbids a booking: sessions, which alone claim time, and what coaches have elsewhere. */
  async forbidding(question: Question): Promise<{ sessions: Taken[]; outside: OtherwiseTaken[] }> {
    const { coaches, from, to } = question;
    const [sessions, outside] = await Promise.all([
      this.sessionsOf(question),
      this.outside.between(toIds([...new Set(coaches)]), from - AROUND, to + AROUND),
    ]);
    return { sessions, outside };
  }

  private async sessionsOf({ people, from, to }: Question): Promise<Taken[]> {
    return await this.sessions.taking(
      toIds([...new Set(people)]),
      new Date(Math.max(from - AROUND, EARLIEST)),
      new Date(Math.min(to + AROUND, LATEST)),
    );
  }

  /** What hides slots: what forbids a booking, and what people go to. */
  async allOf(question: Question): Promise<{ sessions: Taken[]; otherwise: OtherwiseTaken[] }> {
    const [from, to] = [new Date(question.from), new Date(question.to)];
    const [{ sessions, outside }, otherwise] = await Promise.all([
      this.forbidding(question),
      this.otherwise.between([...new Set(question.people)], from, to),
    ]);
    return {
      sessions,
      otherwise: [
        ...outside,
        ...otherwise.map(({ userId, startsAt, endsAt }) => ({
          userId,
          from: startsAt.getTime(),
          to: endsAt.getTime(),
        })),
      ],
    };
  }
}
