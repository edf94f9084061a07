import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock, DAY, MINUTE } from '../../common/times/clock.js';
import { countDelivery } from '../../infra/health/deliveries.js';
import { MAX_DELIVERY_ATTEMPTS, failureOf, pauseAfter } from '../../infra/mail/delivery-failure.js';
import { CHECKED_FOR_MS, NoTurn, onlyNoTurn } from '../../infra/mail/mail-turns.js';
import { Mailer } from '../../infra/mail/mailer.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { DigestContents } from './digest-contents.js';
import { DigestLetters } from './digest-letter.js';
import { Digests } from './digests.js';
import { type DigestStep, DigestsRepository, type LeasedDigest } from './digests.repository.js';
import { NotificationsRepository } from '../inbox/notifications.repository.js';
import { type ReaderChoices, Readers } from '../rules/readers.js';
import { Undeliverable } from '../undeliverable/undeliverable.js';

const SWEEP_EVERY_MS = 30_000;
const A_SWEEP = 200;
const AT_A_TIME = 8;
const MAX_KEPT = 200;
/** No digest is further away than a week. */
const KEPT_MS = 8 * DAY;

/**
 * Sends digests, each once: taken with a lease, gathered from what is there at that moment, `handing` written before it leaves, then
 * `sent`. One that has nothing to say is not sent. One that dies while handing over has `failed`, as every mail of ours.
 */
@Injectable()
export class DigestSender implements OnModuleInit {
  private readonly logger = new Logger('DigestSender');

  constructor(
    private readonly clock: Clock,
    private readonly intervals: Intervals,
    private readonly readers: Readers,
    private readonly planned: Digests,
    private readonly digests: DigestsRepository,
    private readonly notifications: NotificationsRepository,
    private readonly contents: DigestContents,
    private readonly letters: DigestLetters,
    private readonly mailer: Mailer,
    private readonly undeliverable: Undeliverable,
  ) {}

  onModuleInit(): void {
    this.intervals.every(SWEEP_EVERY_MS, 'digests', () => this.sweep());
  }

  /** Sends what is due. Safe on every process at once. */
  async sweep(): Promise<void> {
    const interrupted = await this.digests.failInterrupted(this.clock.now());
    if (interrupted > 0) this.logger.warn({ interrupted }, 'digests were interrupted while being handed over');
    await this.heal();
    const due = await this.digests.due(this.clock.now(), A_SWEEP);
    for (let at = 0; at < due.length; at += AT_A_TIME) {
      await Promise.all(due.slice(at, at + AT_A_TIME).map((id) => this.trySending(id)));
    }
  }

  /** What waits for a digest that nobody planned (its process died in between) gets one. */
  private async heal(): Promise<void> {
    const forgotten = await this.notifications.keptTooLong(new Date(this.clock.now().getTime() - KEPT_MS), A_SWEEP);
    for (const known of await this.readers.all(forgotten.map(String))) {
      if (known) await this.planned.expect(known.reader, known.preferences);
    }
  }

  /** One that cannot be written must not keep the others back: its lease ends, and it is tried again. */
  private async trySending(id: Types.ObjectId): Promise<void> {
    await this.send(id).catch((error: unknown) =>
      this.logger.error({ digest: String(id), err: error }, 'a digest was not sent'),
    );
  }

  /** Sends one when it is due and nobody else does. */
  async send(id: Types.ObjectId): Promise<void> {
    const row = await this.digests.take(id, this.clock.now());
    if (!row) return;
    if (row.attempts > MAX_DELIVERY_ATTEMPTS) {
      await this.move(row, 'sending', { to: 'failed', because: 'error' });
      return;
    }
    const known = await this.whoMayHave(row);
    if (!known) return;
    const now = this.clock.now();
    const wakeAt = this.planned.leavesAt(now, known.reader, known.preferences);
    if (await this.undeliverable.isStopped(known.reader)) await this.drop(row, 'undeliverable');
    else if (wakeAt > now) await this.digests.move(row, 'sending', { to: 'planned', wakeAt, untried: true }, now);
    else await this.write(row, known);
  }

  /** Its reader, where they have a digest at this time; else null, and it was dropped. */
  private async whoMayHave(row: LeasedDigest): Promise<ReaderChoices | null> {
    const known = await this.readers.of(String(row.userId));
    if (!known) {
      await this.drop(row, 'gone');
      return null;
    }
    const isOfThisTime = this.isOfThisTime(row, known);
    // The next one first, so that none is missing whatever becomes of this one.
    if (known.preferences.digest || !isOfThisTime) await this.planned.expect(known.reader, known.preferences);
    if (isOfThisTime) return known;
    await this.drop(row, 'moved');
    return null;
  }

  /** Whether such a person has a digest at this time: zone and choice may be other ones since it was planned. */
  private isOfThisTime({ dueAt }: LeasedDigest, { reader, preferences }: ReaderChoices): boolean {
    const before = new Date(dueAt.getTime() - 1);
    return this.planned.plannedAfter(before, reader, preferences).getTime() === dueAt.getTime();
  }

  private async write(row: LeasedDigest, { reader, preferences }: ReaderChoices): Promise<void> {
    const digest = preferences.digest ?? null;
    const askedAt = this.clock.now();
    const rows = await this.notifications.keptFor(row.userId, row._id, MAX_KEPT);
    const kept = { rows, isFull: rows.length === MAX_KEPT, askedAt };
    const lists = await this.contents.of(reader, { digest }, rows);
    const now = this.clock.now();
    if (lists.length === 0) {
      await this.notifications.setDigested(row.userId, row._id, kept, now);
      await this.drop(row, 'empty');
      return;
    }
    const mail = await this.letters.write(`digest-${String(row._id)}`, reader, digest, lists);
    const checkedAt = performance.now();
    const handing = async () => {
      if (performance.now() - checkedAt > CHECKED_FOR_MS && !(await this.whoMayHave(row))) return 'not ours';
      if (!(await this.digests.move(row, 'sending', { to: 'handing' }, this.clock.now()))) return 'not ours';
      // Before it leaves: whoever dies now leaves a digest that failed, and no notice that is told in two.
      await this.notifications.setDigested(row.userId, row._id, kept, this.clock.now());
      return await this.mailer.send(mail).then(() => null, asError);
    };
    const failure = await this.mailer.inTurn(handing).catch(onlyNoTurn);
    if (failure === null) await this.move(row, 'handing', { to: 'sent' });
    else if (failure instanceof NoTurn) await this.putBack(row, failure);
    else if (failure instanceof Error) {
      await this.undeliverable.stopIfRefused(reader, failure);
      await this.tryLater(row, failure);
    }
  }

  /** The server is busy with other mails: this was no try. Where this process stops, others take it at once. */
  private async putBack(row: LeasedDigest, { isAtStop }: NoTurn): Promise<void> {
    const now = this.clock.now();
    const wakeAt = isAtStop ? now : new Date(now.getTime() + MINUTE);
    await this.digests.move(row, 'sending', { to: 'planned', wakeAt, untried: true }, now);
  }

  private async tryLater(row: LeasedDigest, error: Error): Promise<void> {
    const outcome = failureOf(error);
    const now = this.clock.now();
    const pause = outcome === 'later' ? pauseAfter(row.attempts) : null;
    this.logger.warn({ digest: String(row._id), outcome, again: pause !== null }, 'a digest was not handed over');
    const step =
      pause === null
        ? ({ to: 'failed', because: outcome } as const)
        : ({ to: 'planned', wakeAt: new Date(now.getTime() + pause) } as const);
    await this.move(row, 'handing', step);
  }

  /** Moves one on for who holds its lease, and counts what became of it. */
  private async move(row: LeasedDigest, from: 'sending' | 'handing', step: DigestStep): Promise<void> {
    const isDone = await this.digests.move(row, from, step, this.clock.now());
    if (isDone && step.to !== 'handing') countDelivery('digest', 'mail', step.to === 'planned' ? 'later' : step.to);
  }

  private async drop(row: LeasedDigest, because: string): Promise<void> {
    await this.move(row, 'sending', { to: 'dropped', because });
  }
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));
