import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../auth/users.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { pageOf } from '../../common/cursor.js';
import type { MyReminder, MyReminders, SentToMe } from '../../contracts/reminders/my-reminders.js';
import type { NotificationKind, PreferenceKind } from '../../contracts/notifications/notifications.js';
import type { Locale, PageQuery } from '../../contracts/primitives.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { timePlaceOf } from '../../infra/mongo/time-place.js';
import { Digests } from '../../notifications/digests/digests.js';
import { InboxService } from '../../notifications/inbox/inbox.service.js';
import { groupOf } from '../../notifications/rules/preferences.js';
import { NOTICE_OF } from '../planning/reminder-drafts.js';
import type { ReminderRow } from '../reminder.schema.js';
import { RemindersRepository } from '../reminders.repository.js';
import { titleOf } from '../reminders.service.js';
import { isOutside } from '../sources/subject-source.js';

const WEEK = 7 * DAY;

/** What will be sent to a person, and how much was: for themselves alone. */
@Injectable()
export class MyRemindersService {
  constructor(
    private readonly clock: Clock,
    private readonly users: UsersRepository,
    private readonly members: Members,
    private readonly reminders: RemindersRepository,
    private readonly inbox: InboxService,
    private readonly digests: Digests,
  ) {}

  /** A page of what is planned where they belong, in order of its time: what else is still planned is not sent. */
  async coming(userId: string, { limit, cursor }: PageQuery): Promise<MyReminders> {
    const place = cursor === undefined ? null : timePlaceOf(cursor);
    const after = place && { dueAt: place.at, id: place.id };
    const [cohorts, me] = await Promise.all([this.members.ofPerson(userId), this.users.profile(idOf(userId))]);
    const cohortIds = toIds(cohorts.map(({ cohortId }) => cohortId));
    const rows = await this.reminders.comingTo(idOf(userId), cohortIds, this.clock.now(), after, limit + 1);
    const page = pageOf(rows, limit, (row) => [row.dueAt.toISOString(), String(row._id)]);
    return { ...page, items: page.items.map((row) => toMine(row, me?.locale ?? 'en')) };
  }

  /** How much reached them in the last seven days. The mails of reminders leave by themselves, all others with their notice. */
  async sent(userId: string): Promise<SentToMe> {
    const [since, now] = [new Date(this.clock.now().getTime() - WEEK), this.clock.now()];
    const [notices, mails, digests] = await Promise.all([
      this.inbox.toldSince(userId, since),
      this.reminders.mailedTo(idOf(userId), since, now),
      this.digests.sentSince(idOf(userId), since),
    ]);
    const told = new Map<PreferenceKind | null, SentToMe['groups'][number]>();
    const add = (kind: NotificationKind, inbox: number, mail: number) => {
      const group = groupOf(kind);
      const known = told.get(group) ?? { group, inbox: 0, mail: 0 };
      told.set(group, { group, inbox: known.inbox + inbox, mail: known.mail + mail });
    };
    for (const { kind, inbox, mail } of notices) add(kind, inbox, mail);
    // Who is invited, or a guest, is no person here.
    for (const { type, count } of mails) if (!isOutside(type)) add(NOTICE_OF[type], 0, count);
    const groups = [...told.values()].filter(({ inbox, mail }) => inbox + mail > 0);
    return { since: since.toISOString(), groups, digests };
  }
}

function toMine(row: ReminderRow, locale: Locale): MyReminder {
  const { _id, cohortId, kind, subject, dueAt, channels, why } = row;
  return {
    id: String(_id),
    cohortId: String(cohortId),
    kind,
    subject: { type: subject.type, id: String(subject.id), revision: subject.revision },
    subjectTitle: titleOf(row, locale),
    dueAt: dueAt.toISOString(),
    channels,
    why,
  };
}
