import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../auth/users.repository.js';
import { Clock } from '../common/clock.js';
import type { NotificationKind, Preferences } from '../contracts/notifications.js';
import { toIds } from '../infra/mongo/ids.js';
import { channelsFor } from '../notifications/preferences.js';
import { PreferencesRepository } from '../notifications/preferences.repository.js';
import { LADDER } from './ladder.js';
import { type KnownLadder, Ladders } from './ladders.js';
import { ReminderAlarms } from './reminder-alarms.js';
import { ReminderMarksRepository } from './reminder-marks.repository.js';
import { type Recipient, type SubjectType, compare, planReminders } from './reminder-plan.js';
import { type RestDays, RestDaysReader } from './rest-days.js';
import { RemindersRepository } from './reminders.repository.js';
import type { LoadedSubject, SubjectRef } from './subject-source.js';
import { SubjectSources } from './subject-sources.js';

/** The kind of notice by which a reminder of a subject reaches people; who has no account gets a letter of its own. */
export const NOTICE_OF: Record<Exclude<SubjectType, 'invitation'>, NotificationKind> = {
  workshop: 'workshop.reminder',
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
};

/** Makes the rows of subjects what their state asks for. Repeatable: a second time changes nothing. */
@Injectable()
export class ReminderPlanner {
  constructor(
    private readonly clock: Clock,
    private readonly sources: SubjectSources,
    private readonly users: UsersRepository,
    private readonly preferences: PreferencesRepository,
    private readonly reminders: RemindersRepository,
    private readonly alarms: ReminderAlarms,
    private readonly marks: ReminderMarksRepository,
    private readonly ladders: Ladders,
    private readonly rest: RestDaysReader,
  ) {}

  /** Plans these subjects again, of one kind; for some people only, when only they changed. */
  async plan(type: SubjectType, refs: readonly SubjectRef[], userIds?: readonly string[]): Promise<void> {
    if (refs.length === 0) return;
    const source = this.sources.of(type);
    const loaded = await source.load(refs);
    const subjects = [...loaded, ...gone(refs, loaded)].map((subject) => narrowed(subject, userIds));
    const cohortIds = subjects.map(({ cohortId }) => cohortId);
    const [existing, recipients, ladders, rest] = await Promise.all([
      this.reminders.ofSubjects(type, subjects, userIds),
      this.recipients(type, subjects),
      this.ladders.of(cohortIds),
      this.rest.of(cohortIds),
    ]);
    const now = this.clock.now();
    const changes = subjects.map((subject) => {
      const ladder = ladders.get(subject.cohortId)?.ladder ?? LADDER;
      const to = subject.outside ? new Map([[subject.id, subject.outside.recipient]]) : recipients;
      const wanted = planReminders(subject, to, ladder, rest.get(subject.cohortId) ?? null);
      return { subject, change: compare(subject, wanted, existing.get(subject.id) ?? [], now, ladder) };
    });
    await Promise.all([this.alarms.insert(changes, now), this.reminders.apply(changes)]);
    // A ladder or pauses that changed while they were being gone by: once more, by the new ones.
    if (await this.isOvertaken(ladders, rest)) {
      await this.plan(type, refs, userIds);
      return;
    }
    // Of a subject that was planned for some people only, nobody knows whether it is right for the others.
    if (!userIds) await this.remember(loaded);
  }

  /** A person's zone, quiet hours or channels changed: what they are reminded of is planned again, for them alone. */
  async planPerson(personId: string): Promise<void> {
    for (const source of this.sources.all) {
      const refs = await source.ofPerson(personId, this.clock.now());
      await this.plan(source.type, refs, [personId]);
    }
  }

  private async isOvertaken(
    ladders: ReadonlyMap<string, KnownLadder>,
    rest: ReadonlyMap<string, RestDays>,
  ): Promise<boolean> {
    const cohortIds = [...ladders.keys()];
    const [laddersNow, restNow] = await Promise.all([this.ladders.of(cohortIds), this.rest.of(cohortIds)]);
    return cohortIds.some(
      (id) => laddersNow.get(id)?.revision !== ladders.get(id)?.revision || restNow.get(id)?.key !== rest.get(id)?.key,
    );
  }

  /** Notes for which change each was planned. */
  private async remember(loaded: readonly LoadedSubject[]): Promise<void> {
    await this.marks.save(
      loaded.map((subject) => ({
        _id: markId(subject),
        changedAt: subject.changedAt,
        told: subject.revision,
        wasLive: subject.isLive,
      })),
    );
  }

  private async recipients(type: SubjectType, subjects: readonly LoadedSubject[]): Promise<Map<string, Recipient>> {
    if (type === 'invitation') return new Map();
    const ids = toIds([...new Set(subjects.flatMap((subject) => subject.people.map((person) => person.userId)))]);
    const [hours, preferences] = await Promise.all([this.users.hoursOf(ids), this.preferences.ofAll(ids)]);
    return new Map(
      [...hours].flatMap(([userId, own]) => {
        const chosen = preferences.get(userId);
        return chosen ? [[userId, recipientOf(type, own, chosen)]] : [];
      }),
    );
  }
}

/** The name under which a subject's mark is kept. */
export const markId = ({ type, id }: Pick<SubjectRef, 'type' | 'id'>) => `${type}-${id}`;

function recipientOf(
  type: keyof typeof NOTICE_OF,
  own: Pick<Recipient, 'timeZone' | 'quietUntil'>,
  chosen: Preferences,
): Recipient {
  return {
    timeZone: own.timeZone,
    quietUntil: own.quietUntil,
    quietHours: chosen.quietHours,
    channels: channelsFor(NOTICE_OF[type], chosen),
  };
}

/** What is no longer in the database reminds nobody. */
function gone(refs: readonly SubjectRef[], loaded: readonly LoadedSubject[]): LoadedSubject[] {
  const there = new Set(loaded.map((subject) => subject.id));
  return refs
    .filter((ref) => !there.has(ref.id))
    .map((ref) => ({
      ...ref,
      revision: 0,
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
