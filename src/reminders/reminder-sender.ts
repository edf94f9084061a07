import { Injectable, Logger } from '@nestjs/common';
import type { Types } from 'mongoose';
import type { Profile } from '../auth/users.repository.js';
import { BatchPerKey } from '../common/batch-per-key.js';
import { Clock, MINUTE } from '../common/times/clock.js';
import type { Preferences } from '../contracts/notifications/notifications.js';
import { MAX_DELIVERY_ATTEMPTS, answerOf, failureOf, pauseAfter } from '../infra/mail/delivery-failure.js';
import { CHECKED_FOR_MS, NoTurn, onlyNoTurn } from '../infra/mail/mail-turns.js';
import { Mailer, type OutgoingMail } from '../infra/mail/mailer.js';
import { countsForBudget } from '../notifications/rules/delivery-rules.js';
import { dayOfMails } from '../notifications/digests/digest-times.js';
import { Digests } from '../notifications/digests/digests.js';
import { MailBudget } from '../notifications/rules/mail-budget.js';
import { NoticeLetters } from '../notifications/letters/notice-letter.js';
import { Notifier } from '../notifications/notifier.js';
import { type Channel, channelsFor } from '../notifications/rules/preferences.js';
import { type Quiet, afterQuietBefore, quietOf } from '../notifications/rules/quiet.js';
import { Reach } from '../notifications/inbox/reach.js';
import { Readers } from '../notifications/rules/readers.js';
import { Undeliverable } from '../notifications/undeliverable/undeliverable.js';
import { Ladders, asOf, saidBy } from './schedule/ladders.js';
import { type DropReason, type Held, type SubjectType, staleness } from './planning/reminder-plan.js';
import { type LeasedReminder, ReminderLeases } from './reminder-leases.repository.js';
import { NOTICE_OF } from './planning/reminder-drafts.js';
import { type ReminderRow, firstDue } from './reminder.schema.js';
import { type LoadedSubject, type ReminderContent, type SubjectRef, isOutside } from './sources/subject-source.js';
import { SubjectSources } from './sources/subject-sources.js';

interface Ready {
  content: ReminderContent;
  reader: Profile;
  preferences: Preferences;
  /** Those on which the cohort is reminded so. */
  only: readonly Channel[];
  canWait: boolean;
  quiet: Quiet;
}

/** To who has no account: a letter of its own. */
interface ReadyOutside extends Pick<Ready, 'canWait' | 'quiet'> {
  mail: OutgoingMail;
}

/**
 * Sends one reminder, once: taken with a lease, checked against the subject as it is now, put into the inbox, `handing` written
 * before the mail leaves, then `sent`. Killed while `sending`, it is tried again when the lease ends, a few seconds later; killed while
 * `handing`, it is `failed`, since nobody knows whether the mail was taken. Many that are due at once share their reads and writes.
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
    private readonly reach: Reach,
    private readonly ladders: Ladders,
    private readonly leases: ReminderLeases,
    private readonly notifier: Notifier,
    private readonly letters: NoticeLetters,
    private readonly mailer: Mailer,
    private readonly digests: Digests,
    private readonly budget: MailBudget,
    private readonly undeliverable: Undeliverable,
  ) {}

  /** Does nothing when it is not due, stale, or in other hands. */
  async send(id: Types.ObjectId): Promise<void> {
    const row = await this.leases.take(id);
    if (!row) return;
    try {
      await this.sendTaken(row);
    } catch (error) {
      // Where that cannot be written either, the lease ends by itself.
      await this.leases.giveUp(row).catch(() => undefined);
      throw error;
    }
  }

  private async sendTaken(row: LeasedReminder): Promise<void> {
    if (row.attempts > MAX_DELIVERY_ATTEMPTS) {
      await this.leases.move(row, 'sending', { to: 'failed', because: 'error' });
      return;
    }
    const ready = await this.prepare(row);
    if (typeof ready === 'string') {
      await this.leases.move(row, 'sending', { to: 'dropped', because: ready });
      return;
    }
    const later = quietEnd(row, ready, this.clock.now());
    if (later) {
      // It counts as a try: the plan leaves what was tried to its new time.
      await this.leases.move(row, 'sending', { to: 'planned', ...later });
      return;
    }
    if ('mail' in ready) {
      await this.handOver(row, ready.mail);
      return;
    }
    const isWithin = await this.isWithinBudget(row, ready);
    const { channels, reached } = await this.notifier.tell(ready.reader, ready.preferences, {
      ...noticeOf(row, ready.content),
      urgent: !ready.canWait,
      cohortId: String(row.cohortId),
      until: row.until,
      only: ready.only,
      mail: isWithin ? false : 'digest',
    });
    if (!reached) await this.leases.move(row, 'sending', { to: 'dropped', because: 'left' });
    else if (!channels.includes('mail')) await this.leases.move(row, 'sending', { to: 'sent' });
    else if (!isWithin) await this.leases.move(row, 'sending', { to: 'sent', because: 'budget' });
    else if (await this.undeliverable.isStopped(ready.reader))
      await this.leases.move(row, 'sending', { to: 'sent', because: 'undeliverable' });
    else await this.byMail(row, ready);
  }

  /** Whether a mail of the person's day is left for what can wait; what would be too late in the next digest leaves all the same. */
  private async isWithinBudget(row: LeasedReminder, { reader, preferences, only, canWait }: Ready): Promise<boolean> {
    const type = row.subject.type;
    if (!canWait || isOutside(type) || !only.includes('mail')) return true;
    if (!countsForBudget(NOTICE_OF[type])) return true;
    if (!channelsFor(NOTICE_OF[type], preferences).includes('mail')) return true;
    if (this.digests.nextOf(reader, preferences) >= row.until) return true;
    const day = dayOfMails(this.clock.now(), reader.timeZone);
    return await this.budget.take({ userId: row.userId, day, mailId: row._id, most: preferences.mailsPerDay ?? null });
  }

  /** Everything the reminder needs, or why it must not go. */
  private async prepare(row: LeasedReminder): Promise<Ready | ReadyOutside | DropReason> {
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
      return mail ? { mail, canWait: rung.canWait, quiet: subject.outside.recipient } : 'cancelled';
    }
    if (!reader || isOutside(type)) return 'left';
    const channels = channelsFor(NOTICE_OF[type], reader.preferences);
    if (!channels.some((channel) => rung.channels.includes(channel))) return 'muted';
    const { params, link, isEmpty } = await subject.content(userId, rung.name);
    if (isEmpty) return 'empty';
    const said = asOf(saidBy(params, rung), rung, this.clock.now(), reader.reader.timeZone);
    const { timeZone, quietUntil } = reader.reader;
    const quiet = { ...reader.preferences, timeZone, quietUntil };
    return { content: { link, params: said }, only: rung.channels, canWait: rung.canWait, quiet, ...reader };
  }

  private async load(type: SubjectType, refs: readonly SubjectRef[]): Promise<(LoadedSubject | null)[]> {
    const distinct = new Map(refs.map((ref) => [ref.id, ref]));
    const loaded = await this.sources.of(type).load([...distinct.values()]);
    const byId = new Map(loaded.map((subject) => [subject.id, subject]));
    return refs.map(({ id }) => byId.get(id) ?? null);
  }

  private async byMail(row: LeasedReminder, { content, reader }: Ready): Promise<void> {
    await this.handOver(row, await this.letters.write(noticeOf(row, content), reader), reader);
  }

  private async handOver(row: LeasedReminder, mail: OutgoingMail, reader?: Profile): Promise<void> {
    const checkedAt = performance.now();
    // `handing` is written when the mail can leave at once, so that few stand there.
    const handing = async () => {
      if (performance.now() - checkedAt > CHECKED_FOR_MS && !(await this.mayStillGo(row))) return 'not ours';
      if (!(await this.leases.move(row, 'sending', { to: 'handing' }))) return 'not ours';
      return await this.mailer.send(mail).then((answer) => ({ answer }), asError);
    };
    const outcome = await this.mailer.inTurn(handing).catch(onlyNoTurn);
    if (outcome === 'not ours') return;
    if (outcome instanceof NoTurn) await this.putBack(row, outcome);
    else if (outcome instanceof Error) {
      if (reader) await this.undeliverable.stopIfRefused(reader, outcome);
      await this.tryLater(row, outcome);
    } else await this.leases.move(row, 'handing', { to: 'sent', answer: outcome.answer });
  }

  /** False, and dropped, when it must not go any more. */
  private async mayStillGo(row: LeasedReminder): Promise<boolean> {
    const [ready, isWithin] = await Promise.all([
      this.prepare(row),
      isOutside(row.subject.type) ||
        this.reach.isWithin({ cohortId: String(row.cohortId), why: row.why }, String(row.userId)),
    ]);
    const because = typeof ready === 'string' ? ready : isWithin ? null : 'left';
    if (because) await this.leases.move(row, 'sending', { to: 'dropped', because });
    return because === null;
  }

  /**
   * The server is busy with other mails: this was no try. Where this process stops, others take it at once. What would be too late by its
   * next turn has failed, so that staff see it.
   */
  private async putBack(row: LeasedReminder, { isAtStop }: NoTurn): Promise<void> {
    const { dueAt, deferredFrom } = isAtStop
      ? row
      : { dueAt: new Date(this.clock.now().getTime() + MINUTE), deferredFrom: firstDue(row) };
    if (!isAtStop && dueAt >= row.until) {
      await this.leases.move(row, 'sending', { to: 'failed', because: 'later' });
      return;
    }
    await this.leases.move(row, 'sending', {
      ...{ to: 'planned', dueAt, untried: true },
      ...(deferredFrom && { deferredFrom }),
    });
  }

  private async tryLater(row: LeasedReminder, error: Error): Promise<void> {
    const outcome = failureOf(error);
    const answer = answerOf(error);
    const pause = outcome === 'later' ? pauseAfter(row.attempts) : null;
    const dueAt = new Date(this.clock.now().getTime() + (pause ?? 0));
    const again = pause !== null && dueAt < row.until;
    this.logger.warn({ reminder: String(row._id), outcome, again }, 'a mail was not handed over');
    await this.leases.move(
      row,
      'handing',
      again
        ? { to: 'planned', dueAt, deferredFrom: firstDue(row), answer }
        : { to: 'failed', because: outcome, answer },
    );
  }
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

/** It was planned for a time at which its person may be disturbed. One that is late, since a server was away, say, asks again; null: now. */
function quietEnd(
  row: ReminderRow,
  { canWait, quiet }: Pick<Ready, 'canWait' | 'quiet'>,
  now: Date,
): { dueAt: Date; held: Held } | null {
  const at = row.dueAt > now ? row.dueAt : now;
  const dueAt = canWait ? afterQuietBefore(at, quiet, row.until) : at;
  const by = quietOf(at, dueAt, quiet);
  return by && { dueAt, held: { by, from: row.held?.from ?? row.dueAt } };
}

const keyOf = (row: ReminderRow) => `reminder-${String(row._id)}`;

const noticeOf = (row: ReminderRow, content: ReminderContent) => ({
  // Who has no account has a letter of their own.
  kind: NOTICE_OF[row.subject.type as keyof typeof NOTICE_OF],
  ...content,
  why: row.why,
  key: keyOf(row),
});
