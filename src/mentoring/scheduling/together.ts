import { type CoachCalendar, type FreeSlot, type SlotQuery, refusalsOf, slotsOf } from './slots.js';

/**
 * When two coaches can be met together, in time order and under the first one's id: the slots of each in which the other is free, too.
 * Where slots of both would overlap, the first coach's stands. They last as long as asked for, else as long as the first coach's do.
 */
export function togetherOf(first: CoachCalendar, second: CoachCalendar, query: SlotQuery): FreeSlot[] {
  const asked = { ...query, minutes: query.minutes ?? first.availability.slotMinutes, explain: false };
  const ofFirst = bothFree(first, second, asked);
  const ofSecond = bothFree(second, first, asked);
  const apart = ofSecond.filter((slot) => !ofFirst.some((other) => other.from < slot.to && slot.from < other.to));
  return [...ofFirst, ...apart]
    .sort((a, b) => a.from - b.from)
    .map(({ from, to }) => ({ coachId: first.coachId, from, to }));
}

function bothFree(whose: CoachCalendar, other: CoachCalendar, query: SlotQuery): FreeSlot[] {
  const refused = refusalsOf(other, query);
  return slotsOf([whose], query).free.filter(({ from, to }) => refused(from, to) === null);
}
