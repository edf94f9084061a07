import type { ReminderKind } from '../../contracts/reminders/reminders.js';
import type { Difference } from '../../contracts/reminders/what-if.js';
import type { ExistingReminder, PlanChange, WantedReminder } from './reminder-plan.js';

/** A reminder that would become another one. */
export interface PlanDifference {
  what: Difference;
  userId: string;
  kind: ReminderKind;
  why: string | null;
  before: Date | null;
  after: Date | null;
  channels: readonly string[];
}

/**
 * A change of a plan as people read it: what is dropped at its old time and added at its new one has moved. What only becomes too late
 * at another instant, or has another title, is no difference. Pure.
 */
export function differencesOf(change: PlanChange, existing: readonly ExistingReminder[]): PlanDifference[] {
  const rows = new Map(existing.map((row) => [row.id, row]));
  const dropped = new Map(
    change.drop.flatMap(({ id }) => {
      const row = rows.get(id);
      return row ? [[keyOf(row), row] as const] : [];
    }),
  );
  const added = [...change.insert, ...change.revive.map(({ to }) => to)].flatMap((to) => {
    const from = dropped.get(keyOf(to));
    dropped.delete(keyOf(to));
    return between(from, to);
  });
  const moved = change.move.flatMap(({ id, to }) => between(rows.get(id), to));
  const gone = [...dropped.values()].map(({ userId, kind, dueAt, channels }): PlanDifference => ({
    ...{ what: 'dropped', userId, kind, why: null, before: dueAt, after: null, channels },
  }));
  return [...added, ...moved, ...gone];
}

function between(from: ExistingReminder | undefined, to: WantedReminder): PlanDifference[] {
  const { userId, kind, why, dueAt: after, channels } = to;
  const row = { userId, kind, why, after, channels };
  if (!from) return [{ ...row, what: 'added', before: null }];
  if (from.dueAt.getTime() !== after.getTime()) return [{ ...row, what: 'moved', before: from.dueAt }];
  return from.channels.join() === channels.join() ? [] : [{ ...row, what: 'changed', before: from.dueAt }];
}

const keyOf = ({ userId, kind }: { userId: string; kind: string }) => `${userId} ${kind}`;
