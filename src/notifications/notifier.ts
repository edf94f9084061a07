import { Injectable, Logger } from '@nestjs/common';
import { Types } from 'mongoose';
import type { Profile } from '../auth/users.repository.js';
import { BatchPerKey } from '../common/batch-per-key.js';
import { Clock } from '../common/times/clock.js';
import type { NotificationKind, Preferences } from '../contracts/notifications/notifications.js';
import { idOf, newId } from '../infra/mongo/ids.js';
import { Realtime } from '../infra/realtime/realtime.js';
import { rooms } from '../infra/realtime/rooms.js';
import { type MailPlan, planMail, strengthOf } from './rules/delivery-rules.js';
import { Digests } from './digests/digests.js';
import { NoticeMailQueue } from './letters/notice-mail.queue.js';
import { toNotification } from './inbox/notification.presenter.js';
import type { NoticeParams, NotificationRow } from './inbox/notification.schema.js';
import { NotificationsRepository } from './inbox/notifications.repository.js';
import { type Channel, channelsFor } from './rules/preferences.js';
import { NoticePushes } from './push/notice-pushes.js';
import { Reach } from './inbox/reach.js';
import { Readers } from './rules/readers.js';

/** Something that people are told. */
export interface Notice {
  userIds: readonly string[];
  cohortId: string | null;
  kind: NotificationKind;
  params: NoticeParams;
  /** It passes the quiet, though others of its kind wait. */
  urgent?: boolean;
  /** When it is too late for it: the end of the day that it speaks of, say. */
  until?: Date;
  /** A path of the web app. */
  link: string;
  /** The key of the reason it came: registered, participant, coach, mentioned, author, watching, member, staff, security. */
  why: string;
  /** Names what happened, once per person: several reasons and several tries make one notice, which says the strongest. */
  key: string;
  /** How much a notice gathers that grows under its key while nobody has read it (messages of a burst). */
  gathered?: number;
  /** On none but these. */
  only?: readonly Channel[];
  /** `false`: whoever tells sends the mail (a reminder does); `digest`: it goes with the next digest, the day's mails being used up. */
  mail?: false | 'digest';
}

/** What became of telling one person. */
export interface ToldPerson {
  channels: Channel[];
  /** False: they may not see it any more, and were told nothing. */
  reached: boolean;
}

/** A notice as it is written, and whether it is new or says more than the one that was there. */
type Written = { row: NotificationRow; isNews: boolean };

/**
 * The one door by which people are told something: the inbox, live over the socket, and by mail, as each of them wants it. The rules are
 * in delivery-rules.ts; several reasons, several tries and several processes make one notice by a unique key and guarded writes.
 */
@Injectable()
export class Notifier {
  private readonly logger = new Logger('Notifier');
  private readonly inserts = new BatchPerKey<NotificationRow, Written>((_, rows) => this.insert(rows));

  private isSilentByMail = false;

  constructor(
    private readonly clock: Clock,
    private readonly readers: Readers,
    private readonly reach: Reach,
    private readonly digests: Digests,
    private readonly notifications: NotificationsRepository,
    private readonly mails: NoticeMailQueue,
    private readonly pushes: NoticePushes,
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
  async tell(reader: Profile, preferences: Preferences, notice: Omit<Notice, 'userIds'>): Promise<ToldPerson> {
    if (!(await this.reach.isWithin(notice, String(reader._id)))) return { channels: [], reached: false };
    const { only } = notice;
    const channels = channelsFor(notice.kind, preferences).filter((channel) => only?.includes(channel) ?? true);
    const asked = this.rowFor(reader, preferences, channels, notice);
    if (asked) {
      const write = () => this.inserts.ask('notices', asked);
      const isKept = asked.mail.state === 'digest';
      const { row, isNews } = await (isKept ? this.digests.keep(reader, preferences, write) : write());
      if (isNews && row.shown)
        this.realtime.emit(rooms.user(String(row.userId)), 'notification.created', toNotification(row, reader));
    }
    return { channels, reached: true };
  }

  /** Writes these together. Their mails' alarms are not waited for: a sweep finds what has none. */
  private async insert(rows: readonly NotificationRow[]): Promise<Written[]> {
    await this.pushes.onlyWithDevice(rows);
    const fresh = await this.notifications.insertNew(rows);
    this.pushes.arm(fresh);
    const isNew = new Set(fresh);
    const stronger = await this.notifications.strengthen(rows.filter((row) => !isNew.has(row)));
    const written = rows.map((row) => ({ row: stronger.get(row) ?? row, isNews: isNew.has(row) || stronger.has(row) }));
    this.mails
      .arm(written.filter(({ row, isNews }) => isNews && row.mail.state === 'waiting').map(({ row }) => row))
      .catch((error: unknown) => this.logger.warn({ err: error }, 'alarms of mails were not set'));
    return written;
  }

  private rowFor(
    person: Profile,
    preferences: Preferences,
    channels: readonly Channel[],
    notice: Omit<Notice, 'userIds'>,
  ): NotificationRow | null {
    const now = this.clock.now();
    const { timeZone, quietUntil } = person;
    const { quietHours, quietWeekend } = preferences;
    const addressee = { timeZone, quietUntil, quietHours, quietWeekend, preferences };
    const byMail = notice.mail === undefined && !this.isSilentByMail;
    const plan: MailPlan =
      notice.mail === 'digest'
        ? { state: 'digest', rule: 'budget' }
        : planMail(notice, { channels, byMail }, addressee, now);
    const shown = channels.includes('inbox');
    // What fills a database with the past disturbs nobody.
    const pushAt = this.isSilentByMail ? null : this.pushes.dueAt(notice, addressee, now);
    if (!shown && plan.state === 'none') return null;
    return {
      _id: newId(),
      userId: new Types.ObjectId(person._id),
      cohortId: notice.cohortId === null ? null : idOf(notice.cohortId),
      kind: notice.kind,
      params: notice.params,
      ...(notice.urgent && { urgent: true }),
      ...(notice.until && { until: notice.until }),
      link: notice.link,
      why: notice.why,
      strength: strengthOf(notice.why, notice.gathered),
      key: notice.key,
      createdAt: now,
      readAt: null,
      shown,
      ...(pushAt && { pushAt }),
      mail: {
        state: plan.state,
        dueAt: plan.state === 'waiting' ? plan.dueAt : now,
        rule: plan.rule,
        attempts: 0,
        lease: null,
        leaseUntil: null,
        error: null,
      },
    };
  }
}
