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

/** The same, and what it is; `cohortId`: of which cohort, null for what is outside. */
export interface TakenElsewhere extends OtherwiseTaken {
  by: TakenBy;
  cohortId: string | null;
}

/** Whether who looks may know when something of a person ends; `people`: all who are in it. */
export type Tells = (held: Pick<TakenElsewhere, 'userId' | 'by' | 'cohortId'>, people: readonly string[]) => boolean;

/** A coach's calendar with the places taken under the caps. */
export interface PlacedCalendar extends CoachCalendar {
  dayPlaces: ReadonlyMap<number, ReadonlySet<number>>;
  weekPlaces: ReadonlyMap<number, ReadonlySet<number>>;
}

/**
 * Lays out sessions and other taken time as calendars of coaches, and as the busy time of the `people` who would come. `tells` says of which of it the end may
 * be told; it is asked where slots are explained.
 */
export function calendarsOf(
  coaches: ReadonlyMap<string, Availability>,
  people: readonly string[],
  sessions: readonly Taken[],
  otherwise: readonly TakenElsewhere[] = [],
  tells: Tells = () => true,
): { calendars: PlacedCalendar[]; mine: Busy[] } {
  const withThem = new Map<string, Busy[]>();
  const elsewhere = new Map<string, Busy[]>();
  const dayPlaces = new Map<string, Map<number, Set<number>>>();
  const weekPlaces = new Map<string, Map<number, Set<number>>>();
  for (const row of sessions) {
    const [coachId, from, to] = [String(row.coachId), row.startsAt.getTime(), row.endsAt.getTime()];
    const all = row.people.map(String);
    const cohortId = row.cohortId ? String(row.cohortId) : null;
    for (const person of all) {
      const stretch = { from, to, untold: !tells({ userId: person, by: 'session', cohortId }, all) };
      if (person === coachId) add(withThem, person, { ...stretch, held: row.heldUntil?.getTime() ?? to });
      else if (row.second?.coachId.equals(person))
        add(withThem, person, { ...stretch, held: row.second.heldUntil.getTime() });
      else add(elsewhere, person, stretch);
    }
    take(dayPlaces, coachId, row.day, row.dayPlace);
    take(weekPlaces, coachId, row.week, row.weekPlace);
    if (!row.second) continue;
    const { coachId: secondId, day, dayPlace, week, weekPlace } = row.second;
    take(dayPlaces, String(secondId), day, dayPlace);
    take(weekPlaces, String(secondId), week, weekPlace);
  }
  for (const held of otherwise)
    add(elsewhere, held.userId, { from: held.from, to: held.to, untold: !tells(held, [held.userId]) });
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
