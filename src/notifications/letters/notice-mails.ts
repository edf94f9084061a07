import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { standingChanged } from '../../auth/auth.events.js';
import type { Profile } from '../../auth/users.repository.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { type DeliveryOutcome, countDelivery } from '../../infra/health/deliveries.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { MAX_DELIVERY_ATTEMPTS, failureOf, pauseAfter } from '../../infra/mail/delivery-failure.js';
import { CHECKED_FOR_MS, NoTurn, onlyNoTurn } from '../../infra/mail/mail-turns.js';
import { Mailer, type OutgoingMail } from '../../infra/mail/mailer.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { JobQueues } from '../../infra/queue/job-queues.js';
import { type Addressee, type MailStep, countsForBudget, mailDueAt, stepOf } from '../rules/delivery-rules.js';
import { dayOfMails } from '../digests/digest-times.js';
import { Digests } from '../digests/digests.js';
import { MailBudget } from '../rules/mail-budget.js';
import { NoticeCalendar } from './notice-calendar.js';
import { NoticeLetters } from './notice-letter.js';
import { noticeMail } from './notice-mail.queue.js';
import type { NotificationRow } from '../inbox/notification.schema.js';
import { preferencesChanged } from '../notifications.events.js';
import { type MailMove, NotificationsRepository } from '../inbox/notifications.repository.js';
import { Reach } from '../inbox/reach.js';
import { type ReaderChoices, Readers } from '../rules/readers.js';
import { Undeliverable } from '../undeliverable/undeliverable.js';

const LEASE_MS = 2 * MINUTE;
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
    private readonly intervals: Intervals,
    private readonly readers: Readers,
    private readonly reach: Reach,
    private readonly budget: MailBudget,
    private readonly digests: Digests,
    private readonly notifications: NotificationsRepository,
    private readonly letters: NoticeLetters,
    private readonly calendar: NoticeCalendar,
    private readonly mailer: Mailer,
    private readonly undeliverable: Undeliverable,
    private readonly bus: EventBus,
  ) {}

  onModuleInit(): void {
    this.bus.on(standingChanged, ({ userId, quietChanged }) => (quietChanged ? this.follow(idOf(userId)) : undefined));
    this.bus.on(preferencesChanged, ({ userId }) => this.follow(idOf(userId)));
    this.queues.process(noticeMail, ({ notificationId }) => this.send(idOf(notificationId)));
    this.intervals.every(SWEEP_EVERY_MS, 'notice mails', () => this.sweep());
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

  /** When a person wants quiet is another time now: what waits leaves when it may. */
  async follow(userId: Types.ObjectId): Promise<void> {
    const [known, rows] = await Promise.all([
      this.readers.of(String(userId)),
      this.notifications.waitingMails(userId, FOLLOW_LIMIT),
    ]);
    if (!known) return;
    for (const row of rows) {
      const dueAt = mailDueAt(row, row.createdAt, addresseeOf(known));
      if (dueAt.getTime() !== row.mail.dueAt.getTime()) await this.notifications.moveWaiting(row._id, dueAt);
    }
  }

  /** Sends one mail when it is due, the rules let it go, and nobody else does. */
  async send(id: Types.ObjectId): Promise<void> {
    const now = this.clock.now();
    const lease = randomUUID();
    const soon = new Date(now.getTime() + EARLY_MS);
    if (!(await this.notifications.claimMail(id, soon, lease, new Date(now.getTime() + LEASE_MS)))) return;
    const row = await this.notifications.byId(id);
    if (!row) return;
    if (row.mail.attempts > MAX_DELIVERY_ATTEMPTS) {
      await this.move(row, lease, 'sending', { state: 'failed', error: 'error' });
      return;
    }
    const known = await this.whoMayHave(row, lease);
    if (known) await this.handOver(row, lease, await this.write(row, known));
  }

  /** Its reader, where the rules let it go to them; else null, and it was moved to where it waits, or dropped. */
  private async whoMayHave(row: NotificationRow, lease: string): Promise<ReaderChoices | null> {
    const known = await this.readers.of(String(row.userId));
    if (known && (await this.undeliverable.isStopped(known.reader))) {
      await this.move(row, lease, 'sending', { state: 'skipped', error: 'undeliverable' });
      return null;
    }
    const step: MailStep = known ? await this.nextStep(row, known) : { to: 'drop', rule: 'gone' };
    if (known && step.to === 'send') return known;
    const move = () => this.move(row, lease, 'sending', moveOf(step, this.clock.now()));
    await (known && step.to === 'digest' ? this.digests.keep(known.reader, known.preferences, move) : move());
    return null;
  }

  private async handOver(row: NotificationRow, lease: string, mail: OutgoingMail): Promise<void> {
    const { _id } = row;
    const checkedAt = performance.now();
    const handing = async () => {
      if (performance.now() - checkedAt > CHECKED_FOR_MS && !(await this.mayStillGo(_id, lease))) return 'not ours';
      const leaseUntil = new Date(this.clock.now().getTime() + LEASE_MS);
      if (!(await this.notifications.moveMail(_id, lease, 'sending', { state: 'handing', leaseUntil })))
        return 'not ours';
      return await this.mailer.send(mail).then(() => null, asError);
    };
    const failure = await this.mailer.inTurn(handing).catch(onlyNoTurn);
    if (failure === null) await this.move(row, lease, 'handing', { state: 'sent' });
    else if (failure instanceof NoTurn) await this.putBack(row, lease, failure);
    else if (failure instanceof Error) await this.tryLater(row, lease, failure);
  }

  /** As it is now: it may have been read in the app while it stood in line, say. */
  private async mayStillGo(id: Types.ObjectId, lease: string): Promise<boolean> {
    const row = await this.notifications.byId(id);
    return row !== null && (await this.whoMayHave(row, lease)) !== null;
  }

  /** Moves a mail on for who holds its lease, and counts what became of it. False when the lease was lost. */
  private async move(row: NotificationRow, lease: string, from: 'sending' | 'handing', to: MailMove): Promise<boolean> {
    const isDone = await this.notifications.moveMail(row._id, lease, from, to);
    const outcome = outcomeOf(to);
    if (isDone && outcome) countDelivery(row.kind, 'mail', outcome);
    return isDone;
  }

  /** The server is busy with other mails: this was no try. Where this process stops, others take it at once. */
  private async putBack({ _id, mail }: NotificationRow, lease: string, { isAtStop }: NoTurn): Promise<void> {
    const dueAt = isAtStop ? mail.dueAt : new Date(this.clock.now().getTime() + MINUTE);
    await this.notifications.moveMail(_id, lease, 'sending', { state: 'waiting', dueAt, untried: true });
  }

  /** The rules, with what they must know: how the notice stands, and at the end whether a mail of the day is left for it. */
  private async nextStep(row: NotificationRow, known: ReaderChoices): Promise<MailStep> {
    const { reader, preferences } = known;
    const now = this.clock.now();
    const standing = await this.reach.standingOf(row);
    const leaving = { ...standing, digestAt: this.digests.nextOf(reader, preferences) };
    const ask = (isOverBudget: boolean) => stepOf(row, { ...leaving, isOverBudget }, addresseeOf(known), now);
    const step = ask(false);
    const isLimited = step.to === 'send' && countsForBudget(row.kind);
    return isLimited && !(await this.isWithinBudget(row, known)) ? ask(true) : step;
  }

  private async isWithinBudget(row: NotificationRow, { reader, preferences }: ReaderChoices): Promise<boolean> {
    const day = dayOfMails(this.clock.now(), reader.timeZone);
    return await this.budget.take({ userId: row.userId, day, mailId: row._id, most: preferences.mailsPerDay ?? null });
  }

  private async write(row: NotificationRow, { reader, preferences }: ReaderChoices) {
    const calendar = await this.calendar.forNotice(row, reader, preferences);
    return await this.letters.write({ ...row, key: `notice-${String(row._id)}` }, reader, calendar);
  }

  private async tryLater(row: NotificationRow, lease: string, error: Error): Promise<void> {
    const outcome = failureOf(error);
    const known = outcome === 'refused' ? await this.readers.of(String(row.userId)) : null;
    if (known) await this.undeliverable.stopIfRefused(known.reader, error);
    const pause = outcome === 'later' ? pauseAfter(row.mail.attempts) : null;
    const again = pause !== null;
    this.logger.warn({ notice: String(row._id), outcome, again }, 'a mail was not handed over');
    await this.move(
      row,
      lease,
      'handing',
      again
        ? { state: 'waiting', dueAt: new Date(this.clock.now().getTime() + pause), error: outcome }
        : { state: 'failed', error: outcome },
    );
  }
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

const addresseeOf = ({
  reader,
  preferences,
}: {
  reader: Profile;
  preferences: ReaderChoices['preferences'];
}): Addressee => ({
  timeZone: reader.timeZone,
  quietUntil: reader.quietUntil,
  quietHours: preferences.quietHours,
  quietWeekend: preferences.quietWeekend,
  preferences,
});

/** What is counted of a move; that it waits for a time at which it may leave is none. */
function outcomeOf({ state, error }: MailMove): DeliveryOutcome | null {
  if (state === 'sent' || state === 'failed' || state === 'digest') return state;
  if (state === 'skipped') return 'dropped';
  return error === undefined ? null : 'later';
}

/** What a rule makes of a mail that does not leave now. */
function moveOf(step: MailStep, now: Date): MailMove {
  switch (step.to) {
    case 'wait':
      return { state: 'waiting', dueAt: step.until, rule: step.rule };
    case 'digest':
      return { state: 'digest', dueAt: now, rule: step.rule };
    case 'drop':
      return { state: 'skipped', rule: step.rule };
    default:
      return { state: 'skipped' };
  }
}
