import { Injectable } from '@nestjs/common';
import { Types } from 'mongoose';
import { type Profile, UsersRepository } from '../auth/users.repository.js';
import { Clock, HOUR } from '../common/clock.js';
import type { NotificationKind, Preferences } from '../contracts/notifications.js';
import { idOf, newId, toIds } from '../infra/mongo/ids.js';
import { Realtime } from '../infra/realtime/realtime.js';
import { rooms } from '../infra/realtime/rooms.js';
import { NoticeMailQueue } from './notice-mail.queue.js';
import { toNotification } from './notification.presenter.js';
import type { NoticeParams, NotificationRow } from './notification.schema.js';
import { NotificationsRepository } from './notifications.repository.js';
import { type Channel, afterQuietHours, canWait, channelsFor } from './preferences.js';
import { PreferencesRepository } from './preferences.repository.js';

/** Something that people are told. */
export interface Notice {
  userIds: readonly string[];
  cohortId: string | null;
  kind: NotificationKind;
  params: NoticeParams;
  /** A path of the web app. */
  link: string;
  /** The key of the reason it came: registered, participant, coach, mentioned, author, watching, member, staff, security. */
  why: string;
  /** Names what happened, once per person: several reasons and several tries make one notice. */
  key: string;
  /** `false`: whoever tells sends the mail (a reminder does). */
  mail?: boolean;
}

/** A mail about chat goes only to who has not read it in the app meanwhile. */
const CHAT_MAIL_AFTER_MS = 2 * HOUR;

/** The one way by which people are told something: the inbox, live over the socket, and by mail, as each of them wants it. */
@Injectable()
export class Notifier {
  constructor(
    private readonly clock: Clock,
    private readonly users: UsersRepository,
    private readonly preferences: PreferencesRepository,
    private readonly notifications: NotificationsRepository,
    private readonly mails: NoticeMailQueue,
    private readonly realtime: Realtime,
  ) {}

  /** Tells each of these people once, however often it is called with the same key. Unknown ids are left out. */
  async notify(notice: Notice): Promise<void> {
    const ids = toIds([...new Set(notice.userIds)]);
    if (ids.length === 0) return;
    const [people, preferences] = await Promise.all([this.users.profiles(ids), this.preferences.ofAll(ids)]);
    const rows = people.flatMap((person) => this.rowFor(person, preferences.get(String(person._id)), notice) ?? []);
    const fresh = await this.notifications.insertNew(rows);
    const byId = new Map(people.map((person) => [String(person._id), person]));
    for (const row of fresh) this.push(row, byId.get(String(row.userId)));
    await this.mails.arm(fresh.filter((row) => row.mail.state === 'waiting'));
  }

  private push(row: NotificationRow, reader: Profile | undefined): void {
    if (!row.shown || !reader) return;
    this.realtime.emit(rooms.user(String(row.userId)), 'notification.created', toNotification(row, reader));
  }

  private rowFor(person: Profile, preferences: Preferences | undefined, notice: Notice): NotificationRow | null {
    const channels: Channel[] = preferences ? channelsFor(notice.kind, preferences) : [];
    const byMail = notice.mail !== false && channels.includes('mail');
    const shown = channels.includes('inbox');
    if (!shown && !byMail) return null;
    const now = this.clock.now();
    return {
      _id: newId(),
      userId: new Types.ObjectId(person._id),
      cohortId: notice.cohortId === null ? null : idOf(notice.cohortId),
      kind: notice.kind,
      params: notice.params,
      link: notice.link,
      why: notice.why,
      key: notice.key,
      createdAt: now,
      readAt: null,
      shown,
      mail: {
        state: byMail ? 'waiting' : 'none',
        dueAt: mailDueAt(notice, now, preferences?.quietHours ?? null, person.timeZone),
        attempts: 0,
        lease: null,
        leaseUntil: null,
        error: null,
      },
    };
  }
}

/** What can wait leaves after the quiet hours, unless the thing it is about would have begun by then. */
function mailDueAt(notice: Notice, now: Date, quiet: Preferences['quietHours'], timeZone: string): Date {
  const soonest = notice.kind.startsWith('chat.') ? new Date(now.getTime() + CHAT_MAIL_AFTER_MS) : now;
  if (!canWait(notice.kind)) return soonest;
  const later = afterQuietHours(soonest, quiet, timeZone);
  const { startsAt } = notice.params;
  return typeof startsAt === 'string' && later.getTime() >= Date.parse(startsAt) ? soonest : later;
}
