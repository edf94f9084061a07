import type { Availability } from '../contracts/mentoring.js';
import type { Stretch } from './hours.js';
import type { Taken } from './sessions.repository.js';
import type { Busy, CoachCalendar } from './slots.js';

/** A stretch in which somebody is at something that claims no time: a workshop, say. */
export interface OtherwiseTaken extends Stretch {
  userId: string;
}

/** A coach's calendar with the places taken under the caps. */
export interface PlacedCalendar extends CoachCalendar {
  dayPlaces: ReadonlyMap<number, ReadonlySet<number>>;
  weekPlaces: ReadonlyMap<number, ReadonlySet<number>>;
}

/** Lays out sessions and other taken time as calendars of coaches, and as the busy time of the `people` who would come. */
export function calendarsOf(
  coaches: ReadonlyMap<string, Availability>,
  people: readonly string[],
  sessions: readonly Taken[],
  otherwise: readonly OtherwiseTaken[] = [],
): { calendars: PlacedCalendar[]; mine: Busy[] } {
  const busy = new Map<string, Busy[]>();
  const dayPlaces = new Map<string, Map<number, Set<number>>>();
  const weekPlaces = new Map<string, Map<number, Set<number>>>();
  const add = (userId: string, stretch: Busy) => {
    const list = busy.get(userId);
    if (list) list.push(stretch);
    else busy.set(userId, [stretch]);
  };
  for (const row of sessions) {
    const [coachId, from, to] = [String(row.coachId), row.startsAt.getTime(), row.endsAt.getTime()];
    for (const person of row.people.map(String)) {
      add(person, person === coachId ? { from, to, held: row.heldUntil?.getTime() ?? to } : { from, to });
    }
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
