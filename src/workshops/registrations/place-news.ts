import type { Change } from './places.js';

/** What a person is to hear of their place. */
export const PLACE_NEWS = ['registered', 'waitlisted', 'promoted', 'offered', 'lapsed', 'left'] as const;
export type PlaceNews = (typeof PLACE_NEWS)[number];

/** A mark that was taken back is no new place. */
const HAD_THE_PLACE: ReadonlySet<Change['from']> = new Set(['attended', 'absent', 'excused']);

/** From these one leaves something that stands in one's calendar. */
const IN_CALENDAR: ReadonlySet<Change['from']> = new Set(['going', 'waitlisted', 'offered']);

/** Null where there is nothing to hear: it was said how it was, or the end of an offer moved. */
export function newsOf({
  from,
  to,
  promoted,
  lapsed,
}: Pick<Change, 'from' | 'to' | 'promoted' | 'lapsed'>): PlaceNews | null {
  if (lapsed) return 'lapsed';
  if (from === to) return null;
  if (promoted) return 'promoted';
  if (to === 'going') return HAD_THE_PLACE.has(from) ? null : 'registered';
  if (to === 'cancelled') return IN_CALENDAR.has(from) ? 'left' : null;
  return to === 'waitlisted' || to === 'offered' ? to : null;
}
