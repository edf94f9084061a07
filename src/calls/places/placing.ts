import { DAY } from '../../common/times/clock.js';
import { dayOf, daysBetween, instantAt, plusDays, zonedOf } from '../../common/times/zoned.js';
import type { Place, PlaceState } from '../../contracts/calls/places.js';
import type { DecisionRow, PlaceRow } from '../applications/application.schema.js';

/** Who does not say whether they take their place is reminded so many days before it goes to the next. */
export const REMINDED_DAYS: readonly number[] = [3, 1];

/** Why a place is lost. */
export type LostBecause = Extract<PlaceState, 'given-back' | 'not-answered' | 'withdrawn'>;

const HELD: ReadonlySet<PlaceState> = new Set(['open', 'taken']);

/** Whether a place is somebody's, be it confirmed or not. */
export const isHeldPlace = (place: PlaceRow | undefined): place is PlaceRow =>
  place !== undefined && HELD.has(place.state);

/** The day to confirm of who is offered a place that another one lost: as many days after their letter as the other one had, at the same hour of the call's zone. */
export function confirmByFor(sendAt: Date, lost: { sendAt: Date; confirmBy: Date }, timeZone: string): Date {
  const days = Math.max(1, daysBetween(dayOf(lost.sendAt, timeZone), dayOf(lost.confirmBy, timeZone)));
  const time = zonedOf(lost.confirmBy, timeZone).toPlainTime().toString();
  return instantAt(plusDays(dayOf(sendAt, timeZone), days), time, timeZone);
}

/** When reminders of a place go: those that come well after its letter. */
export const remindersOf = ({
  sendAt,
  confirmBy,
}: {
  sendAt: Date;
  confirmBy: Date;
}): { days: number; dueAt: Date }[] =>
  REMINDED_DAYS.map((days) => ({ days, dueAt: new Date(confirmBy.getTime() - days * DAY) })).filter(
    ({ dueAt }) => dueAt.getTime() - sendAt.getTime() >= DAY / 2,
  );

/** What stands about a file whose place is lost: from now on, and without words of its own. */
export function lapsed(
  { turn, place }: Pick<DecisionRow, 'turn'> & { place: PlaceRow },
  because: LostBecause,
  now: Date,
  passedTo: string | undefined,
): DecisionRow {
  const { confirmBy, insteadOf } = place;
  return {
    ...{ kind: 'lapsed', at: now, sendAt: now, words: { en: '', fr: '' }, turn: turn + 1 },
    place: {
      ...{ state: because, confirmBy, since: now },
      ...(insteadOf !== undefined && { insteadOf }),
      ...(passedTo !== undefined && { passedTo }),
    },
  };
}

/** As staff see it. */
export const shownPlace = ({ state, confirmBy, since, insteadOf, passedTo }: PlaceRow): Place => ({
  ...{ state, confirmBy: confirmBy.toISOString(), at: state === 'open' ? null : since.toISOString() },
  ...{ insteadOf: insteadOf ?? null, passedTo: passedTo ?? null },
});

/** Where each of some stands once one of them is right before another one, or last (`null`). Only those that move are named; null where one of them is not among them. */
export function reranked(
  list: readonly { id: string; rank: number }[],
  id: string,
  before: string | null,
): { id: string; rank: number }[] | null {
  const moved = list.find((one) => one.id === id);
  if (!moved || (before !== null && !list.some((one) => one.id === before))) return null;
  if (before === id) return [];
  const rest = list.filter((one) => one.id !== id);
  const at = before === null ? rest.length : rest.findIndex((one) => one.id === before);
  const ranks = list.map(({ rank }) => rank);
  let last = -Infinity;
  return rest.toSpliced(at, 0, moved).flatMap((one, index) => {
    // Two of one rank would stand by their number again.
    const rank: number = Math.max(ranks[index] ?? 0, last + RANK_STEP);
    last = rank;
    return rank === one.rank ? [] : [{ id: one.id, rank }];
  });
}

/** Between two that are put on the list in one act. */
export const RANK_STEP = 0.001;
