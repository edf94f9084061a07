import { type AnyBulkWriteOperation, Types } from 'mongoose';
import { HOUR } from '../common/times/clock.js';
import type { ReminderState } from '../contracts/reminders/reminders.js';
import { idOf } from '../infra/mongo/ids.js';
import type { PlanChange, ReminderSubject, WantedReminder } from './planning/reminder-plan.js';
import type { ReminderRow } from './reminder.schema.js';

/** Alarms are set so long before: ten months of rows need no ten months of jobs. */
export const AHEAD_MS = 48 * HOUR;

/** When the alarm of a reminder is to be set. */
const armAt = (dueAt: Date) => new Date(dueAt.getTime() - AHEAD_MS);

/** A new planned row. `armed`: its alarm is being set. */
export function rowOf(subject: ReminderSubject, want: WantedReminder, now: Date, armed: boolean): ReminderRow {
  return {
    _id: new Types.ObjectId(),
    cohortId: idOf(subject.cohortId),
    userId: idOf(want.userId),
    subject: { type: subject.type, id: idOf(subject.id), revision: subject.revision },
    kind: want.kind,
    title: subject.title,
    titleKey: subject.titleKey,
    dueAt: want.dueAt,
    held: want.held,
    until: want.until,
    channels: want.channels,
    why: want.why,
    state: 'planned',
    because: null,
    armed,
    attempts: 0,
    answer: null,
    lease: null,
    wakeAt: armed ? want.dueAt : armAt(want.dueAt),
    sentAt: null,
    plannedAt: now,
  };
}

/** The writes that change rows which are there. */
export function writesOf(
  subject: ReminderSubject,
  { move, revive, drop }: PlanChange,
): AnyBulkWriteOperation<ReminderRow>[] {
  return [
    ...move.map(({ id, to }) => ({ updateOne: change(id, 'planned', plannedAs(subject, to)) })),
    ...revive.map(({ id, to }) => ({
      updateOne: change(id, 'dropped', {
        ...plannedAs(subject, to),
        state: 'planned',
        because: null,
        attempts: 0,
      }),
    })),
    ...drops(drop),
  ];
}

/** A planned row at another time has no alarm for it. */
export const plannedAgain = (dueAt: Date) => ({ dueAt, armed: false, wakeAt: armAt(dueAt) });

/** What a row does not say any more whose mail nobody puts off. */
export const NOT_DEFERRED = { deferredFrom: 1 } as const;

/** For an update: nobody has to look at a row that is over. */
export const OVER = { $unset: { wakeAt: 1, ...NOT_DEFERRED } } as const;

const plannedAs = (subject: ReminderSubject, want: WantedReminder) => ({
  ...{ held: want.held, until: want.until, channels: want.channels, why: want.why },
  ...{ title: subject.title, titleKey: subject.titleKey },
  ...plannedAgain(want.dueAt),
});

function change(id: string, from: ReminderState, $set: Partial<ReminderRow>) {
  return { filter: { _id: idOf(id), state: from }, update: { $set, $unset: NOT_DEFERRED } };
}

/** One write for all that are dropped for one reason. */
function drops(drop: PlanChange['drop']): AnyBulkWriteOperation<ReminderRow>[] {
  return [...new Set(drop.map(({ because }) => because))].map((because) => {
    const ids = drop.filter((one) => one.because === because).map(({ id }) => idOf(id));
    const filter = { _id: { $in: ids }, state: 'planned' as const };
    return { updateMany: { filter, update: { $set: { state: 'dropped' as const, because }, ...OVER } } };
  });
}
