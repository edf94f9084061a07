import { HOUR, MINUTE } from '../common/clock.js';
import type { Alert, AlertKind } from '../contracts/operation.js';

/** Nobody waits longer for a reminder while all is well. */
const LATE_MS = MINUTE;
/** More failures than these among the reminders of the last hour are an alert. */
const FAILED_SHARE = 0.01;

/** Failures are counted over so long. */
export const WATCHED_MS = HOUR;

/** What was wrong is over once it has been well for so long; until then it is the same alert, and nobody is told again. */
export const CALM_MS = 15 * MINUTE;

/** What is due and not sent yet (`due`: 10,000 at most), and when the first of it was due. */
export interface Waiting {
  due: number;
  firstDueAt: Date | null;
}

/** What became of the reminders of the last hour. */
export interface LastHour {
  sent: number;
  failed: number;
  firstFailedAt: Date | null;
}

/** What is wrong at a moment; the figures as in the contract `Alert`. */
export interface Trouble {
  kind: AlertKind;
  since: Date;
  count: number;
  among: number | null;
}

/** How long the reminder that waits longest has been due, in ms. */
export const lateMs = ({ firstDueAt }: Waiting, now: Date): number =>
  firstDueAt ? Math.max(0, now.getTime() - firstDueAt.getTime()) : 0;

/** What is wrong with reminders that stand so. Pure: of the same rows, each process says the same. */
export function troublesIn(health: Waiting & LastHour, now: Date): Trouble[] {
  const { due, firstDueAt, sent, failed, firstFailedAt } = health;
  const among = sent + failed;
  return [
    ...(firstDueAt && lateMs(health, now) > LATE_MS
      ? [{ kind: 'late' as const, since: firstDueAt, count: due, among: null }]
      : []),
    ...(firstFailedAt && failed > among * FAILED_SHARE
      ? [{ kind: 'fail' as const, since: firstFailedAt, count: failed, among }]
      : []),
  ];
}

/** An alert that is not over, as it is kept. */
export type OpenEpisode = Trouble & { wellSince: Date | null };

/** What admins are shown: what is wrong now, with the figures of now, and what is well again but not over yet. Pure. */
export function alertsOf(troubles: readonly Trouble[], open: readonly OpenEpisode[]): Alert[] {
  const known = new Map(open.map((episode) => [episode.kind, episode]));
  const now = troubles.map((trouble) => ({
    ...trouble,
    since: known.get(trouble.kind)?.since ?? trouble.since,
    wellSince: null,
  }));
  const wrong = new Set(troubles.map(({ kind }) => kind));
  return [...now, ...open.filter(({ kind }) => !wrong.has(kind))].map(({ kind, since, count, among, wellSince }) => ({
    ...{ kind, count, among },
    since: since.toISOString(),
    wellSince: wellSince?.toISOString() ?? null,
  }));
}
