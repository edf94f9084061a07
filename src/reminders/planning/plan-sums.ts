import { crc32 } from 'node:zlib';
import type { ReminderSubject, WantedReminder } from './reminder-plan.js';

/** What the planned rows of a subject sum up to. */
export interface PlannedSum {
  count: number;
  /** Of what each was planned as, by {@link checkOf}. */
  check: number;
  /** Of their `dueAt`, in ms. */
  dueAt: number;
}

/** A number of 32 bits for all that a reminder is planned as; kept with its row, so that the database can sum up what is planned. Pure. */
export function checkOf({ revision, title, titleKey }: ReminderSubject, want: WantedReminder): number {
  const { userId, kind, why, dueAt, until, held, channels } = want;
  const as = [
    userId,
    kind,
    revision,
    why,
    dueAt.getTime(),
    until.getTime(),
    held?.by,
    held?.from.getTime(),
    ...channels,
  ];
  return crc32([...as, titleKey, title].join(' '));
}

/** What the planned rows of a subject sum up to once all that must exist and is not over is planned. Pure. */
export function sumOf(subject: ReminderSubject, wanted: readonly WantedReminder[], now: Date): PlannedSum {
  const sum: PlannedSum = { count: 0, check: 0, dueAt: 0 };
  for (const want of wanted) {
    if (want.dueAt <= now) continue;
    sum.count += 1;
    sum.check += checkOf(subject, want);
    sum.dueAt += want.dueAt.getTime();
  }
  return sum;
}

/**
 * Whether what is planned (undefined: nothing) sums up to what must be: then `compare` would change nothing. A row that is missing,
 * doubled, old, at another time or of another person makes a difference. Pure.
 */
export function isSameSum(wanted: PlannedSum | null, planned: PlannedSum | undefined): boolean {
  const there = planned ?? { count: 0, check: 0, dueAt: 0 };
  return wanted?.count === there.count && wanted.check === there.check && wanted.dueAt === there.dueAt;
}
