import type { CallFigures } from '../../../../../src/contracts/calls/figures';
import { Temporal } from '../../../time/temporal';

/** A day of the chart. */
export type ChartDay = CallFigures['days'][number] & { letters: CallFigures['letters'][number]['kind'][] };

/** So many columns have room; of more days only those on which something happened are shown. */
const MAX_DAYS = 120;

/** All days from the first to the last on which something happened, those between them too: a day without anything is seen as such. */
export function allDays(days: CallFigures['days'], letters: CallFigures['letters']): ChartDay[] {
  const happened = [...days.map(({ on }) => on), ...letters.map(({ on }) => on)].toSorted();
  const [first, last] = [happened[0], happened.at(-1)];
  if (first === undefined || last === undefined) return [];
  const count = Temporal.PlainDate.from(first).until(last).days + 1;
  const all =
    count > MAX_DAYS
      ? [...new Set(happened)]
      : Array.from({ length: count }, (_, index) => Temporal.PlainDate.from(first).add({ days: index }).toString());
  return all.map((on) => ({
    ...(days.find((day) => day.on === on) ?? { on, seen: 0, begun: 0, submitted: 0 }),
    letters: letters.filter((letter) => letter.on === on).map(({ kind }) => kind),
  }));
}
