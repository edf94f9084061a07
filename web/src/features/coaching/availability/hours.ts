import type { Availability } from '../../../../../src/contracts/mentoring/mentoring';

/** An interval on the wall, `HH:MM`; an end at midnight is `24:00`. */
export interface Hours {
  start: string;
  end: string;
}

/** A Monday at noon UTC, to name weekdays by. */
export const MONDAY = Date.UTC(2024, 0, 1, 12);

/** A time field knows no 24:00: it shows midnight as 00:00. */
export const timeOf = (end: string) => (end === '24:00' ? '00:00' : end);
export const wallOf = (time: string) => (time === '00:00' ? '24:00' : time);

/** The hours that a new line begins with: a morning, else two hours after the last, else the last hour of the day. */
export function nextHours(hours: readonly Hours[]): Hours {
  const last = hours
    .map((one) => one.end)
    .sort()
    .at(-1);
  if (last === undefined) return { start: '09:00', end: '12:00' };
  const hour = Math.min(21, Number(last.slice(0, 2)) + 1);
  const pad = (value: number) => String(value).padStart(2, '0');
  return { start: `${pad(hour)}:00`, end: `${pad(hour + 2)}:00` };
}

type Exception = Availability['exceptions'][number];

/** Days off that follow each other are shown as one line. */
export interface ExceptionLine {
  from: string;
  to: string;
  intervals: Hours[];
  /** Places in the list of exceptions. */
  places: number[];
}

/** Exceptions in the order of their dates, days off that follow each other joined. */
export function exceptionLines(exceptions: readonly Exception[]): ExceptionLine[] {
  const lines: ExceptionLine[] = [];
  const inOrder = exceptions.map((one, place) => ({ ...one, place })).sort((a, b) => a.date.localeCompare(b.date));
  for (const { date, intervals, place } of inOrder) {
    const last = lines.at(-1);
    const follows = last && Temporal.PlainDate.from(last.to).add({ days: 1 }).toString() === date;
    if (last && follows && intervals.length === 0 && last.intervals.length === 0) {
      last.to = date;
      last.places.push(place);
    } else {
      lines.push({ from: date, to: date, intervals, places: [place] });
    }
  }
  return lines;
}

const MAX_DAYS_OFF = 60;

/** The exceptions for some days, each day once: new ones replace those of the same date. */
export function withException(
  exceptions: readonly Exception[],
  from: string,
  to: string,
  intervals: Hours[],
): Exception[] {
  const first = Temporal.PlainDate.from(from);
  const length = Math.min(MAX_DAYS_OFF, Math.max(0, first.until(to).days)) + 1;
  const fresh = Array.from({ length }, (_, index) => ({ date: first.add({ days: index }).toString(), intervals }));
  const dates = new Set(fresh.map((one) => one.date));
  return [...exceptions.filter((one) => !dates.has(one.date)), ...fresh].sort((a, b) => a.date.localeCompare(b.date));
}

/** The Monday of the week that is shown first: this one while a session still fits into hours of it, else the next one, or there would be nothing to see. */
export function firstWeek(
  now: Temporal.ZonedDateTime,
  { weekly, slotMinutes }: Pick<Availability, 'weekly' | 'slotMinutes'>,
): Temporal.PlainDate {
  const today = now.dayOfWeek;
  const ends = now.hour * 60 + now.minute + slotMinutes;
  const isLeft = weekly.some(({ weekday, end }) => weekday > today || (weekday === today && minutesOf(end) >= ends));
  const monday = now.toPlainDate().subtract({ days: today - 1 });
  return isLeft || weekly.length === 0 ? monday : monday.add({ weeks: 1 });
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
