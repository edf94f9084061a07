import { Injectable, Logger } from '@nestjs/common';
import type { Types } from 'mongoose';
import type { Profile } from '../auth/users.repository.js';
import { BatchPerKey } from '../common/batch-per-key.js';
import { Clock, MINUTE } from '../common/clock.js';
import type { Preferences } from '../contracts/notifications.js';
import { handOverOf } from '../infra/mail/hand-over.js';
import { Mailer, type OutgoingMail } from '../infra/mail/mailer.js';
import { NoticeLetters } from '../notifications/notice-letter.js';
import { Notifier } from '../notifications/notifier.js';
import { type Channel, channelsFor } from '../notifications/preferences.js';
import { Readers } from '../notifications/readers.js';
import { Ladders, saidBy } from './ladders.js';
import { type DropReason, type SubjectType, staleness } from './reminder-plan.js';
import { type LeasedReminder, ReminderLeases } from './reminder-leases.repository.js';
import { NOTICE_OF } from './reminder-planner.js';
import type { ReminderRow } from './reminder.schema.js';
import type { LoadedSubject, ReminderContent, SubjectRef } from './subject-source.js';
import { SubjectSources } from './subject-sources.js';

const MOST_ATTEMPTS = 5;

interface Ready {
  content: ReminderContent;
  reader: Profile;
  preferences: Preferences;
  /** Those on which the cohort is reminded so. */
  only: readonly Channel[];
}

/**
 * Sends one reminder, once: taken with a lease, checked against the subject as it is now, put into the inbox, `handing` written
 * before the mail leaves, then `sent`. Killed while `sending`, it is tried again when the lease ends; killed while `handing`, it is
 * `failed`, since nobody knows whether the mail was taken. Many that are due at once share their reads and writes.
 */
@Injectable()
export class ReminderSender {
  private readonly logger = new Logger('ReminderSender');
  private readonly subjects = new BatchPerKey<SubjectRef, LoadedSubject | null>((type, refs) =>
    this.load(type as SubjectType, refs),
  );

  constructor(
    private readonly clock: Clock,
    private readonly sources: SubjectSources,
    private readonly readers: Readers,
    private readonly ladders: Ladders,
    private readonly leases: ReminderLeases,
    private readonly notifier: Notifier,
    private readonly letters: NoticeLetters,
    private readonly mailer: Mailer,
  ) {}

  /** Does nothing when it is not due, stale, or in other hands. */
  async send(id: Types.ObjectId): Promise<void> {
    const row = await this.leases.take(id);
    if (!row) return;
    if (row.attempts > MOST_ATTEMPTS) {
      await this.leases.move(row, 'sending', { to: 'failed', because: 'error' });
      return;
    }
    const ready = await this.prepare(row);
    if (typeof ready === 'string') {
      await this.leases.move(row, 'sending', { to: 'dropped', because: ready });
      return;
    }
    if ('mail' in ready) {
      await this.handOver(row, ready.mail);
      return;
    }
    const { channels } = await this.notifier.tell(ready.reader, ready.preferences, {
      ...noticeOf(row, ready.content),
      cohortId: String(row.cohortId),
      only: ready.only,
      mail: false,
    });
    if (channels.includes('mail')) await this.byMail(row, ready);
    else await this.leases.move(row, 'sending', { to: 'sent' });
  }

  /** Everything the reminder needs, or why it must not go. */
  private async prepare(row: LeasedReminder): Promise<Ready | { mail: OutgoingMail } | DropReason> {
    const { type, id, revision } = row.subject;
    const userId = String(row.userId);
    const cohortId = String(row.cohortId);
    const [subject, reader, ladder] = await Promise.all([
      this.subjects.ask(type, { type, id: String(id), cohortId }),
      this.readers.of(userId),
      this.ladders.ofOne(cohortId),
    ]);
    if (!subject) return 'cancelled';
    if (!reader && !subject.outside) return 'left';
    const stale = staleness(subject, { userId, revision, until: row.until }, this.clock.now());
    if (stale) return stale;
    const rung = ladder.find(({ kind, on }) => on && kind === row.kind);
    if (!rung) return 'off';
    if (subject.outside) {
      const mail = await subject.outside.letter(keyOf(row), rung.text);
      return mail ? { mail } : 'cancelled';
    }
    if (!reader || type === 'invitation') return 'left';
    const channels = channelsFor(NOTICE_OF[type], reader.preferences);
    if (!channels.some((channel) => rung.channels.includes(channel))) return 'muted';
    const { params, link } = await subject.content(userId, rung.name);
    return { content: { link, params: saidBy(params, rung) }, only: rung.channels, ...reader };
  }

  private async load(type: SubjectType, refs: readonly SubjectRef[]): Promise<(LoadedSubject | null)[]> {
    const distinct = new Map(refs.map((ref) => [ref.id, ref]));
    const loaded = await this.sources.of(type).load([...distinct.values()]);
    const byId = new Map(loaded.map((subject) => [subject.id, subject]));
    return refs.map(({ id }) => byId.get(id) ?? null);
  }

  private async byMail(row: LeasedReminder, { content, reader }: Ready): Promise<void> {
    await this.handOver(row, await this.letters.write(noticeOf(row, content), reader));
  }

  private async handOver(row: LeasedReminder, mail: OutgoingMail): Promise<void> {
    // `handing` is written when the mail can leave at once, so that few stand there.
    const failure = await this.mailer.inTurn(async () => {
      if (!(await this.leases.move(row, 'sending', { to: 'handing' }))) return 'not ours';
      return await this.mailer.send(mail).then(() => null, asError);
    });
    if (failure === null) await this.leases.move(row, 'handing', { to: 'sent' });
    else if (failure instanceof Error) await this.tryLater(row, failure);
  }

  private async tryLater(row: LeasedReminder, error: Error): Promise<void> {
    const outcome = handOverOf(error);
    const dueAt = new Date(this.clock.now().getTime() + row.attempts * MINUTE);
    const again = outcome === 'later' && row.attempts < MOST_ATTEMPTS && dueAt < row.until;
    this.logger.warn({ reminder: String(row._id), outcome, again }, 'a mail was not handed over');
    await this.leases.move(row, 'handing', again ? { to: 'planned', dueAt } : { to: 'failed', because: outcome });
  }
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

const keyOf = (row: ReminderRow) => `reminder-${String(row._id)}`;

const noticeOf = (row: ReminderRow, content: ReminderContent) => ({
  // An invitation has a letter of its own.
  kind: NOTICE_OF[row.subject.type as keyof typeof NOTICE_OF],
  ...content,
  why: row.why,
  key: keyOf(row),
});
