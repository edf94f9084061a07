import { Injectable } from '@nestjs/common';
import { BusySources } from '../../calendar/busy-sources.js';
import { DAY } from '../../common/times/clock.js';
import { type Ask, AskedTogether } from '../../infra/mongo/asked-together.js';
import { toIds } from '../../infra/mongo/ids.js';
import type { RawRows } from '../../infra/mongo/raw-rows.js';
import { type BusyElsewhere, OutsideCalendarsRepository } from '../outside/outside-calendars.repository.js';
import { stretchesOf } from '../outside/weeks.js';
import { SessionsRepository, type TakenRow } from '../sessions/sessions.repository.js';
import type { TakenElsewhere } from './taken-time.js';

/** Whose time, coaches and fellows alike, and which stretch of it (ms since the epoch). */
export interface Question {
  people: readonly string[];
  /** Those of them whose calendars elsewhere count. */
  coaches: readonly string[];
  from: number;
  to: number;
}

/** Longer than any session and than a week, so that what reaches into a stretch, and the weeks at its ends, are seen. */
const AROUND = 8 * DAY;
/** The first and the last instant that every engine can hold. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Reads when people are taken: sessions, workshops, calendars elsewhere, all by one command, whatever the number of people. What of it
 * hides slots is the same as what stands in the way of a booking: which of it forbids, and which asks, is a rule (calendar/clash.ts).
 */
@Injectable()
export class CoachCalendars {
  constructor(
    private readonly together: AskedTogether,
    private readonly sessions: SessionsRepository,
    private readonly otherwise: BusySources,
    private readonly outside: OutsideCalendarsRepository,
  ) {}

  async allOf(question: Question): Promise<{ sessions: readonly TakenRow[]; otherwise: TakenElsewhere[] }> {
    const [from, to] = [new Date(question.from), new Date(question.to)];
    const { asks, read } = this.otherwise.questions([...new Set(question.people)], from, to);
    const [sessions, outside, ...others] = await this.together.all(...this.claimed(question), ...asks);
    const otherwise = read(others).map(({ userId, startsAt, endsAt, by, cohortId }) => ({
      ...{ userId, by, cohortId },
      from: startsAt.getTime(),
      to: endsAt.getTime(),
    }));
    return { sessions: sessions.rows, otherwise: [...elsewhere(outside, question), ...otherwise] };
  }

  private claimed({ people, coaches, from, to }: Question): [Ask<TakenRow>, Ask<BusyElsewhere>] {
    return [
      this.sessions.takingAsk(
        toIds([...new Set(people)]),
        new Date(Math.max(from - AROUND, EARLIEST)),
        new Date(Math.min(to + AROUND, LATEST)),
      ),
      this.outside.busyAsk(toIds([...new Set(coaches)]), from - AROUND, to + AROUND),
    ];
  }
}

const elsewhere = ({ rows }: RawRows<BusyElsewhere>, { from, to }: Question): TakenElsewhere[] =>
  rows.flatMap(({ userId, busy }) =>
    stretchesOf(busy)
      .filter((stretch) => stretch.to > from - AROUND && stretch.from < to + AROUND)
      .map((stretch) => ({ userId: String(userId), by: 'outside', cohortId: null, ...stretch })),
  );
