import { Injectable } from '@nestjs/common';
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
import { NoticeMails } from './letters/notice-mails.js';
import { placeOf, toNotification } from './inbox/notification.presenter.js';
import type { NoticeParams, NotificationRow } from './inbox/notification.schema.js';
import { NotificationsRepository } from './inbox/notifications.repository.js';
import { type Channel, channelsFor } from './rules/preferences.js';
import { NoticePushes, type PlannedPush } from './push/notice-pushes.js';
import { Reach } from './inbox/reach.js';
import { type ReaderChoices, Readers } from './rules/readers.js';
import { ToldWords } from './inbox/told-words.js';
import { ToldPairs } from './rules/told-pairs.js';

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
  /** It reaches people by mail and on devices from then on: what follows until then is told in its place. */
  notBefore?: Date | null;
  /** A path of the web app. */
  link: string;
  /** The key of the reason it came: registered, participant, coach, mentioned, author, watching, member, staff, security. */
  why: string;
  /** Who did it, where their act alone tells this one person: how often it does in a day has a limit ({@link ToldPairs}); what is more is told no more. */
  byId?: string | undefined;
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

/** A notice that is to be written, and to be pushed then. */
type Planned = { row: NotificationRow; pushAt: Date | null };

/** A notice as it is written, and whether it is new or says more than the one that was there. */
type Written = { row: NotificationRow; isNews: boolean };

/**
 * The one door by which people are told something: the inbox, live over the socket, and by mail, as each of them wants it. The rules are
 * in delivery-rules.ts; several reasons, several tries and several processes make one notice by a unique key and guarded writes.
 */
@Injectable()
export class Notifier {
  private readonly inserts = new BatchPerKey<Planned, Written>((_, planned) => this.insert(planned));

  private isSilentByMail = false;

  constructor(
    private readonly clock: Clock,
    private readonly readers: Readers,
    private readonly reach: Reach,
    private readonly words: ToldWords,
    private readonly digests: Digests,
    private readonly notifications: NotificationsRepository,
    private readonly pairs: ToldPairs,
    private readonly mails: NoticeMails,
    private readonly pushes: NoticePushes,
    private readonly realtime: Realtime,
  ) {}

  /** From now on nobody gets a mail: for filling a database with what is past. */
  silenceMail(): void {
    this.isSilentByMail = true;
  }

  /** Tells each of these people once, however often it is called with the same key. Unknown ids are left out. */
  async notify(notice: Notice): Promise<void> {
    await Promise.all(
      [...new Set(notice.userIds)].map(async (userId) => {
        const [known, isReached] = await Promise.all([this.readers.of(userId), this.reach.isWithin(notice, userId)]);
        if (known && isReached) await this.tellReached(known, notice);
      }),
    );
  }

  /** Tells one person, once for each key, and says on which channels such a notice reaches them. */
  async tell(reader: Profile, preferences: Preferences, notice: Omit<Notice, 'userIds'>): Promise<ToldPerson> {
    if (!(await this.reach.isWithin(notice, String(reader._id)))) return { channels: [], reached: false };
    return { channels: await this.tellReached({ reader, preferences }, notice), reached: true };
  }

  /** Who may see it; says on which channels it reaches them. */
  private async tellReached(
    { reader, preferences }: ReaderChoices,
    notice: Omit<Notice, 'userIds'>,
  ): Promise<Channel[]> {
    const { only } = notice;
    const channels = channelsFor(notice.kind, preferences).filter((channel) => only?.includes(channel) ?? true);
    const asked = this.planFor(reader, preferences, channels, notice);
    if (asked) {
      if (await this.isToldEnough(reader, notice)) return [];
      const write = () => this.inserts.ask('notices', asked);
      const isKept = asked.row.mail.state === 'digest';
      const { row, isNews } = await (isKept ? this.digests.keep(reader, preferences, write) : write());
      // What it is about may be gone by now, or theirs no more: then the inbox does not show it either.
      const now = this.clock.now();
      // What grows while it is snoozed stays so.
      const isSeen = isNews && row.shown && placeOf(row, now) === 'inbox';
      if (isSeen && (await this.reach.readable([row])).length > 0) await this.show(row, reader, now);
    }
    return channels;
  }

  /** What was told already and says something else by now is shown anew on the devices that are open, where it stands in the inbox. */
  async showAgain(rows: readonly NotificationRow[]): Promise<void> {
    const now = this.clock.now();
    const standing = rows.filter((row) => row.shown && placeOf(row, now) === 'inbox');
    if (standing.length === 0) return;
    await Promise.all(
      (await this.reach.readable(standing)).map(async (row) => {
        const known = await this.readers.of(String(row.userId));
        if (known) await this.show(row, known.reader, now);
      }),
    );
  }

  /** On their devices that are open, as the inbox shows it. */
  private async show(row: NotificationRow, reader: Profile, now: Date): Promise<void> {
    const [[said = row], faces] = await Promise.all([
      this.words.withConversations([row], reader.locale),
      this.words.facesOf([row]),
    ]);
    this.realtime.emit(
      rooms.user(String(row.userId)),
      'notification.created',
      toNotification(said, reader, { now, faces }),
    );
  }

  private async isToldEnough({ _id }: Profile, { byId, kind, key }: Omit<Notice, 'userIds'>): Promise<boolean> {
    return byId !== undefined && !(await this.pairs.take({ userId: String(_id), byId, kind, key }));
  }

  /** Writes these together. */
  private async insert(planned: readonly Planned[]): Promise<Written[]> {
    const rows = planned.map(({ row }) => row);
    const pushes = planned.flatMap(({ row, pushAt }): PlannedPush[] => (pushAt ? [{ row, dueAt: pushAt }] : []));
    const insert = () => this.notifications.insertNew(rows);
    const fresh = await this.mails.ahead(rows, () => this.pushes.ahead(pushes, insert));
    const isNew = new Set(fresh);
    const stronger = await this.notifications.strengthen(
      rows.filter((row) => !isNew.has(row)),
      (begun, write) => this.mails.beginAhead(begun, write),
    );
    return rows.map((row) => ({ row: stronger.get(row) ?? row, isNews: isNew.has(row) || stronger.has(row) }));
  }

  private planFor(
    person: Profile,
    preferences: Preferences,
    channels: readonly Channel[],
    notice: Omit<Notice, 'userIds'>,
  ): Planned | null {
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
    const row: NotificationRow = {
      _id: newId(),
      userId: new Types.ObjectId(person._id),
      cohortId: notice.cohortId === null ? null : idOf(notice.cohortId),
      kind: notice.kind,
      params: notice.params,
      ...(notice.urgent && { urgent: true }),
      ...(notice.until && { until: notice.until }),
      ...(notice.notBefore && { notBefore: notice.notBefore }),
      link: notice.link,
      why: notice.why,
      strength: strengthOf(notice.why, notice.gathered),
      key: notice.key,
      createdAt: now,
      readAt: null,
      shown,
      at: now,
      done: false,
      snoozedUntil: null,
      mail: {
        state: plan.state,
        dueAt: plan.state === 'waiting' ? plan.dueAt : now,
        rule: plan.rule,
        error: null,
      },
    };
    return { row, pushAt };
  }
}
