import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { standingChanged } from '../../auth/auth.events.js';
import type { Profile } from '../../auth/users.repository.js';
import { Clock } from '../../common/times/clock.js';
import { Deliveries } from '../../infra/deliveries/deliveries.js';
import type { DeliveryKind, DeliveryMove, Prepared } from '../../infra/deliveries/delivery-kind.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import {
  type Addressee,
  type DeliveryRule,
  type MailStep,
  RULES,
  countsForBudget,
  mailDueAt,
  stepOf,
} from '../rules/delivery-rules.js';
import { dayOfMails } from '../digests/digest-times.js';
import { Digests } from '../digests/digests.js';
import { MailBudget } from '../rules/mail-budget.js';
import { type AboutNotice, deliveryOf, insertAhead } from './insert-ahead.js';
import { NoticeCalendar } from './notice-calendar.js';
import { NoticeLetters } from './notice-letter.js';
import type { NotificationRow } from '../inbox/notification.schema.js';
import { preferencesChanged } from '../notifications.events.js';
import { type MailMove, NotificationsRepository, begins } from '../inbox/notifications.repository.js';
import { Reach } from '../inbox/reach.js';
import { ToldWords } from '../inbox/told-words.js';
import { type ReaderChoices, Readers } from '../rules/readers.js';
import { Undeliverable } from '../undeliverable/undeliverable.js';

const FOLLOW_LIMIT = 500;

/**
 * The mails of notices, each sent once. The row of a notice says what becomes of its mail, so that whoever takes the notice back, or changes what it says, keeps a letter
 * that is being written from leaving.
 */
@Injectable()
export class NoticeMails implements OnModuleInit {
  private readonly kind: DeliveryKind<AboutNotice> = {
    name: 'notice',
    way: 'letters',
    isOnce: true,
    countedAs: ({ kind }) => kind,
    prepare: ({ of, about }) => this.prepare(of, about.key),
    moved: ({ of, about }, move) => this.follow(of, about.key, move),
  };

  constructor(
    private readonly clock: Clock,
    private readonly deliveries: Deliveries,
    private readonly readers: Readers,
    private readonly reach: Reach,
    private readonly words: ToldWords,
    private readonly budget: MailBudget,
    private readonly digests: Digests,
    private readonly notifications: NotificationsRepository,
    private readonly letters: NoticeLetters,
    private readonly calendar: NoticeCalendar,
    private readonly undeliverable: Undeliverable,
    private readonly bus: EventBus,
  ) {}

  onModuleInit(): void {
    this.deliveries.register(this.kind);
    this.bus.on(standingChanged, ({ userId, quietChanged }) =>
      quietChanged ? this.reschedule(idOf(userId)) : undefined,
    );
    this.bus.on(preferencesChanged, ({ userId }) => this.reschedule(idOf(userId)));
  }

  /** Inserts notices that are not there yet, and returns them, with the deliveries of those that are mailed before them. */
  async ahead(rows: readonly NotificationRow[], insert: () => Promise<NotificationRow[]>): Promise<NotificationRow[]> {
    const mailed = rows.filter(({ mail }) => mail.state === 'waiting');
    const planned = mailed.map((row) => ({ row, dueAt: row.mail.dueAt }));
    const { deliveries, notifications } = this;
    return await insertAhead({ deliveries, notifications }, this.kind, planned, insert);
  }

  /** Writes notices that were told before without a mail, and are to be mailed from now on since they say more, with their deliveries before them: new ones at each try. */
  async beginAhead<T>(rows: readonly NotificationRow[], write: () => Promise<T>): Promise<T> {
    const begun = rows.map((row) => deliveryOf(row, row.mail.dueAt, String(row._id)));
    return await this.deliveries.writeAhead(this.kind, begun, write);
  }

  /** When a person wants quiet is another time now: what waits leaves when it may. */
  async reschedule(userId: Types.ObjectId): Promise<void> {
    const [known, rows] = await Promise.all([
      this.readers.of(String(userId)),
      this.notifications.waitingMails(userId, FOLLOW_LIMIT),
    ]);
    if (!known) return;
    for (const row of rows) {
      const dueAt = mailDueAt(row, row.createdAt, addresseeOf(known));
      if (dueAt.getTime() === row.mail.dueAt.getTime()) continue;
      await this.notifications.moveWaiting(row._id, dueAt);
      await this.deliveries.reschedule(this.kind, { of: userId, about: { key: row.key } }, dueAt);
    }
  }

  private async prepare(userId: Types.ObjectId, key: string): Promise<Prepared> {
    const row = await this.notifications.writeMail(userId, key);
    if (!row) return await this.whereNotWaiting(userId, key);
    const known = await this.readers.of(String(userId));
    if (known && (await this.undeliverable.isStopped(known.reader))) return { skip: 'undeliverable' };
    const step: MailStep = known ? await this.nextStep(row, known) : { to: 'drop', rule: 'gone' };
    if (!known || step.to === 'drop') return { skip: step.to === 'drop' ? step.rule : 'gone' };
    if (step.to === 'wait') return { later: step.until, because: step.rule };
    if (step.to === 'digest') {
      const change = { state: 'digest' as const, dueAt: this.clock.now(), rule: step.rule };
      await this.digests.keep(known.reader, known.preferences, () =>
        this.notifications.moveMail(row, ['sending'], change),
      );
      return { skip: step.rule, isKept: true };
    }
    const letter = await this.write(row, known);
    return { letter, mayLeave: () => this.notifications.moveMail(row, ['sending'], { state: 'handing' }) };
  }

  /** One that is not there, or has no mail yet, is written right after its delivery. */
  private async whereNotWaiting(userId: Types.ObjectId, key: string): Promise<Prepared> {
    const row = await this.notifications.ofKey(userId, key);
    return row && !begins(row.mail.state) ? { skip: 'gone' } : 'missing';
  }

  /** What becomes of a mail stands at its notice. One that was put into a digest, or taken back, is not in our hands any more. */
  private async follow(userId: Types.ObjectId, key: string, move: DeliveryMove): Promise<void> {
    await this.notifications.moveMail({ userId, key }, statesBefore(move), changeOf(move));
    if (move.to !== 'failed' || move.because !== 'refused' || !(move.error instanceof Error)) return;
    const known = await this.readers.of(String(userId));
    if (known) await this.undeliverable.stopIfRefused(known.reader, move.error);
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
    const [calendar, [now = row]] = await Promise.all([
      this.calendar.forNotice(row, reader, preferences),
      this.words.now([row]),
    ]);
    return await this.letters.write({ ...now, key: `notice-${String(row._id)}` }, reader, calendar);
  }
}

const isRule = (because: string): because is DeliveryRule => (RULES as readonly string[]).includes(because);

/** Which rule kept it back or dropped it, or what else did. */
const whyOf = (because: string | null) =>
  because === null ? {} : isRule(because) ? { rule: because } : { error: because };

/** What was not handed over by this delivery may be by another one of the same notice. */
function statesBefore(move: DeliveryMove): ('sending' | 'handing')[] {
  const wasTried = move.to !== 'skipped' && !(move.to === 'waiting' && move.untried);
  return wasTried ? ['sending', 'handing'] : ['sending'];
}

function changeOf(move: DeliveryMove): MailMove {
  if (move.to === 'sent') return { state: 'sent' };
  if (move.to === 'waiting') return { state: 'waiting', dueAt: move.dueAt, ...whyOf(move.because) };
  return { state: move.to, ...whyOf(move.because) };
}

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
