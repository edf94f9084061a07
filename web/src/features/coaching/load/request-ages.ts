const HOUR_MS = 3_600_000;

/** How long somebody waits, in the steps of the reminders: the owner after 48 hours, the programme team after 96, others after seven days. */
export const AGES = ['fresh', 'h48', 'h96', 'week'] as const;
export type Age = (typeof AGES)[number];

const FROM_HOURS: Record<Age, number> = { fresh: 0, h48: 48, h96: 96, week: 168 };

/** How many of these have waited so long (`waitingSince` in ISO 8601, `now` in ms since the epoch); each stands in its longest step. */
export function byAge(requests: readonly { waitingSince: string }[], now: number): Record<Age, number> {
  const counts: Record<Age, number> = { fresh: 0, h48: 0, h96: 0, week: 0 };
  for (const { waitingSince } of requests) {
    const hours = (now - Date.parse(waitingSince)) / HOUR_MS;
    counts[AGES.findLast((age) => hours >= FROM_HOURS[age]) ?? 'fresh'] += 1;
  }
  return counts;
}
