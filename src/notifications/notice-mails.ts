import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { standingChanged } from '../auth/auth.events.js';
import { UsersRepository } from '../auth/users.repository.js';
import { Clock, MINUTE } from '../common/clock.js';
import { EventBus } from '../infra/events/event-bus.js';
import { handOverOf } from '../infra/mail/hand-over.js';
import { Mailer } from '../infra/mail/mailer.js';
import { idOf } from '../infra/mongo/ids.js';
import { Beats } from '../infra/queue/beats.js';
import { JobQueues } from '../infra/queue/job-queues.js';
import { mailDueAt, mailMayLeaveAt } from './mail-due.js';
import { NoticeCalendar } from './notice-calendar.js';
import { NoticeLetters } from './notice-letter.js';
import { noticeMail } from './notice-mail.queue.js';
import type { NotificationRow } from './notification.schema.js';
import { NotificationsRepository } from './notifications.repository.js';
import { channelsFor } from './preferences.js';
import { PreferencesRepository } from './preferences.repository.js';

const LEASE_MS = 2 * MINUTE;
const MOST_ATTEMPTS = 5;
const SWEEP_EVERY_MS = 30_000;
const SWEEP_LIMIT = 200;
const FOLLOW_LIMIT = 500;
/** Clocks of two machines differ a little: a job that wakes this early is in time. */
const EARLY_MS = 2000;

/**
 * Sends the mails of notices, each once: claimed with a lease, `handing` written before it leaves, then `sent`. One that dies while
 * handing over is `failed`: nobody knows whether it was taken, and two mails are worse than a row that says so.
 */
@Injectable()
export class NoticeMails implements OnModuleInit {
  private readonly logger = new Logger('NoticeMails');

  constructor(
    private readonly clock: Clock,
    private readonly queues: JobQueues,
    private readonly beats: Beats,
    private readonly users: UsersRepository,
    private readonly preferences: PreferencesRepository,
    private readonly notifications: NotificationsRepository,
    private readonly letters: NoticeLetters,
    private readonly calendar: NoticeCalendar,
    private readonly mailer: Mailer,
    private readonly bus: EventBus,
  ) {}

  onModuleInit(): void {
    this.bus.on(standingChanged, ({ userId, quietChanged }) => (quietChanged ? this.follow(idOf(userId)) : undefined));
    this.queues.process(noticeMail, ({ notificationId }) => this.send(idOf(notificationId)));
    this.beats.every(SWEEP_EVERY_MS, 'notice mails', () => this.sweep());
  }

  /** Heals what jobs lost: sends what is due, and says of an interrupted hand-over that it failed. Safe on every process at once. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    const interrupted = await this.notifications.failInterrupted(now);
    if (interrupted > 0) this.logger.warn({ interrupted }, 'mails were interrupted while being handed over');
    for (const id of await this.notifications.dueMails(now, SWEEP_LIMIT)) {
      // One that cannot be written must not keep the others back.
      await this.send(id).catch((error: unknown) => this.logger.error({ notice: String(id), err: error }, 'no mail'));
    }
  }

  /** The quiet of a person began, or ended before its time: what waits leaves when it may now. */
  async follow(userId: Types.ObjectId): Promise<void> {
    const [reader, { quietHours }, rows] = await Promise.all([
      this.users.profile(userId),
      this.preferences.of(userId),
      this.notifications.waitingMails(userId, FOLLOW_LIMIT),
    ]);
    if (!reader) return;
    const { timeZone, quietUntil } = reader;
    for (const row of rows) {
      const dueAt = mailDueAt(row, row.createdAt, { timeZone, quietHours, quietUntil });
      if (dueAt.getTime() !== row.mail.dueAt.getTime()) await this.notifications.moveWaiting(row._id, dueAt);
    }
  }

  /** Sends one mail when it is due and nobody else does. */
  async send(id: Types.ObjectId): Promise<void> {
    const now = this.clock.now();
    const lease = randomUUID();
    const soon = new Date(now.getTime() + EARLY_MS);
    if (!(await this.notifications.claimMail(id, soon, lease, new Date(now.getTime() + LEASE_MS)))) return;
    const row = await this.notifications.byId(id);
    if (row && row.mail.attempts > MOST_ATTEMPTS) {
      await this.notifications.moveMail(id, lease, 'sending', { state: 'failed', error: 'error' });
      return;
    }
    if (row && (await this.waits(row, lease))) return;
    const mail = row && (await this.prepare(row));
    if (!row || !mail) {
      await this.notifications.moveMail(id, lease, 'sending', { state: 'skipped' });
      return;
    }
    const failure = await this.mailer.inTurn(async () => {
      const leaseUntil = new Date(this.clock.now().getTime() + LEASE_MS);
      if (!(await this.notifications.moveMail(id, lease, 'sending', { state: 'handing', leaseUntil })))
        return 'not ours';
      return await this.mailer.send(mail).then(() => null, asError);
    });
    if (failure === null) await this.notifications.moveMail(id, lease, 'handing', { state: 'sent' });
    else if (failure instanceof Error) await this.tryLater(row, lease, failure);
  }

  /** Somebody wants quiet since it was written: it is put back until the end of that. */
  private async waits(row: NotificationRow, lease: string): Promise<boolean> {
    const reader = await this.users.profile(row.userId);
    const now = this.clock.now();
    const dueAt = reader ? mailMayLeaveAt(row, now, reader) : now;
    return dueAt > now && (await this.notifications.moveMail(row._id, lease, 'sending', { state: 'waiting', dueAt }));
  }

  private async prepare(row: NotificationRow) {
    const [reader, preferences] = await Promise.all([this.users.profile(row.userId), this.preferences.of(row.userId)]);
    if (!reader || !channelsFor(row.kind, preferences).includes('mail')) return null;
    if (row.kind.startsWith('chat.') && row.readAt) return null;
    const calendar = await this.calendar.forNotice(row, reader, preferences);
    return await this.letters.write({ ...row, key: `notice-${String(row._id)}` }, reader, calendar);
  }

  private async tryLater(row: NotificationRow, lease: string, error: Error): Promise<void> {
    const outcome = handOverOf(error);
    const again = outcome === 'later' && row.mail.attempts < MOST_ATTEMPTS;
    this.logger.warn({ notice: String(row._id), outcome, again }, 'a mail was not handed over');
    await this.notifications.moveMail(
      row._id,
      lease,
      'handing',
      again
        ? { state: 'waiting', dueAt: new Date(this.clock.now().getTime() + row.mail.attempts * MINUTE), error: outcome }
        : { state: 'failed', error: outcome },
    );
  }
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));
