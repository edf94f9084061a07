const HOUR = 3_600_000;
const DAYS_FROM_HOURS = 48;

/** How long something has waited: in hours up to two days, then in days, as the forum counts. */
export function ageOf(since: string, now: number): { unit: 'hours' | 'days'; count: number } {
  const hours = Math.max(0, Math.floor((now - Date.parse(since)) / HOUR));
  return hours < DAYS_FROM_HOURS ? { unit: 'hours', count: hours } : { unit: 'days', count: Math.floor(hours / 24) };
}
