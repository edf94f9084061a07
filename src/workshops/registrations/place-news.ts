import type { RegistrationStatus } from '../../contracts/workshops/workshops.js';
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

/** How one stands as long as it is so; null: whose offer lapsed may have asked again in that very instant. */
const STANDING: Record<PlaceNews, RegistrationStatus | null> = {
  registered: 'going',
  promoted: 'going',
  waitlisted: 'waitlisted',
  offered: 'offered',
  lapsed: null,
  left: 'cancelled',
};

/** Whether somebody still stands as they were to hear, since that very instant: what became of their place meanwhile is told by itself. */
export const isStillSo = (
  { status, since }: { status: RegistrationStatus; since?: Date },
  what: PlaceNews,
  at: number,
): boolean => status === (STANDING[what] ?? status) && since?.getTime() === at;

/** Those of an act are heard of together, by the status that they left. A place that is held, given or lost meanwhile is news of its own, with its own words. */
const BY_ACT: Partial<Record<RegistrationStatus, PlaceNews>> = {
  going: 'registered',
  waitlisted: 'waitlisted',
  cancelled: 'left',
};

/** What an act on several dates made of one of them; null for what it cannot have done. */
export const newsByAct = (status: RegistrationStatus): PlaceNews | null => BY_ACT[status] ?? null;

/** Whether what became of a place is told with the other dates of the act that did it. */
export const isToldByAct = (what: PlaceNews | null): boolean =>
  what === 'registered' || what === 'waitlisted' || what === 'left';
