import type { HiddenSlot, Slot, Slots } from '../../../../../src/contracts/mentoring/mentoring';

/** The slots of a coach on one day. */
export interface CoachDay {
  coachId: string;
  slots: Slot[];
  hidden: HiddenSlot[];
}

/** One day on the calendar of the one who looks (`2026-10-13`), with the coaches whose next free slot comes first at the top. */
export interface SlotDay {
  date: string;
  free: number;
  hidden: number;
  coaches: CoachDay[];
}

export type PartOfDay = 'any' | 'morning' | 'afternoon';

const NOON = 12;

/** Groups slots by day and coach in a zone. Every day from `first` on is there, `days` of them, also those without a slot. */
export function byDay(
  { slots, hidden = [] }: Pick<Slots, 'slots' | 'hidden'>,
  zone: string,
  first: Temporal.PlainDate,
  days: number,
  part: PartOfDay = 'any',
): SlotDay[] {
  const result = Array.from({ length: days }, (_, index): SlotDay => {
    return { date: first.add({ days: index }).toString(), free: 0, hidden: 0, coaches: [] };
  });
  const byDate = new Map(result.map((day) => [day.date, day]));
  const place = (slot: Slot): CoachDay | undefined => {
    const at = Temporal.Instant.from(slot.startsAt).toZonedDateTimeISO(zone);
    if (part !== 'any' && at.hour < NOON !== (part === 'morning')) return undefined;
    const day = byDate.get(at.toPlainDate().toString());
    if (!day) return undefined;
    const known = day.coaches.find((one) => one.coachId === slot.coachId);
    if (known) return known;
    const made: CoachDay = { coachId: slot.coachId, slots: [], hidden: [] };
    day.coaches.push(made);
    return made;
  };
  for (const slot of slots) place(slot)?.slots.push(slot);
  for (const slot of hidden) place(slot)?.hidden.push(slot);
  for (const day of result) {
    day.free = day.coaches.reduce((sum, one) => sum + one.slots.length, 0);
    day.hidden = day.coaches.reduce((sum, one) => sum + one.hidden.length, 0);
  }
  return result;
}

/** The day of an instant on the calendar of a zone. */
export const dayOf = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();

/** Whether it is known which times of a day are hidden; `until` is the day in which the explained ones end, null where all are. */
export const isExplained = ({ date, hidden }: Pick<SlotDay, 'date' | 'hidden'>, until: string | null): boolean =>
  until === null || hidden > 0 || date < until;
