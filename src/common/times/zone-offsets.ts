import { Temporal } from 'temporal-polyfill';
import { DAY, MINUTE } from './clock.js';

/** From `from` (ms since the epoch) on, local time is `offset` ms ahead of UTC, until the next row begins. */
interface OffsetRow {
  from: number;
  offset: number;
}

const MARGIN = 400 * DAY;
/** More than anybody plans in one go: a table never grows past it, so that one question about the year 9999 costs the others nothing. */
const LONGEST = 20 * 366 * DAY;
const tables = new Map<string, ZoneOffsets>();

/**
 * The offsets of an IANA zone as a short table of integers, so that thousands of wall times become instants without a date object.
 * Days are counted from 1970-01-01 (day 0), minutes from the day's midnight on the wall, instants in ms since the epoch.
 */
export class ZoneOffsets {
  private rows: OffsetRow[] = [];
  private first = Infinity;
  private last = -Infinity;
  /** The row that answered last; wall times are asked for in runs. */
  private recent = 0;

  private constructor(private readonly timeZone: string) {}

  /** The table of a zone; kept for the life of the process. */
  static of(timeZone: string): ZoneOffsets {
    const table = tables.get(timeZone) ?? new ZoneOffsets(timeZone);
    tables.set(timeZone, table);
    return table;
  }

  /**
   * Wall time as an instant. One that the spring night skips moves forward by the gap, one that the autumn night repeats is the first
   * (RFC 5545 section 3.3.5; Temporal's `compatible`).
   */
  instantOf(day: number, minutes: number): number {
    const local = day * DAY + minutes * MINUTE;
    this.cover(local);
    const near = local - this.offset(this.recent);
    // Further from a change than any offset is long, there is no gap and no repetition to look at.
    if (near - DAY >= this.from(this.recent) && near + DAY < this.from(this.recent + 1)) return near;
    for (let row = 0; row < this.rows.length; row += 1) {
      const instant = local - this.offset(row);
      if (instant < this.from(row)) return local - this.offset(row - 1); // in the gap before this row
      if (instant < this.from(row + 1)) {
        this.recent = row;
        return instant;
      }
    }
    throw new RangeError('a table of offsets must cover what is asked of it');
  }

  /** The first instant of a day on which and around which no clock changes, so that minutes only need to be added; else null. */
  plainMidnightOf(day: number): number | null {
    this.cover(day * DAY);
    const midnight = day * DAY - this.offset(this.recent);
    if (midnight - DAY >= this.from(this.recent) && midnight + 2 * DAY < this.from(this.recent + 1)) return midnight;
    // Finds the row of this day for the next one.
    this.instantOf(day, 0);
    return null;
  }

  /** The day on which an instant lies in this zone. */
  dayAt(instant: number): number {
    return Math.floor(this.localOf(instant) / DAY);
  }

  /** Day and minute (from midnight, cut) that the wall shows at an instant. */
  wallAt(instant: number): { day: number; minute: number } {
    const local = this.localOf(instant);
    const day = Math.floor(local / DAY);
    return { day, minute: Math.floor((local - day * DAY) / MINUTE) };
  }

  private localOf(instant: number): number {
    this.cover(instant);
    let row = this.rows.length - 1;
    while (row > 0 && this.from(row) > instant) row -= 1;
    return instant + this.offset(row);
  }

  private from(row: number): number {
    return this.rows[row]?.from ?? Infinity;
  }

  private offset(row: number): number {
    return this.rows[row]?.offset ?? 0;
  }

  /**
   * Makes the table longer when somebody asks beyond it; asked far beyond, it begins anew there. Where that cannot be done (a zone, or an instant, that is none) the table stays as it
   * was, so that who asks next is refused as well.
   */
  private cover(instant: number): void {
    if (instant - 2 * DAY >= this.first && instant + 2 * DAY <= this.last) return;
    let first = Math.min(this.first, instant - MARGIN);
    let last = Math.max(this.last, instant + MARGIN);
    if (last - first > LONGEST) [first, last] = [instant - MARGIN, instant + MARGIN];
    this.rows = rowsOf(this.timeZone, first, last);
    [this.first, this.last, this.recent] = [first, last, 0];
  }
}

/** Throws where there is no such zone. */
function rowsOf(timeZone: string, first: number, last: number): OffsetRow[] {
  let at = Temporal.Instant.fromEpochMilliseconds(first).toZonedDateTimeISO(timeZone);
  const rows: OffsetRow[] = [{ from: -Infinity, offset: offsetOf(at) }];
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds > last) return rows;
    rows.push({ from: next.epochMilliseconds, offset: offsetOf(next) });
    at = next;
  }
}

const offsetOf = (at: Temporal.ZonedDateTime) => at.offsetNanoseconds / 1e6;

/** The number of a plain date (`2026-10-13`) among the days since 1970-01-01. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

/** The plain date of a day's number. */
export function plainDateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** 1 is Monday (ISO 8601). */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The number of the ISO week (Monday to Sunday) in which a day lies, counted from the week of 1970-01-01. */
export function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

/** The Monday of a week's number. */
export function mondayOf(week: number): number {
  return week * 7 - 3;
}
