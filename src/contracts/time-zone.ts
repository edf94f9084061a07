import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/** What the name of an IANA zone is made of. Offsets, of which it is said apart, are made of the same. */
const NAME = /^[a-z][\w/+-]*$/i;

function namedByTemporal(zone: string): string | null {
  try {
    return new Temporal.ZonedDateTime(0n, zone).timeZoneId;
  } catch {
    return null;
  }
}

/**
 * The name that an IANA zone has in the database of zones, however it is written (`europe/paris`); null for what is none. It is what all that computes with zones
 * takes: `Intl` also knows words that mean something else to everybody (`PST`, `IST`), and any mix of capitals.
 */
export function zoneNameOf(written: string): string | null {
  if (written.length > 64 || !NAME.test(written)) return null;
  const name = namedByTemporal(written);
  // Small letters may pass for a zone of which the name is refused (`pst`).
  return name !== null && namedByTemporal(name) === name ? name : null;
}

/** An IANA zone such as `Europe/Paris`, under its one name; offsets are refused, they know no daylight saving. */
export const TimeZone = z
  .string()
  .max(64, { abort: true })
  .overwrite((written) => zoneNameOf(written) ?? written)
  .refine((name) => zoneNameOf(name) === name, {
    params: { code: 'unknown_zone' },
    error: 'is not an IANA time zone',
  });
