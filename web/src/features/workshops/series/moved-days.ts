import type { SeriesDate, SeriesScope } from '../../../../../src/contracts/workshops/workshop-series';
import { dayOf } from '../../../time/format';

type Dated = Pick<SeriesDate, 'workshopId' | 'recurrenceId' | 'startsAt' | 'timeZone' | 'status'>;

/** What is made of one date, for those of the scope: all, or those first planned for its day or later. */
interface Move {
  scope: SeriesScope;
  workshopId: string;
  after: Pick<SeriesDate, 'startsAt' | 'timeZone'>;
}

/** The days on which the dates of a series come when an edit of one moves them along, as the server has it: none where it stays on its day. */
export function movedDays(dates: readonly Dated[], { scope, workshopId, after }: Move, now: number): string[] {
  const seen = dates.find((one) => one.workshopId === workshopId);
  if (!seen || after.startsAt === '') return [];
  const { days } = dayOf(seen.startsAt, seen.timeZone).until(dayOf(after.startsAt, after.timeZone));
  if (days === 0) return [];
  const from = scope === 'all' ? -Infinity : Date.parse(seen.recurrenceId);
  return dates
    .filter(({ recurrenceId, startsAt, status }) => {
      return Date.parse(recurrenceId) >= from && status !== 'cancelled' && Date.parse(startsAt) > now;
    })
    .map(({ startsAt, timeZone }) => dayOf(startsAt, timeZone).add({ days }).toString());
}
