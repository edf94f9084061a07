import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { invalidField, notFound } from '../../common/problem.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { CONFIG, type Config } from '../../config/config.js';
import type { NoticesMoved, PutNotices } from '../../contracts/notifications/notifications.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Alarms, type DueRows } from '../../infra/queue/alarms.js';
import { defineJob } from '../../infra/queue/job-queues.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { NoticePlaces } from './notice-places.repository.js';
import { NotificationsRepository } from './notifications.repository.js';
import { Reach } from './reach.js';

const LONGEST_MS = 366 * DAY;

/**
 * What a person does with their notices: done, out of the inbox for a while, back. A snoozed one stands in the inbox again by itself as its time comes, whatever
 * becomes of the alarm: that only tells pages that are open. Neither a mail nor a push follows.
 */
@Injectable()
export class NoticeMoves implements OnModuleInit {
  private readonly rows: DueRows = {
    kind: defineJob<{ id: string }>('snoozed-notice', 'alarms'),
    due: (now, limit) => this.places.back(now, limit),
    work: (id) => this.tellBack(id),
  };

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly places: NoticePlaces,
    private readonly notifications: NotificationsRepository,
    private readonly reach: Reach,
    private readonly transactions: Transactions,
    private readonly alarms: Alarms,
    private readonly realtime: Realtime,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.alarms.watch(this.rows);
  }

  /** Tells the devices of people what came back to them by now. */
  async turn(): Promise<void> {
    await this.alarms.turn(this.rows);
  }

  /** Puts notices into one of the lists; ids that are not mine are ignored. Throws 404 where none is, 422 `/until` `past`, `too_far`. */
  async put(userId: string, body: PutNotices): Promise<void> {
    const now = this.clock.now();
    const id = idOf(userId);
    const theirs = await this.places.theirs(id, toIds(body.ids));
    if (theirs.length === 0) throw notFound();
    const ids = theirs.map(({ _id }) => _id);
    if (body.place === 'snoozed') await this.snooze(id, theirs, new Date(body.until), now);
    else if (body.place === 'done') await this.places.done(id, ids, now);
    else await this.putBack(id, ids, now);
    this.tell(userId, { ids: ids.map(String), place: body.place });
  }

  private async snooze(
    userId: Types.ObjectId,
    theirs: readonly { _id: Types.ObjectId; createdAt: Date }[],
    until: Date,
    now: Date,
  ): Promise<void> {
    if (until <= now) throw invalidField('/until', 'past');
    const endsBefore = new Date(until.getTime() - this.config.KEEP_NOTICES_DAYS * DAY);
    if (until.getTime() - now.getTime() > LONGEST_MS || theirs.some(({ createdAt }) => createdAt <= endsBefore))
      throw invalidField('/until', 'too_far');
    const ids = theirs.map(({ _id }) => _id);
    await this.places.snooze(userId, ids, { until, now });
    // One alarm tells of all that come back then.
    const [first] = ids;
    if (first) await this.alarms.set(this.rows.kind, first, until);
  }

  /** What was read in chat or in the forum while it was away is read here, too. */
  private async putBack(userId: Types.ObjectId, ids: readonly Types.ObjectId[], now: Date): Promise<void> {
    await this.places.putBack(userId, ids, now);
    const unread = await this.places.unread(userId, ids, now);
    const isRead = await Promise.all(unread.map((row) => this.reach.isReadThere(row)));
    const read = unread.filter((_, index) => isRead[index]).map(({ _id }) => _id);
    if (read.length > 0) await this.notifications.readThese(userId, read, now);
  }

  private async tellBack(id: Types.ObjectId): Promise<void> {
    const now = this.clock.now();
    const back = await this.transactions.run((session) => this.places.takeBack(id, now, session));
    if (back) this.tell(String(back.userId), { ids: back.ids.map(String), place: 'inbox' });
  }

  private tell(userId: string, moved: NoticesMoved): void {
    this.realtime.emit(rooms.user(userId), 'notification.moved', moved);
  }
}
