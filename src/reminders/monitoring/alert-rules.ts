import { HOUR, MINUTE } from '../../common/times/clock.js';
import { type Alert, AlertKind } from '../../contracts/reminders/operation.js';

/** Nobody waits longer for a reminder while all is well. */
const LATE_MS = MINUTE;
/** More that fail, or are put off, than these among the reminders of the last hour are an alert ... */
const SHARE = 0.01;
/** ... where they are of so many people: of fewer it is their own addresses, which are refused, or full, and not how the mails leave. */
const LEAST_PEOPLE = 3;

/** Failures are counted over so long. */
export const WATCHED_MS = HOUR;

/** What was wrong is over once it has been well for so long; until then it is the same alert, and nobody is told again. */
export const CALM_MS = 15 * MINUTE;

/** What is due and not sent yet (`due`: 10,000 at most), and when the first of it was due. */
export interface Waiting {
  due: number;
  firstDueAt: Date | null;
}

/** Reminders of one outcome: how many (10,000 at most), of how many people, and when the first of them failed, or was due. */
export interface ReminderOutcome {
  count: number;
  people: number;
  first: Date | null;
}

/** How the reminders stand. `sent` and `failed` within the last hour; `deferred`: they wait, since their mails were put off. */
export interface Health extends Waiting {
  sent: number;
  failed: ReminderOutcome;
  deferred: ReminderOutcome;
}

/** What is wrong at a moment; the figures as in the contract `Alert`. */
export interface Trouble {
  kind: AlertKind;
  since: Date;
  count: number;
  among: number | null;
}

/** How long ago something was due, in ms: nothing, or what is due later, is never late. */
export const lateMs = (dueAt: Date | null, now: Date): number =>
  dueAt ? Math.max(0, now.getTime() - dueAt.getTime()) : 0;

/** What is wrong with reminders that stand so. Pure: of the same rows, each process says the same. */
export function troublesIn({ due, firstDueAt, sent, failed, deferred }: Health, now: Date): Trouble[] {
  const isLate = (dueAt: Date | null) => lateMs(dueAt, now) > LATE_MS;
  const settled = sent + failed.count;
  const troubles: Trouble[] = [];
  if (firstDueAt && isLate(firstDueAt)) troubles.push({ kind: 'late', since: firstDueAt, count: due, among: null });
  if (deferred.first && isLate(deferred.first) && isMany(deferred, settled + deferred.count))
    troubles.push({ kind: 'deferred', since: deferred.first, count: deferred.count, among: null });
  if (failed.first && isMany(failed, settled))
    troubles.push({ kind: 'fail', since: failed.first, count: failed.count, among: settled });
  return troubles;
}

const isMany = ({ count, people }: ReminderOutcome, among: number) => people >= LEAST_PEOPLE && count > among * SHARE;

/** An alert that is not over, as it is kept. */
export type OpenEpisode = Trouble & { wellSince: Date | null };

/** What admins are shown: what is wrong now, with the figures of now, and what is well again but not over yet; always in one order. Pure. */
export function alertsOf(troubles: readonly Trouble[], open: readonly OpenEpisode[]): Alert[] {
  const known = new Map(open.map((episode) => [episode.kind, episode]));
  const now = troubles.map((trouble) => ({
    ...trouble,
    since: known.get(trouble.kind)?.since ?? trouble.since,
    wellSince: null,
  }));
  const wrong = new Set(troubles.map(({ kind }) => kind));
  const all = [...now, ...open.filter(({ kind }) => !wrong.has(kind))];
  return AlertKind.options
    .flatMap((one) => all.filter(({ kind }) => kind === one))
    .map(({ kind, since, count, among, wellSince }) => ({
      ...{ kind, count, among },
      since: since.toISOString(),
      wellSince: wellSince?.toISOString() ?? null,
    }));
}
