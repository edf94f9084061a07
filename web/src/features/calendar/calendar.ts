/** What of the calendar is on screen: kept in the address, so that it can be shared and gone back to. */
export interface CalendarSearch {
  view?: 'week' | 'list';
  scope?: 'cohort';
  /** The day looked at, `2026-10-13`; today where absent. */
  day?: string;
}

const DAYS = { largestUnit: 'days' } as const;

export const mondayOf = (day: Temporal.PlainDate): Temporal.PlainDate => day.subtract({ days: day.dayOfWeek - 1 });

/** The weeks that a month touches, each as its seven days, Monday first. */
export function weeksOfMonth(day: Temporal.PlainDate): Temporal.PlainDate[][] {
  const first = mondayOf(day.with({ day: 1 }));
  const last = day.with({ day: day.daysInMonth });
  const weeks: Temporal.PlainDate[][] = [];
  for (let monday = first; Temporal.PlainDate.compare(monday, last) <= 0; monday = monday.add({ days: 7 })) {
    weeks.push(daysFrom(monday, 7));
  }
  return weeks;
}

export const daysFrom = (day: Temporal.PlainDate, count: number): Temporal.PlainDate[] =>
  Array.from({ length: count }, (_, index) => day.add({ days: index }));

/** The week of the residency that begins on a Monday, counted from 1; null before and after it. */
export function residencyWeek(
  monday: Temporal.PlainDate,
  cohort: { startsOn: string; endsOn: string } | undefined,
): number | null {
  if (!cohort) return null;
  const start = mondayOf(Temporal.PlainDate.from(cohort.startsOn));
  if (monday.toString() > cohort.endsOn) return null;
  const week = start.until(monday, DAYS).days / 7 + 1;
  return week >= 1 ? week : null;
}

/** Whether the clocks of a zone go forward or back on a day. */
export function clockChange(day: Temporal.PlainDate, zone: string): 'forward' | 'back' | null {
  const hours = day.toZonedDateTime(zone).hoursInDay;
  if (hours === 24) return null;
  return hours > 24 ? 'back' : 'forward';
}

/** The day in the address, or today for none and for nonsense. */
export function dayFrom(text: string | undefined, today: Temporal.PlainDate): Temporal.PlainDate {
  try {
    return text ? Temporal.PlainDate.from(text) : today;
  } catch {
    return today;
  }
}

interface Span {
  startsAt: string;
  endsAt: string;
}

/** Entries of one day side by side where they overlap: each gets its lane and the number of lanes beside it. */
export function lanesOf<T extends Span>(items: readonly T[]): { item: T; lane: number; lanes: number }[] {
  const sorted = items.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt) || b.endsAt.localeCompare(a.endsAt));
  const placed: { item: T; lane: number; lanes: number }[] = [];
  let cluster: typeof placed = [];
  let ends: string[] = [];
  const close = () => {
    for (const one of cluster) one.lanes = ends.length;
    cluster = [];
    ends = [];
  };
  for (const item of sorted) {
    if (cluster.length > 0 && ends.every((end) => end <= item.startsAt)) close();
    const free = ends.findIndex((end) => end <= item.startsAt);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = item.endsAt;
    const one = { item, lane, lanes: 1 };
    cluster.push(one);
    placed.push(one);
  }
  close();
  return placed;
}

/** Minutes from the start of a day in a zone, kept within the day. */
export function minutesInto(instant: string, day: Temporal.PlainDate, zone: string): number {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const away = day.until(at.toPlainDate(), DAYS).days;
  if (away !== 0) return away < 0 ? 0 : 1440;
  return at.hour * 60 + at.minute;
}
