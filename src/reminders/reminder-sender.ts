import { Injectable, Logger } from '@nestjs/common';
import type { Types } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { type Profile, UsersRepository } from '../auth/users.repository.js';
import { Clock, MINUTE } from '../common/clock.js';
import { handOverOf } from '../infra/mail/hand-over.js';
import { Mailer } from '../infra/mail/mailer.js';
import { NoticeLetters } from '../notifications/notice-letter.js';
import { Notifier } from '../notifications/notifier.js';
import { channelsFor } from '../notifications/preferences.js';
import { PreferencesRepository } from '../notifications/preferences.repository.js';
import { type DropReason, staleness } from './reminder-plan.js';
import { NOTICE_OF } from './reminder-planner.js';
import type { ReminderRow } from './reminder.schema.js';
import { RemindersRepository } from './reminders.repository.js';
import type { ReminderContent } from './subject-source.js';
import { SubjectSources } from './subject-sources.js';

const LEASE_MS = 2 * MINUTE;
const MOST_ATTEMPTS = 5;
/** Clocks of two machines differ a little: a job that wakes this early is in time. */
const EARLY_MS = 2000;

/** How long before, as the words of notices name it. */
const RUNG: Record<ReminderRow['kind'], string> = {
  'workshop.7d': 'd7',
  'workshop.24h': 'h24',
  'workshop.1h': 'h1',
  'workshop.10min': 'm10',
  'session.24h': 'h24',
  'session.1h': 'h1',
  'milestone.14d': 'd14',
  'milestone.3d': 'd3',
  'milestone.day': 'd0',
};

interface Ready {
  content: ReminderContent;
  reader: Profile;
  byMail: boolean;
}

/**
 * Sends one reminder, once: claimed with a lease, checked against the subject as it is now, put into the inbox, `handing` written
 * before the mail leaves, then `sent`. Killed while `sending`, it is tried again when the lease ends; killed while `handing`, it is
 * `failed`, since nobody knows whether the mail was taken.
 */
@Injectable()
export class ReminderSender {
  private readonly logger = new Logger('ReminderSender');

  constructor(
    private readonly clock: Clock,
    private readonly sources: SubjectSources,
    private readonly users: UsersRepository,
    private readonly preferences: PreferencesRepository,
    private readonly reminders: RemindersRepository,
    private readonly notifier: Notifier,
    private readonly letters: NoticeLetters,
    private readonly mailer: Mailer,
  ) {}

  /** Does nothing when it is not due, stale, or in other hands. */
  async send(id: Types.ObjectId): Promise<void> {
    const now = this.clock.now();
    const lease = randomUUID();
    const dueBy = new Date(now.getTime() + EARLY_MS);
    if (!(await this.reminders.claim(id, dueBy, now, lease, new Date(now.getTime() + LEASE_MS)))) return;
    const row = await this.reminders.byId(id);
    if (!row) return;
    if (row.attempts > MOST_ATTEMPTS) {
      await this.reminders.move(id, lease, 'sending', { state: 'failed', because: 'error' });
      return;
    }
    const ready = await this.prepare(row, now);
    if (typeof ready === 'string') {
      await this.reminders.move(id, lease, 'sending', { state: 'dropped', because: ready });
      return;
    }
    await this.toInbox(row, ready.content);
    if (ready.byMail) await this.byMail(row, lease, ready);
    else await this.reminders.move(id, lease, 'sending', { state: 'sent', sentAt: this.clock.now() });
  }

  /** Everything the reminder needs, or why it must not go. */
  private async prepare(row: ReminderRow, now: Date): Promise<Ready | DropReason> {
    const ref = { type: row.subject.type, id: String(row.subject.id), cohortId: String(row.cohortId) };
    const source = this.sources.of(ref.type);
    const userId = String(row.userId);
    const [[subject], reader, preferences] = await Promise.all([
      source.load([ref]),
      this.users.profile(row.userId),
      this.preferences.of(row.userId),
    ]);
    if (!subject) return 'cancelled';
    if (!reader) return 'left';
    const stale = staleness(subject, { userId, revision: row.subject.revision, until: row.until }, now);
    if (stale) return stale;
    const channels = channelsFor(NOTICE_OF[ref.type], preferences);
    if (channels.length === 0) return 'muted';
    const content = await source.content(ref, userId, RUNG[row.kind]);
    return content ? { content, reader, byMail: channels.includes('mail') } : 'cancelled';
  }

  private async toInbox(row: ReminderRow, content: ReminderContent): Promise<void> {
    await this.notifier.notify({
      userIds: [String(row.userId)],
      cohortId: String(row.cohortId),
      kind: NOTICE_OF[row.subject.type],
      ...content,
      why: row.why,
      key: keyOf(row),
      mail: false,
    });
  }

  private async byMail(row: ReminderRow, lease: string, { content, reader }: Ready): Promise<void> {
    const notice = { kind: NOTICE_OF[row.subject.type], ...content, why: row.why, key: keyOf(row) };
    const mail = await this.letters.write(notice, reader);
    if (!(await this.reminders.move(row._id, lease, 'sending', { state: 'handing' }))) return;
    try {
      await this.mailer.send(mail);
    } catch (error) {
      await this.tryLater(row, lease, error);
      return;
    }
    await this.reminders.move(row._id, lease, 'handing', { state: 'sent', sentAt: this.clock.now() });
  }

  private async tryLater(row: ReminderRow, lease: string, error: unknown): Promise<void> {
    const outcome = handOverOf(error);
    const next = new Date(this.clock.now().getTime() + row.attempts * MINUTE);
    const again = outcome === 'later' && row.attempts < MOST_ATTEMPTS && next < row.until;
    this.logger.warn({ reminder: String(row._id), outcome, again }, 'a mail was not handed over');
    await this.reminders.move(
      row._id,
      lease,
      'handing',
      again ? { state: 'planned', dueAt: next, armed: false } : { state: 'failed', because: outcome },
    );
  }
}

const keyOf = (row: ReminderRow) => `reminder-${String(row._id)}`;
