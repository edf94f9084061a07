import { Temporal } from 'temporal-polyfill';

/**
 * Wall-clock time in an IANA zone as an instant. A time that the spring night skips moves forward by the gap, one that the autumn
 * night repeats is the first (RFC 5545 section 3.3.5; Temporal's `compatible`).
 */
export function instantAt(date: string, time: string, timeZone: string): Date {
  const zoned = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) });
  return new Date(zoned.epochMilliseconds);
}

/** The calendar day (`2026-10-13`) of an instant in a zone. */
export function dayOf(instant: Date, timeZone: string): string {
  return zonedOf(instant, timeZone).toPlainDate().toString();
}

/** An instant seen in a zone. */
export function zonedOf(instant: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
}

/** `days` after a calendar day. */
export function plusDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Whole days from one calendar day to another (negative when it lies before). */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;
}
