import { ZoneOffsets, weekOf } from '../../common/times/zone-offsets.js';
import type { CoachCalendar, FreeSlot } from './slots.js';

/** How much a coach has in a week, beside what they said is the most. */
export interface Load {
  coachId: string;
  sessions: number;
  cap: number;
}

/**
 * Whose turn it is: least sessions relative to the cap; of two alike who has fewer sessions; then by the id, so that the same question
 * has one answer. Compares products, not quotients: whole numbers do not round.
 */
export function byTurn(a: Load, b: Load): number {
  return a.sessions * b.cap - b.sessions * a.cap || a.sessions - b.sessions || (a.coachId < b.coachId ? -1 : 1);
}

/** The load of a coach in the week, of their own zone, in which an instant (ms since the epoch) lies. */
export function loadAt({ coachId, availability, perWeek }: CoachCalendar, instant: number): Load {
  const week = weekOf(ZoneOffsets.of(availability.timeZone).dayAt(instant));
  return { coachId, sessions: perWeek.get(week) ?? 0, cap: availability.maxPerWeek };
}

/**
 * Free slots of several coaches, in time order, with each start once: that of the coach whose turn it is. Coaches who are free at the
 * same start, in their turn, are what {@link inTurn} names.
 */
export function sharedOut(free: readonly FreeSlot[], calendars: readonly CoachCalendar[]): FreeSlot[] {
  const byId = new Map(calendars.map((calendar) => [calendar.coachId, calendar]));
  const shared: FreeSlot[] = [];
  for (const slot of free) {
    const last = shared.at(-1);
    if (last?.from !== slot.from) shared.push(slot);
    else if (comesFirst(byId, slot, last)) shared[shared.length - 1] = slot;
  }
  return shared;
}

function comesFirst(calendars: ReadonlyMap<string, CoachCalendar>, slot: FreeSlot, other: FreeSlot): boolean {
  const [mine, theirs] = [calendars.get(slot.coachId), calendars.get(other.coachId)];
  return mine !== undefined && theirs !== undefined && byTurn(loadAt(mine, slot.from), loadAt(theirs, slot.from)) < 0;
}

/** The coaches, by their ids, in the order of their turn at an instant; `shown`, whose name was said already, before all others. */
export function inTurn(calendars: readonly CoachCalendar[], instant: number, shown?: string): string[] {
  const order = calendars.map((calendar) => loadAt(calendar, instant)).sort(byTurn);
  const ids = order.map((load) => load.coachId);
  return shown !== undefined && ids.includes(shown) ? [shown, ...ids.filter((id) => id !== shown)] : ids;
}
