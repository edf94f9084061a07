import { DAY } from '../../common/times/clock.js';
import type { OwnWords } from '../../contracts/reminders/reminder-ladder.js';
import type { Locale } from '../../contracts/primitives.js';
import type { OutgoingMail } from '../../infra/mail/mailer.js';
import type { NoticeParams } from '../../notifications/inbox/notification.schema.js';
import type { Recipient, ReminderSubject, SubjectType } from '../planning/reminder-plan.js';
import type { CohortCalendar } from '../days/same-day.js';

/** How far ahead a person's calendar is looked at when they change: longer than a residency. */
export const AHEAD_MS = 400 * DAY;

/** What reminds somebody without an account: by a letter of its own, and never by a notice. */
export type OutsideType = 'invitation' | 'guest';

export const isOutside = (type: SubjectType): type is OutsideType => type === 'invitation' || type === 'guest';

/** Names a subject. */
export interface SubjectRef {
  type: SubjectType;
  id: string;
  cohortId: string;
}

/** The name of a subject among all subjects: a session and its notes share an id. */
export const refKey = ({ type, id }: Pick<SubjectRef, 'type' | 'id'>) => `${type}-${id}`;

/**
 * A subject read from its room; `content` is what a person is told of it as it was read; `rung` names how long before (`h24`).
 */
export type LoadedSubject = ReminderSubject & {
  content: (userId: string, rung: string) => ReminderContent | Promise<ReminderContent>;
  /** The days of its cohort, where others of its day may speak for it. */
  calendar?: CohortCalendar;
  /** Of somebody without an account (the row's `userId` is then the subject's id): how they are reached, by a letter of its own. */
  outside?: {
    name: string;
    recipient: Recipient;
    /** `key` names the mail for good; null when there is nothing to say any more. */
    letter: (key: string, own: OwnWords | null) => Promise<OutgoingMail | null>;
    words: (locale: Locale, own: OwnWords | null) => Promise<{ title: string; body: string } | null>;
  };
};

/** What a reminder of a subject says: the params of its notice and where it leads. */
export interface ReminderContent {
  params: NoticeParams;
  link: string;
  /** There is nothing to say after all: it is not sent. */
  isEmpty?: boolean;
}

/** Where subjects of one kind come from. */
export interface SubjectSource {
  readonly type: SubjectType;
  /** It is planned again when the cohort or its members change. */
  readonly followsCohort?: true;
  /** Subjects as they are now; one that is gone is left out. */
  load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]>;
  /** What a person may be reminded of from now on. */
  ofPerson(userId: string, from: Date): Promise<SubjectRef[]>;
  /** What people of a cohort may be reminded of from now on. */
  ofCohort(cohortId: string, from: Date): Promise<SubjectRef[]>;
}
