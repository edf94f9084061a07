/** Ways to say until when one is not to be disturbed. */
export const QUIET_ENDS = ['30m', '1h', 'tomorrow'] as const;
export type QuietEnd = (typeof QUIET_ENDS)[number];

const MORNING = '08:00';

/** The instant at which such a quiet ends: after a while, or tomorrow at 08:00 in a zone. `now` in milliseconds since 1970. */
export function quietEndOf(end: QuietEnd, now: number, zone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(now);
  if (end !== 'tomorrow') return iso(at.add({ minutes: end === '1h' ? 60 : 30 }));
  const tomorrow = at.toZonedDateTimeISO(zone).toPlainDate().add({ days: 1 });
  return iso(tomorrow.toZonedDateTime({ timeZone: zone, plainTime: MORNING }).toInstant());
}

/** The wall time of a field (`2026-10-13T18:00`) in a zone as an instant; null for what is none. */
export function instantOfField(value: string, zone: string): string | null {
  try {
    return iso(Temporal.PlainDateTime.from(value).toZonedDateTime(zone).toInstant());
  } catch {
    return null;
  }
}

/** An instant as a field holds it, in a zone. */
export const fieldOfInstant = (now: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

const iso = (instant: Temporal.Instant) => new Date(instant.epochMilliseconds).toISOString();
