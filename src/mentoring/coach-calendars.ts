import { Injectable } from '@nestjs/common';
import { BusySources } from '../calendar/busy-sources.js';
import { DAY } from '../common/clock.js';
import type { Availability } from '../contracts/mentoring.js';
import { toIds } from '../infra/mongo/ids.js';
import type { Stretch } from './hours.js';
import { SessionsRepository, type Taken } from './sessions.repository.js';
import type { CoachCalendar } from './slots.js';

/** Whose calendars, for whom, and which stretch of time (ms since the epoch). */
export interface Question {
  coaches: ReadonlyMap<string, Availability>;
  /** The people who would come. */
  people: readonly string[];
  from: number;
  to: number;
  /** A session that is about to move: it does not stand in its own way. */
  except?: string | undefined;
}

/** A coach's calendar with the places taken under the caps. */
export interface PlacedCalendar extends CoachCalendar {
  dayPlaces: ReadonlyMap<number, ReadonlySet<number>>;
  weekPlaces: ReadonlyMap<number, ReadonlySet<number>>;
}

/** Longer than any session and than a week, so that what reaches into a stretch, and the weeks at its ends, are seen. */
const AROUND = 8 * DAY;

/** Reads when coaches and those who look are taken: one query for sessions and one for each other source, whatever their number. */
@Injectable()
export class CoachCalendars {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly otherwise: BusySources,
  ) {}

  /** What hides slots: sessions, and what people go to. */
  async seen(question: Question): Promise<{ calendars: PlacedCalendar[]; mine: Stretch[] }> {
    const [taken, busy] = await Promise.all([
      this.taken(question),
      this.otherwise.between(everybody(question), new Date(question.from), new Date(question.to)),
    ]);
    return arrange(
      question,
      taken,
      busy.map(({ userId, startsAt, endsAt }) => ({ userId, from: startsAt.getTime(), to: endsAt.getTime() })),
    );
  }

  /** What forbids a booking: sessions alone claim time. */
  async claimed(question: Question): Promise<{ calendars: PlacedCalendar[]; mine: Stretch[] }> {
    return arrange(question, await this.taken(question), []);
  }

  private async taken(question: Question): Promise<Taken[]> {
    const { from, to, except } = question;
    const rows = await this.sessions.taking(toIds(everybody(question)), new Date(from - AROUND), new Date(to + AROUND));
    return rows.filter((row) => String(row._id) !== except);
  }
}

const everybody = ({ coaches, people }: Question) => [...new Set([...coaches.keys(), ...people])];

function arrange(
  { coaches, people }: Question,
  taken: readonly Taken[],
  otherwise: readonly (Stretch & { userId: string })[],
): { calendars: PlacedCalendar[]; mine: Stretch[] } {
  const busy = new Map<string, Stretch[]>();
  const add = (userId: string, stretch: Stretch) => {
    const list = busy.get(userId);
    if (list) list.push(stretch);
    else busy.set(userId, [stretch]);
  };
  const dayPlaces = new Map<string, Map<number, Set<number>>>();
  const weekPlaces = new Map<string, Map<number, Set<number>>>();
  for (const row of taken) {
    const stretch = { from: row.startsAt.getTime(), to: row.endsAt.getTime() };
    for (const person of row.people) add(String(person), stretch);
    const coachId = String(row.coachId);
    take(dayPlaces, coachId, row.day, row.dayPlace);
    take(weekPlaces, coachId, row.week, row.weekPlace);
  }
  for (const { userId, from, to } of otherwise) add(userId, { from, to });
  const calendars = [...coaches].map(([coachId, availability]): PlacedCalendar => {
    const days = dayPlaces.get(coachId) ?? new Map<number, Set<number>>();
    const weeks = weekPlaces.get(coachId) ?? new Map<number, Set<number>>();
    return {
      coachId,
      availability,
      busy: busy.get(coachId) ?? [],
      perDay: sizes(days),
      perWeek: sizes(weeks),
      dayPlaces: days,
      weekPlaces: weeks,
    };
  });
  return { calendars, mine: people.flatMap((person) => busy.get(person) ?? []) };
}

function take(places: Map<string, Map<number, Set<number>>>, coachId: string, period: number, place: number): void {
  const periods = places.get(coachId) ?? new Map<number, Set<number>>();
  places.set(coachId, periods.set(period, (periods.get(period) ?? new Set<number>()).add(place)));
}

const sizes = (places: ReadonlyMap<number, ReadonlySet<number>>) =>
  new Map([...places].map(([period, taken]) => [period, taken.size]));
