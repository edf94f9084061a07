import { DAY } from '../common/clock.js';
import type { NoticeParams } from '../notifications/notification.schema.js';
import type { ReminderSubject, SubjectType } from './reminder-plan.js';

/** How far ahead a person's calendar is looked at when they change: longer than a residency. */
export const AHEAD_MS = 400 * DAY;

/** Names a subject. */
export interface SubjectRef {
  type: SubjectType;
  id: string;
  cohortId: string;
}

/** A subject read from its room; `changedAt` is its last change. */
export type LoadedSubject = ReminderSubject & { changedAt: Date };

/** What a reminder of a subject says: the params of its notice and where it leads. */
export interface ReminderContent {
  params: NoticeParams;
  link: string;
}

/** Where subjects of one kind come from. */
export interface SubjectSource {
  readonly type: SubjectType;
  /** Subjects as they are now; one that is gone is left out. */
  load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]>;
  /** What a person is told of a subject; `rung` names how long before (`h24`). Null when it is gone. */
  content(ref: SubjectRef, userId: string, rung: string): Promise<ReminderContent | null>;
  /** What a person may be reminded of from now on. */
  ofPerson(userId: string, from: Date): Promise<SubjectRef[]>;
  /** What changed since an instant, oldest change first: for the reconciler. */
  changedSince?(since: Date, limit: number): Promise<(SubjectRef & { changedAt: Date })[]>;
  /** Tells people again what became of a subject (moved, cancelled); telling twice tells once. */
  tellAgain?(id: string): Promise<void>;
}
