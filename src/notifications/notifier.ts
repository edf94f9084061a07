import { Injectable, Logger } from '@nestjs/common';
import { Types } from 'mongoose';
import type { Profile } from '../auth/users.repository.js';
import { BatchPerKey } from '../common/batch-per-key.js';
import { Clock } from '../common/clock.js';
import type { NotificationKind, Preferences } from '../contracts/notifications.js';
import { idOf, newId } from '../infra/mongo/ids.js';
import { Realtime } from '../infra/realtime/realtime.js';
import { rooms } from '../infra/realtime/rooms.js';
import { mailDueAt } from './mail-due.js';
import { NoticeMailQueue } from './notice-mail.queue.js';
import { toNotification } from './notification.presenter.js';
import type { NoticeParams, NotificationRow } from './notification.schema.js';
import { NotificationsRepository } from './notifications.repository.js';
import { type Channel, channelsFor } from './preferences.js';
import { Readers } from './readers.js';

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
  /** On none but these. */
  only?: readonly Channel[];
  /** `false`: whoever tells sends the mail (a reminder does). */
  mail?: boolean;
}

/** The one way by which people are told something: the inbox, live over the socket, and by mail, as each of them wants it. */
@Injectable()
export class Notifier {
  private readonly logger = new Logger('Notifier');
  private readonly inserts = new BatchPerKey<NotificationRow, boolean>((_, rows) => this.insert(rows));

  private isSilentByMail = false;

  constructor(
    private readonly clock: Clock,
    private readonly readers: Readers,
    private readonly notifications: NotificationsRepository,
    private readonly mails: NoticeMailQueue,
    private readonly realtime: Realtime,
  ) {}

  /** From now on nobody gets a mail: for filling a database with what is past. */
  silenceMail(): void {
    this.isSilentByMail = true;
  }

  /** Tells each of these people once, however often it is called with the same key. Unknown ids are left out. */
  async notify(notice: Notice): Promise<void> {
    const readers = await this.readers.all([...new Set(notice.userIds)]);
    await Promise.all(readers.flatMap((one) => (one ? [this.tell(one.reader, one.preferences, notice)] : [])));
  }

  /** Tells one person, once for each key, and says on which channels such a notice reaches them. */
  async tell(
    reader: Profile,
    preferences: Preferences,
    notice: Omit<Notice, 'userIds'>,
  ): Promise<{ channels: Channel[] }> {
    const { only } = notice;
    const channels = channelsFor(notice.kind, preferences).filter((channel) => only?.includes(channel) ?? true);
    const row = this.rowFor(reader, preferences, channels, notice);
    if (row && (await this.inserts.ask('notices', row)) && row.shown) {
      this.realtime.emit(rooms.user(String(row.userId)), 'notification.created', toNotification(row, reader));
    }
    return { channels };
  }

  /** Writes these together and says of each whether it is new. Their mails' alarms are not waited for: a sweep finds what has none. */
  private async insert(rows: readonly NotificationRow[]): Promise<boolean[]> {
    const fresh = await this.notifications.insertNew(rows);
    this.mails
      .arm(fresh.filter((row) => row.mail.state === 'waiting'))
      .catch((error: unknown) => this.logger.warn({ err: error }, 'alarms of mails were not set'));
    const isNew = new Set(fresh);
    return rows.map((row) => isNew.has(row));
  }

  private rowFor(
    person: Profile,
    preferences: Preferences,
    channels: readonly Channel[],
    notice: Omit<Notice, 'userIds'>,
  ): NotificationRow | null {
    const byMail = notice.mail !== false && !this.isSilentByMail && channels.includes('mail');
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
        dueAt: mailDueAt(notice, now, { ...person, quietHours: preferences.quietHours }),
        attempts: 0,
        lease: null,
        leaseUntil: null,
        error: null,
      },
    };
  }
}
