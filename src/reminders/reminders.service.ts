import { Injectable } from '@nestjs/common';
import { avatarUrl } from '../auth/profile/avatars.js';
import { type Profile, UsersRepository } from '../auth/users.repository.js';
import { InvitationLetters } from '../cohorts/invitations/invitation-letters.js';
import type { CohortActor } from '../common/actor.js';
import { pageOf } from '../common/cursor.js';
import { dayOf } from '../common/times/zoned.js';
import type { Reminder, Reminders, RemindersQuery } from '../contracts/reminders/reminders.js';
import type { Locale } from '../contracts/primitives.js';
import { idOf, newId, toId, toIds } from '../infra/mongo/ids.js';
import { timePlaceOf } from '../infra/mongo/time-place.js';
import { wordsOf } from '../notifications/words/words.js';
import { GuestReminders } from '../workshops/guests/guest-reminders.js';
import type { ReminderRow } from './reminder.schema.js';
import { type ReminderPlace, type ReminderWindow, RemindersRepository } from './reminders.repository.js';

/** What goes out and went out in a cohort, for its staff. */
@Injectable()
export class RemindersService {
  constructor(
    private readonly reminders: RemindersRepository,
    private readonly users: UsersRepository,
    private readonly invitations: InvitationLetters,
    private readonly guestPlaces: GuestReminders,
  ) {}

  /** A page in order of `dueAt`, the oldest first unless asked otherwise, with the count of each day (in the cohort's zone) of the whole window. */
  async page(actor: CohortActor, query: RemindersQuery): Promise<Reminders> {
    const cohortId = idOf(actor.cohortId);
    const window = windowOf(query);
    const after = query.cursor === undefined ? null : placeOf(query.cursor);
    const [rows, days, me] = await Promise.all([
      this.reminders.page(cohortId, window, after, query.limit + 1, query.order),
      this.reminders.byDay(cohortId, window, actor.cohortTimeZone),
      this.users.profile(idOf(actor.userId)),
    ]);
    const page = pageOf(rows, query.limit, (row) => [row.dueAt.toISOString(), String(row._id)]);
    const people = await this.users.profiles(toIds([...new Set(page.items.map((row) => String(row.userId)))]));
    const byId = new Map<string, Named>([
      ...people.map((person): [string, Named] => [String(person._id), person]),
      ...(await this.invited(page.items, actor.cohortTimeZone)),
      ...(await this.guests(page.items)),
    ]);
    return {
      items: page.items.flatMap((row) => toReminder(row, byId.get(String(row.userId)), me?.locale ?? 'en') ?? []),
      nextCursor: page.nextCursor,
      byDay: days.map(({ day, count }) => ({ day: dayOf(day, actor.cohortTimeZone), count })),
    };
  }

  /** Whom the invitations among these rows invite; they have no zone of their own yet. */
  private async invited(rows: readonly ReminderRow[], timeZone: string): Promise<[string, Named][]> {
    const ids = rows.filter(({ subject }) => subject.type === 'invitation').map(({ subject }) => String(subject.id));
    if (ids.length === 0) return [];
    const invited = await this.invitations.invited([...new Set(ids)]);
    return invited.map(({ id, name }) => [id, { name, avatar: null, timeZone }]);
  }

  /** The guests among them, in the zone of their workshop; one who was erased is in no list. */
  private async guests(rows: readonly ReminderRow[]): Promise<[string, Named][]> {
    const ids = rows.filter(({ subject }) => subject.type === 'guest').map(({ subject }) => String(subject.id));
    if (ids.length === 0) return [];
    const places = await this.guestPlaces.facts([...new Set(ids)]);
    return places.map(({ id, name, timeZone }) => [id, { name, avatar: null, timeZone }]);
  }
}

/** Who gets a reminder, as staff see them. */
export type Named = Pick<Profile, 'name' | 'avatar' | 'timeZone'>;

/** What the address of a list asks for. */
export function windowOf({
  from,
  to,
  userId,
  kind,
  channel,
  state,
}: Omit<RemindersQuery, 'limit' | 'cursor' | 'order'>): ReminderWindow {
  return {
    ...(from !== undefined && { from: new Date(from) }),
    ...(to !== undefined && { to: new Date(to) }),
    // An unknown person has no reminders: a fresh id finds none.
    ...(userId !== undefined && { userId: toId(userId) ?? newId() }),
    ...(kind !== undefined && { kind }),
    ...(channel !== undefined && { channel }),
    ...(state !== undefined && { state }),
  };
}

function placeOf(cursor: string): ReminderPlace {
  const { at, id } = timePlaceOf(cursor);
  return { dueAt: at, id };
}

/** What a reminder is about, in the words of a language where the programme has its own name for it. */
export function titleOf(
  { title, titleKey, subject }: { title?: string | null; titleKey?: string | null; subject: { type: string } },
  locale: Locale,
): string {
  const { milestones, phases } = wordsOf(locale);
  const names = subject.type === 'phase' ? phases : milestones;
  return (titleKey && names[titleKey]) || (title ?? '');
}

/** What holds it now: once its mail was put off, the mail server. */
function heldOf({ held, deferredFrom }: ReminderRow): Reminder['held'] {
  if (deferredFrom) return { by: 'mail', from: deferredFrom.toISOString() };
  return held ? { by: held.by, from: held.from.toISOString() } : null;
}

export function toReminder(row: ReminderRow, person: Named | undefined, locale: Locale): Reminder | null {
  if (!person) return null;
  return {
    id: String(row._id),
    kind: row.kind,
    subject: { type: row.subject.type, id: String(row.subject.id), revision: row.subject.revision },
    subjectTitle: titleOf(row, locale),
    userId: String(row.userId),
    person: {
      id: String(row.userId),
      name: person.name,
      avatarUrl: avatarUrl(person.avatar),
      timeZone: person.timeZone,
    },
    dueAt: row.dueAt.toISOString(),
    held: heldOf(row),
    channels: row.channels,
    state: row.state,
    because: row.because ?? null,
    why: row.why,
    sentAt: row.sentAt?.toISOString() ?? null,
  };
}
