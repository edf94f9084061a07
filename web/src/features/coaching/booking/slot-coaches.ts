import type { Slot } from '../../../../../src/contracts/mentoring/mentoring';
import type { PartOfDay } from './slot-days';

/** A coach with all their free slots, by day of the calendar of the one who looks. */
export interface CoachSlots {
  coachId: string;
  free: number;
  days: { date: string; slots: Slot[] }[];
}

const NOON = 12;

/** Groups free slots by coach: who is free next first, and who has nothing free last, in the order they were named. */
export function byCoach(
  slots: readonly Slot[],
  coachIds: readonly string[],
  zone: string,
  part: PartOfDay = 'any',
): CoachSlots[] {
  const all = new Map(coachIds.map((coachId): [string, CoachSlots] => [coachId, { coachId, free: 0, days: [] }]));
  const order: CoachSlots[] = [];
  for (const slot of slots) {
    const at = Temporal.Instant.from(slot.startsAt).toZonedDateTimeISO(zone);
    if (part !== 'any' && at.hour < NOON !== (part === 'morning')) continue;
    const theirs = all.get(slot.coachId);
    if (!theirs) continue;
    if (theirs.free === 0) order.push(theirs);
    const date = at.toPlainDate().toString();
    const last = theirs.days.at(-1);
    if (last?.date === date) last.slots.push(slot);
    else theirs.days.push({ date, slots: [slot] });
    theirs.free += 1;
  }
  return [...order, ...[...all.values()].filter((one) => one.free === 0)];
}
