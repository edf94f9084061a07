import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../auth/users.repository.js';
import { Clock } from '../../common/times/clock.js';
import { grouped } from '../../common/grouped.js';
import type { NotificationKind, Preferences } from '../../contracts/notifications/notifications.js';
import { toIds } from '../../infra/mongo/ids.js';
import { channelsFor } from '../../notifications/rules/preferences.js';
import { PreferencesRepository } from '../../notifications/rules/preferences.repository.js';
import { LADDER, type Ladder } from '../schedule/ladder.js';
import { type KnownLadder, Ladders } from '../schedule/ladders.js';
import { isSameSum, sumOf } from './plan-sums.js';
import {
  type ExistingReminder,
  type PlanChange,
  type Recipient,
  type SubjectType,
  compare,
  planReminders,
} from './reminder-plan.js';
import type { ClosedDays } from '../../cohorts/timeline/closed-days.js';
import { ClosedDaysReader } from '../../cohorts/timeline/closed-days.reader.js';
import { ReminderPlansRepository } from './reminder-plans.repository.js';
import { type LoadedSubject, type OutsideType, type SubjectRef, isOutside, markId } from '../sources/subject-source.js';
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
  /** The subjects that are there. */
  loaded: LoadedSubject[];
  /** Without those that are known to be right. */
  changes: DraftedChange[];
  ladders: ReadonlyMap<string, KnownLadder>;
  rest: ReadonlyMap<string, ClosedDays>;
  now: Date;
}

/** For whom it is drafted, and what is taken to be otherwise than it is. */
export interface DraftOptions {
  /** These people only. */
  userIds?: readonly string[] | undefined;
  ladder?: Ladder;
  as?: (subject: LoadedSubject) => LoadedSubject;
  /** Most is planned right: rows are read only of subjects whose sums say otherwise. */
  isMostlyRight?: boolean | undefined;
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
    private readonly ladders: Ladders,
    private readonly rest: ClosedDaysReader,
  ) {}

  /** Of subjects of any kinds; those that are gone remind nobody. What all of them need is read once. */
  async draft(refs: readonly SubjectRef[], options: DraftOptions = {}): Promise<Draft> {
    const now = this.clock.now();
    // The database adds up what is there while it is worked out here what must be.
    const [{ plans, existing, ...known }, sums] = await Promise.all([
      this.plans(refs, options, now),
      options.isMostlyRight ? this.reminders.sumsOf(refs) : null,
    ]);
    const open = sums ? plans.filter(({ subject, sum }) => !isSameSum(sum, sums.get(markId(subject)))) : plans;
    const rows = existing ?? (await this.reminders.ofSubjects(open.map(({ subject }) => subject)));
    const changes = open.map(({ subject, wanted, ladder, rests }): DraftedChange => {
      const there = rows.get(markId(subject)) ?? [];
      return { subject, existing: there, change: compare(subject, wanted, there, now, ladder, rests) };
    });
    return { ...known, changes, now };
  }

  /** What must exist of each subject; and with it what does, unless most of that is right. */
  private async plans(refs: readonly SubjectRef[], options: DraftOptions, now: Date) {
    const { userIds, isMostlyRight, as = (subject) => subject, load = (those) => this.load(those) } = options;
    const loaded = await load(refs);
    const subjects = [...loaded.map(as), ...gone(refs, loaded)].map((subject) => narrowed(subject, userIds));
    const cohortIds = subjects.map(({ cohortId }) => cohortId);
    const [existing, people, ladders, rest] = await Promise.all([
      isMostlyRight ? null : this.reminders.ofSubjects(subjects, userIds),
      this.people(subjects),
      this.ladders.of(cohortIds),
      this.rest.of(cohortIds),
    ]);
    const plans = subjects.map((subject) => {
      const ladder = options.ladder ?? ladders.get(subject.cohortId)?.ladder ?? LADDER;
      const rests = rest.get(subject.cohortId) ?? null;
      const wanted = planReminders(subject, recipientsOf(subject, people), ladder, rests);
      return { subject, ladder, rests, wanted, sum: isMostlyRight ? sumOf(subject, wanted, now) : null };
    });
    return { loaded, plans, existing, ladders, rest };
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
  const there = new Set(loaded.map(markId));
  return refs
    .filter((ref) => !there.has(markId(ref)))
    .map((ref) => ({
      ...ref,
      revision: Number.MAX_SAFE_INTEGER,
      title: null,
      titleKey: null,
      isLive: false,
      time: { on: '1970-01-01', timeZone: 'UTC' },
      people: [],
      changedAt: new Date(0),
      content: () => ({ params: {}, link: '/' }),
    }));
}

const narrowed = (subject: LoadedSubject, userIds: readonly string[] | undefined): LoadedSubject =>
  userIds ? { ...subject, people: subject.people.filter(({ userId }) => userIds.includes(userId)) } : subject;
