import type { TakenBy } from '../../calendar/clash.js';
import type { Availability } from '../../contracts/mentoring/mentoring.js';
import { type Busy, inOrder } from './busy-walks.js';
import type { Stretch } from './hours.js';
import type { Taken } from '../sessions/sessions.repository.js';
import type { CoachCalendar } from '../scheduling/slots.js';

/** A stretch in which somebody is at something that is no session: a workshop, say. */
export interface OtherwiseTaken extends Stretch {
  userId: string;
}

/** The same, and what it is. */
export interface TakenElsewhere extends OtherwiseTaken {
  by: TakenBy;
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
  const withThem = new Map<string, Busy[]>();
  const elsewhere = new Map<string, Stretch[]>();
  const dayPlaces = new Map<string, Map<number, Set<number>>>();
  const weekPlaces = new Map<string, Map<number, Set<number>>>();
  for (const row of sessions) {
    const [coachId, from, to] = [String(row.coachId), row.startsAt.getTime(), row.endsAt.getTime()];
    for (const person of row.people.map(String)) {
      if (person === coachId) add(withThem, person, { from, to, held: row.heldUntil?.getTime() ?? to });
      else if (row.second?.coachId.equals(person))
        add(withThem, person, { from, to, held: row.second.heldUntil.getTime() });
      else add(elsewhere, person, { from, to });
    }
    take(dayPlaces, coachId, row.day, row.dayPlace);
    take(weekPlaces, coachId, row.week, row.weekPlace);
    if (!row.second) continue;
    const { coachId: secondId, day, dayPlace, week, weekPlace } = row.second;
    take(dayPlaces, String(secondId), day, dayPlace);
    take(weekPlaces, String(secondId), week, weekPlace);
  }
  for (const { userId, from, to } of otherwise) add(elsewhere, userId, { from, to });
  const calendars = [...coaches].map(([coachId, availability]): PlacedCalendar => {
    const days = dayPlaces.get(coachId) ?? new Map<number, Set<number>>();
    const weeks = weekPlaces.get(coachId) ?? new Map<number, Set<number>>();
    return {
      coachId,
      availability,
      busy: inOrder(withThem.get(coachId) ?? []),
      elsewhere: inOrder(elsewhere.get(coachId) ?? []),
      perDay: sizes(days),
      perWeek: sizes(weeks),
      dayPlaces: days,
      weekPlaces: weeks,
    };
  });
  const ofPerson = (person: string) => [...(withThem.get(person) ?? []), ...(elsewhere.get(person) ?? [])];
  return { calendars, mine: people.flatMap(ofPerson) };
}

function add<T>(lists: Map<string, T[]>, userId: string, stretch: T): void {
  const list = lists.get(userId);
  if (list) list.push(stretch);
  else lists.set(userId, [stretch]);
}

function take(places: Map<string, Map<number, Set<number>>>, coachId: string, period: number, place: number): void {
  const periods = places.get(coachId) ?? new Map<number, Set<number>>();
  places.set(coachId, periods.set(period, (periods.get(period) ?? new Set<number>()).add(place)));
}

const sizes = (places: ReadonlyMap<number, ReadonlySet<number>>) =>
  new Map([...places].map(([period, taken]) => [period, taken.size]));
