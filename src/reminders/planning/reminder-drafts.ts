import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../auth/users.repository.js';
import { Clock } from '../../common/times/clock.js';
import { grouped } from '../../common/grouped.js';
import type { NotificationKind, Preferences } from '../../contracts/notifications/notifications.js';
import { toIds } from '../../infra/mongo/ids.js';
import { channelsFor } from '../../notifications/rules/preferences.js';
import { PreferencesRepository } from '../../notifications/rules/preferences.repository.js';
import { LADDER, type Ladder } from '../schedule/ladder.js';
import { type CohortSchedule, CohortSchedules } from '../schedule/cohort-schedules.js';
import {
  type ExistingReminder,
  type PlanChange,
  type Recipient,
  type SubjectType,
  compare,
  planReminders,
} from './reminder-plan.js';
import { ReminderPlansRepository } from './reminder-plans.repository.js';
import { type LoadedSubject, type OutsideType, type SubjectRef, isOutside, refKey } from '../sources/subject-source.js';
import { SubjectSources } from '../sources/subject-sources.js';

/** The kind of notice by which a reminder of a subject reaches people; who has no account gets a letter of its own. */
export const NOTICE_OF: Record<Exclude<SubjectType, OutsideType>, NotificationKind> = {
  workshop: 'workshop.reminder',
  offer: 'workshop.offered',
  session: 'session.reminder',
  request: 'request.reminder',
  cycle: 'cycle.reminder',
  milestone: 'milestone.reminder',
  feedback: 'workshop.feedback',
  notes: 'session.notes',
  action: 'action.reminder',
  topic: 'topic.reminder',
  contact: 'contact.reminder',
  phase: 'phase.reminder',
  residency: 'residency.reminder',
  letter: 'letter.reminder',
};

/** What the rows of a subject must become. */
export interface DraftedChange {
  subject: LoadedSubject;
  existing: readonly ExistingReminder[];
  change: PlanChange;
}

/** A plan that nobody has written yet, and from which state it was made. */
export interface Draft {
  changes: DraftedChange[];
  schedules: ReadonlyMap<string, CohortSchedule>;
  now: Date;
}

/** For whom it is drafted, and what is taken to be otherwise than it is. */
export interface DraftOptions {
  /** These people only. */
  userIds?: readonly string[] | undefined;
  ladder?: Ladder;
  as?: (subject: LoadedSubject) => LoadedSubject;
  /** Where the subjects come from: some would be others. */
  load?: (refs: readonly SubjectRef[]) => Promise<LoadedSubject[]>;
}

/** Works out what the rows of subjects must become by their state. Writes nothing. */
@Injectable()
export class ReminderDrafts {
  constructor(
    private readonly clock: Clock,
    private readonly sources: SubjectSources,
    private readonly users: UsersRepository,
    private readonly preferences: PreferencesRepository,
    private readonly reminders: ReminderPlansRepository,
    private readonly schedules: CohortSchedules,
  ) {}

  /** Of subjects of any kinds; those that are gone remind nobody. What all of them need is read once. */
  async draft(refs: readonly SubjectRef[], options: DraftOptions = {}): Promise<Draft> {
    const now = this.clock.now();
    const { userIds, as = (subject) => subject, load = (those) => this.load(those) } = options;
    const loaded = await load(refs);
    const subjects = [...loaded.map(as), ...gone(refs, loaded)].map((subject) => narrowed(subject, userIds));
    const cohortIds = subjects.map(({ cohortId }) => cohortId);
    const [rows, people, schedules] = await Promise.all([
      this.reminders.ofSubjects(subjects, userIds),
      this.people(subjects),
      this.schedules.of(cohortIds),
    ]);
    const changes = subjects.map((subject): DraftedChange => {
      const schedule = schedules.get(subject.cohortId);
      const ladder = options.ladder ?? schedule?.ladder ?? LADDER;
      const rests = schedule?.closed ?? null;
      const wanted = planReminders(subject, recipientsOf(subject, people), ladder, rests);
      const existing = rows.get(refKey(subject)) ?? [];
      return { subject, existing, change: compare(subject, wanted, existing, now, ladder, rests) };
    });
    return { changes, schedules, now };
  }

  private async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    const byType = grouped(refs, ({ type }) => type);
    const loaded = await Promise.all(
      [...byType].map(([type, those]) => this.sources.of(type as SubjectType).load(those)),
    );
    return loaded.flat();
  }

  /** When and on what those who have an account want to be reached. */
  private async people(subjects: readonly LoadedSubject[]): Promise<Map<string, PersonChoices>> {
    const inside = subjects.filter((subject) => !isOutside(subject.type));
    const ids = toIds([...new Set(inside.flatMap((subject) => subject.people.map((person) => person.userId)))]);
    if (ids.length === 0) return new Map();
    const [hours, preferences] = await Promise.all([this.users.hoursOf(ids), this.preferences.ofAll(ids)]);
    return new Map(
      [...hours].flatMap(([userId, own]) => {
        const chosen = preferences.get(userId);
        return chosen ? [[userId, { own, chosen }]] : [];
      }),
    );
  }
}

interface PersonChoices {
  own: Pick<Recipient, 'timeZone' | 'quietUntil'>;
  chosen: Preferences;
}

function recipientsOf(
  { id, type, people, outside }: LoadedSubject,
  known: ReadonlyMap<string, PersonChoices>,
): Map<string, Recipient> {
  if (outside) return new Map([[id, outside.recipient]]);
  if (isOutside(type)) return new Map();
  return new Map(
    people.flatMap(({ userId }) => {
      const person = known.get(userId);
      return person ? [[userId, recipientOf(type, person)]] : [];
    }),
  );
}

function recipientOf(type: keyof typeof NOTICE_OF, { own, chosen }: PersonChoices): Recipient {
  return {
    timeZone: own.timeZone,
    quietUntil: own.quietUntil,
    quietHours: chosen.quietHours,
    quietWeekend: chosen.quietWeekend,
    channels: channelsFor(NOTICE_OF[type], chosen),
  };
}

/** What is no longer in the database reminds nobody, and nothing comes after that. */
function gone(refs: readonly SubjectRef[], loaded: readonly LoadedSubject[]): LoadedSubject[] {
  const there = new Set(loaded.map(refKey));
  return refs
    .filter((ref) => !there.has(refKey(ref)))
    .map((ref) => ({
      ...ref,
      revision: Number.MAX_SAFE_INTEGER,
      title: null,
      titleKey: null,
      isLive: false,
      time: { on: '1970-01-01', timeZone: 'UTC' },
      people: [],
      content: () => ({ params: {}, link: '/' }),
    }));
}

const narrowed = (subject: LoadedSubject, userIds: readonly string[] | undefined): LoadedSubject =>
  userIds ? { ...subject, people: subject.people.filter(({ userId }) => userIds.includes(userId)) } : subject;
