import { MINUTE } from '../common/times/clock.js';

/** The grid of all planned time, in ms. */
export const TICK = 5 * MINUTE;

/** A number of digits that ticks keep for the next 800 years, so that claims sort like time. */
const DIGITS = 8;

/**
 * The claims of a person on their time from `from` up to `to` (ms since the epoch): one text for each 5-minute tick that is touched,
 * `<personId>#<tick>`. Kept in a field with a unique multikey index, one insert takes all of them or none, and two bookings that
 * overlap in a single tick cannot both exist.
 */
export function timeClaims(personId: string, from: number, to: number): string[] {
  const claims: string[] = [];
  for (let tick = Math.floor(from / TICK); tick * TICK < to; tick += 1) {
    claims.push(`${personId}#${String(tick).padStart(DIGITS, '0')}`);
  }
  return claims;
}

/** Whether a claim is one on the time of this person, or on a place under their caps. */
export const isClaimOf = (claim: string, personId: string) =>
  claim.startsWith(`${personId}#`) || claim.startsWith(`cap:${personId}#`);

/**
 * The claim on one of a person's places in a period with a cap: `cap:<personId>#<period>#<place>`, places counting from 1.
 * With a cap of 5 only five different claims exist, so that the unique index keeps the cap.
 */
export function capClaim(personId: string, period: string, place: number): string {
  return `cap:${personId}#${period}#${place}`;
}

/** The lowest place that is not taken, or null when the cap is reached. A cap lowered meanwhile counts what is above it, too. */
export function freePlace(taken: ReadonlySet<number>, cap: number): number | null {
  if (taken.size >= cap) return null;
  for (let place = 1; place <= cap; place += 1) if (!taken.has(place)) return place;
  return null;
}
