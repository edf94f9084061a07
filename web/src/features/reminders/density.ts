/** How many reminders fall on a day of the cohort (`2026-10-13`). */
export interface DayCount {
  day: string;
  count: number;
}

/** A bar: the day it leads to, how many, and whether it is past, now, or a weekend. */
export interface Bar {
  day: string;
  count: number;
  /** The height in percent of the tallest. */
  height: number;
  when: 'past' | 'now' | 'weekend' | 'coming';
}

const SATURDAY = 6;
const LOWEST = 3;

/** The days from `today` on, empty ones included. */
export function barsByDay(byDay: readonly DayCount[], today: string, days: number): Bar[] {
  const counts = new Map(byDay.map(({ day, count }) => [day, count]));
  const first = Temporal.PlainDate.from(today);
  return withHeights(
    Array.from({ length: days }, (_, index) => {
      const day = first.add({ days: index });
      const when = index === 0 ? 'now' : day.dayOfWeek >= SATURDAY ? 'weekend' : 'coming';
      return { day: day.toString(), count: counts.get(day.toString()) ?? 0, when } as const;
    }),
  );
}

/** The weeks (from Monday) that a residency touches, empty ones included. */
export function barsByWeek(byDay: readonly DayCount[], startsOn: string, endsOn: string, today: string): Bar[] {
  const first = mondayOf(startsOn);
  const weeks = Math.floor(first.until(endsOn).days / 7) + 1;
  const counts = Array.from({ length: Math.max(1, weeks) }, () => 0);
  for (const { day, count } of byDay) {
    const week = Math.floor(first.until(day, { largestUnit: 'days' }).days / 7);
    if (counts[week] !== undefined) counts[week] += count;
  }
  const thisWeek = mondayOf(today).toString();
  return withHeights(
    counts.map((count, index) => {
      const day = first.add({ weeks: index }).toString();
      const when = day === thisWeek ? 'now' : day < thisWeek ? 'past' : 'coming';
      return { day, count, when } as const;
    }),
  );
}

/** How many from a day on, for so many days. */
export function countBetween(byDay: readonly DayCount[], from: string, days = Infinity): number {
  const end = days === Infinity ? '9999-12-31' : Temporal.PlainDate.from(from).add({ days }).toString();
  return byDay.filter(({ day }) => day >= from && day < end).reduce((sum, { count }) => sum + count, 0);
}

function mondayOf(day: string): Temporal.PlainDate {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 });
}

function withHeights(bars: readonly Omit<Bar, 'height'>[]): Bar[] {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return bars.map((bar) => ({ ...bar, height: Math.max(LOWEST, Math.round((bar.count / most) * 100)) }));
}
