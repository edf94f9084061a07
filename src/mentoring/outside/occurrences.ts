import { RRuleTemporal } from 'rrule-temporal';
import { DAY } from '../../common/times/clock.js';
import type { Stretch } from '../availability/hours.js';
import type { IcsEntry, Length, Point } from './ics-entries.js';

/** An occurrence of a rule can lie a day beside what its wall time would be in UTC. */
const BESIDE = DAY;

interface Occurrence {
  start: Point;
  length: Length;
}

/**
 * When the entries of one UID block time within `look`: those of the rules and dates of its series, without those that were taken out or
 * moved, and those that stand in for them. The rules are worked out by a library, on the wall; each wall time then becomes an instant.
 */
export function blockedBy(entries: readonly IcsEntry[], look: Stretch): Stretch[] {
  const instead = entries.flatMap((entry) => (entry.instead ? [{ entry, ...entry.instead }] : []));
  const single = new Set(instead.map(({ at }) => at));
  const following = instead.filter((one) => one.following).sort((a, b) => a.at - b.at);
  const changeOf = (at: number) => following.findLast((one) => one.at <= at && !single.has(at));
  const ofSeries = entries
    .filter((entry) => !entry.instead)
    .flatMap((series) =>
      startsOf(series, look)
        .filter(({ start }) => !single.has(start.at))
        .flatMap(({ start, length }): Stretch[] => {
          const change = changeOf(start.at);
          if (!change) return series.blocks ? [stretchOf(series, start, length)] : [];
          const { entry, at } = change;
          const moved = { ...start, wall: start.wall + (entry.start.at - at), at: start.at + (entry.start.at - at) };
          return entry.blocks ? [stretchOf(entry, moved, entry.length)] : [];
        }),
    );
  const ofOthers = instead
    .filter(({ entry }) => entry.blocks)
    .map(({ entry }) => stretchOf(entry, entry.start, entry.length));
  return [...ofSeries, ...ofOthers].filter(({ from, to }) => from < to && from < look.to && to > look.from);
}

/** When a series begins: by rule, by date, or once. Each instant once, without those taken out. */
function startsOf(series: IcsEntry, look: Stretch): Occurrence[] {
  const { start, length, wall, rules, also, except } = series;
  const starts = new Map<number, Occurrence>();
  if (rules.length === 0) starts.set(start.at, { start, length });
  for (const { rule, until } of rules) {
    const lasts = length.days * DAY + length.ms;
    const reach = { from: look.from - lasts - BESIDE, to: Math.min(look.to, until) + BESIDE };
    for (const time of wallsOf(rule, start.wall, reach)) {
      const at = wall.instantOf(time);
      if (at <= until) starts.set(at, { start: { wall: time, at, isDate: start.isDate }, length });
    }
  }
  for (const one of also) starts.set(one.start.at, one);
  return [...starts.values()].filter(
    ({ start: { at, wall: time } }) => !except.at.has(at) && !except.days.has(Math.floor(time / DAY)),
  );
}

/** The wall times of a rule within a stretch. Throws for a rule that cannot be worked out in reasonable time. */
function wallsOf(rule: string, start: number, { from, to }: Stretch): number[] {
  if (from >= to) return [];
  const begins = new Date(start).toISOString().replace(/[-:]|\.\d+/g, '');
  const series = new RRuleTemporal({ rruleString: `DTSTART:${begins}\nRRULE:${rule}`, cache: false });
  return series.between(new Date(from), new Date(to), true).map((time) => time.epochMilliseconds);
}

function stretchOf({ wall }: IcsEntry, start: Point, { days, ms }: Length): Stretch {
  return { from: start.at, to: (days === 0 ? start.at : wall.instantOf(start.wall + days * DAY)) + ms };
}
