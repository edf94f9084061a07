import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { type DeliveryChannel, type DeliveryOutcome, countDelivery } from '../health/deliveries.js';
import { MAX_DELIVERY_ATTEMPTS, answerOf, failureOf, pauseAfter } from '../mail/delivery-failure.js';
import { CHECKED_FOR_MS, NoTurn, onlyNoTurn } from '../mail/mail-turns.js';
import { Mailer } from '../mail/mailer.js';
import { Alarms, type DueRows } from '../queue/alarms.js';
import { type JobKind, defineJob } from '../queue/job-queues.js';
import type { DeliveryKind, DeliveryMove, Posted, Prepared, PreparedLetter } from './delivery-kind.js';
import { DeliveriesRepository, type LeasedDelivery } from './deliveries.repository.js';
import { DELIVERY_WAYS, type DeliveryRow, type DeliveryWay } from './delivery.schema.js';

/** Whoever dies leaves it to others after so long: longer than anybody waits for a turn. It is renewed while a mail server takes a mail. */
const LEASE_MS = 2 * MINUTE;
/** Clocks of two machines differ a little: an alarm that rings this early is in time. */
const EARLY_MS = 2000;
/** Of a row that is written right after its delivery. One that is not there by then was not written. */
const WRITTEN_WITHIN_MS = MINUTE;
const UNKNOWN_PAUSE_MS = 15_000;
/** A mail that may have been taken each time is not sent as often as one that surely was not. */
const MAX_UNSURE = 5;
/** Not the very instant at which it was due: that alarm is ringing. */
const AT_ONCE_MS = 1;
const AT_A_TIME = 8;
const LETTER_PAUSES_MS = Array.from({ length: MAX_DELIVERY_ATTEMPTS - 1 }, (_, index) => pauseAfter(index + 1) ?? 0);

const JOBS: Record<DeliveryWay, JobKind<{ id: string }>> = {
  'urgent-letters': defineJob<{ id: string }>('urgent-letter', 'mails'),
  letters: defineJob<{ id: string }>('letter', 'mails', { canWait: true }),
  pushes: defineJob<{ id: string }>('push', 'pushes'),
  webhooks: defineJob<{ id: string }>('webhook-post', 'webhooks'),
};

const CHANNELS: Record<DeliveryWay, DeliveryChannel> = {
  'urgent-letters': 'mail',
  letters: 'mail',
  pushes: 'push',
  webhooks: 'webhook',
};

/**
 * Takes what is due with a lease, has it prepared by its kind from the state as it is then, and hands it over: a letter in its turn, `handing` being written before it leaves.
 * What was not taken is tried again. Alarms make it quick; turns of the workers find what has none (docs/adr/0049).
 */
@Injectable()
export class DeliveryWorker implements OnModuleInit {
  private readonly logger = new Logger('DeliveryWorker');
  private readonly kinds = new Map<string, DeliveryKind<never>>();
  private readonly ways = DELIVERY_WAYS.map((way): DueRows => ({
    kind: JOBS[way],
    due: (now, limit) => this.rows.due(way, this.known(), new Date(now.getTime() + EARLY_MS), limit),
    work: (id) => this.work(id),
    atATime: AT_A_TIME,
  }));

  constructor(
    private readonly rows: DeliveriesRepository,
    private readonly mailer: Mailer,
    private readonly alarms: Alarms,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    for (const way of this.ways) this.alarms.watch(way);
  }

  /** Registers a kind. Called while the app is put together. */
  register<About extends object>(kind: DeliveryKind<About>): void {
    if (this.kinds.has(kind.name)) throw new Error(`two kinds of deliveries are called ${kind.name}`);
    this.kinds.set(kind.name, kind);
  }

  /** Hands over what is due by now, as the workers do every few seconds. */
  async turn(): Promise<void> {
    for (const way of this.ways) await this.alarms.turn(way);
  }

  /** Sets the alarms of what waits. */
  ring({ way }: { way: DeliveryWay }, rows: readonly Pick<DeliveryRow, '_id' | 'dueAt'>[]): void {
    const alarms = rows.flatMap(({ _id, dueAt }) => (dueAt ? [{ id: _id, at: dueAt }] : []));
    void this.alarms.setAll(JOBS[way], alarms);
  }

  /** What another version writes is left to that. */
  private known(): string[] {
    return [...this.kinds.keys()];
  }

  /** Does one delivery when it is due and nobody else does. */
  private async work(id: Types.ObjectId): Promise<void> {
    const row = await this.rows.claim(id, this.known(), this.inMs(EARLY_MS), this.inMs(LEASE_MS));
    const kind = row && this.kinds.get(row.kind);
    if (!kind) return;
    const wasTriedOften = row.tries > this.pausesOf(kind).length + 1;
    if (wasTriedOften || (row.state === 'handing' && kind.isOnce)) {
      await this.move(kind, row, { to: 'failed', because: 'interrupted' });
      return;
    }
    const prepared = await this.prepare(kind, row);
    if (prepared) await this.follow(kind, row, prepared);
  }

  /** Null where that failed: it is tried again. */
  private async prepare(kind: DeliveryKind<never>, row: LeasedDelivery): Promise<Prepared | null> {
    try {
      return await kind.prepare(row);
    } catch (error) {
      this.logger.error({ delivery: String(row._id), kind: row.kind, err: error }, 'a delivery was not prepared');
      await this.tryAgain(kind, row, { because: 'error' });
      return null;
    }
  }

  private async follow(kind: DeliveryKind<never>, row: LeasedDelivery, prepared: Prepared): Promise<void> {
    if (prepared === 'missing') await this.leaveToWriter(kind, row);
    else if ('letter' in prepared) await this.handOver(kind, row, prepared);
    else if ('post' in prepared) await this.followPost(kind, row, await prepared.post());
    else if ('skip' in prepared)
      await this.move(kind, row, { to: 'skipped', because: prepared.skip, isKept: prepared.isKept });
    else await this.putOff(kind, row, prepared.later, prepared.because);
  }

  /** A turn was quicker than the write of what it is about. The writer rings when it is done, and turns look again for a minute. Then it counts as never written. */
  private async leaveToWriter(kind: DeliveryKind<never>, row: LeasedDelivery): Promise<void> {
    const isLost = this.inMs(-WRITTEN_WITHIN_MS) > row.at;
    if (isLost) await this.move(kind, row, { to: 'skipped', because: 'gone' });
    else await this.move(kind, row, { to: 'waiting', dueAt: this.clock.now(), untried: true, because: null }, false);
  }

  private async handOver(kind: DeliveryKind<never>, row: LeasedDelivery, prepared: PreparedLetter): Promise<void> {
    const preparedAt = performance.now();
    const handed = await this.mailer
      .inTurn(async () => {
        // Much can have happened while it stood in line.
        const isOld = performance.now() - preparedAt > CHECKED_FOR_MS;
        const now = isOld ? await kind.prepare(row) : prepared;
        return now !== 'missing' && 'letter' in now ? await this.send(row, now) : { instead: now };
      })
      .catch(onlyNoTurn);
    if (handed === null) return;
    if (handed instanceof NoTurn) await this.putBack(kind, row, handed);
    else if ('instead' in handed) await this.follow(kind, row, handed.instead);
    else if ('error' in handed) await this.afterFailure(kind, row, handed.error);
    else await this.move(kind, row, { to: 'sent' });
  }

  /** Null where the lease was lost. */
  private async send(row: LeasedDelivery, { letter, mayLeave }: PreparedLetter) {
    if (!(await this.rows.hand(row, this.inMs(LEASE_MS)))) return null;
    row.state = 'handing';
    const isHeld = await this.isHeld(row, mayLeave);
    if (isHeld) return { instead: { later: this.inMs(isHeld === 'unknown' ? UNKNOWN_PAUSE_MS : AT_ONCE_MS) } };
    const renewal = setInterval(() => void this.renew(row), LEASE_MS / 4).unref();
    return await this.mailer
      .send(letter)
      .then(
        () => ({ sent: true }),
        (error: unknown) => ({ error }),
      )
      .finally(() => clearInterval(renewal));
  }

  /** Whether a letter must wait after all. Nobody knows where that cannot be asked: nothing has left yet, so it waits. */
  private async isHeld(row: LeasedDelivery, mayLeave: PreparedLetter['mayLeave']): Promise<false | 'held' | 'unknown'> {
    if (!mayLeave) return false;
    try {
      return (await mayLeave()) ? false : 'held';
    } catch (err) {
      this.logger.error({ delivery: String(row._id), kind: row.kind, err }, 'whether a letter may leave is not known');
      return 'unknown';
    }
  }

  /** Of a slow server nobody knows yet whether it takes the mail: nobody else is to try. One that fails is made up for by the next. */
  private async renew(row: LeasedDelivery): Promise<void> {
    await this.rows
      .hand(row, this.inMs(LEASE_MS))
      .catch((err: unknown) => this.logger.warn({ err, delivery: String(row._id) }, 'a lease was not renewed'));
  }

  private async afterFailure(kind: DeliveryKind<never>, row: LeasedDelivery, error: unknown): Promise<void> {
    const because = failureOf(error);
    const isTriedAgain = because === 'later' || (because === 'unknown' && !kind.isOnce && row.tries < MAX_UNSURE);
    const said = { delivery: String(row._id), kind: row.kind, because, answer: answerOf(error), isTriedAgain };
    this.logger.warn(said, 'a letter was not handed over');
    if (isTriedAgain) await this.tryAgain(kind, row, { because, error });
    else await this.move(kind, row, { to: 'failed', because, error });
  }

  private async followPost(kind: DeliveryKind<never>, row: LeasedDelivery, posted: Posted): Promise<void> {
    if (posted.to === 'busy') await this.putOff(kind, row, posted.until);
    else if (posted.to === 'later') await this.tryAgain(kind, row, posted);
    else await this.move(kind, row, posted);
  }

  /** As one more try, after its pause. */
  private async tryAgain(
    kind: DeliveryKind<never>,
    row: LeasedDelivery,
    { because, error }: { because: string; error?: unknown },
  ): Promise<void> {
    const pause = this.pausesOf(kind)[row.tries - 1];
    if (pause === undefined) await this.move(kind, row, { to: 'failed', because, error });
    else await this.move(kind, row, { to: 'waiting', dueAt: this.inMs(pause), untried: false, because });
  }

  /** The server is busy with other mails: this was no try. Where this process stops, turns of others find it. */
  private async putBack(kind: DeliveryKind<never>, row: LeasedDelivery, { isAtStop }: NoTurn): Promise<void> {
    const dueAt = isAtStop ? this.clock.now() : this.inMs(MINUTE);
    await this.move(kind, row, { to: 'waiting', dueAt, untried: true, because: null }, !isAtStop);
  }

  /** Nobody tried: it may not leave yet, or there is no room for it. */
  private async putOff(
    kind: DeliveryKind<never>,
    row: LeasedDelivery,
    dueAt: Date,
    because: string | null = null,
  ): Promise<void> {
    await this.move(kind, row, { to: 'waiting', dueAt, untried: true, because });
  }

  private async move(kind: DeliveryKind<never>, row: LeasedDelivery, move: DeliveryMove, rings = true): Promise<void> {
    // Who hands over is alone with it, and its kind hears first: who dies meanwhile leaves it to be looked at. All others may have lost their lease.
    const isHanded = row.state === 'handing';
    if (isHanded) await this.sayFirst(kind, row, move);
    if (!(await this.rows.move(row, move, this.clock.now()))) {
      // Somebody wrote what it is about meanwhile, and joined it: it is looked at again.
      if (move.to === 'skipped') await this.putOff(kind, row, this.clock.now());
      return;
    }
    if (!isHanded) await kind.moved?.(row, move);
    const outcome = outcomeOf(move);
    if (CHANNELS[kind.way] === 'mail' && outcome)
      countDelivery(kind.countedAs?.(row.about) ?? kind.name, 'mail', outcome);
    if (move.to === 'failed')
      this.logger.error({ delivery: String(row._id), kind: row.kind, because: move.because }, 'a delivery failed');
    if (move.to === 'waiting' && rings) this.ring(kind, [{ _id: row._id, dueAt: move.dueAt }]);
  }

  /** What was taken is never sent again because that could not be said: it is tried twice. */
  private async sayFirst(kind: DeliveryKind<never>, row: LeasedDelivery, move: DeliveryMove): Promise<void> {
    const said = kind.moved?.(row, move);
    if (move.to !== 'sent') await said;
    else
      await said
        ?.catch(() => kind.moved?.(row, move))
        .catch((err: unknown) =>
          this.logger.error({ delivery: String(row._id), kind: row.kind, err }, 'what was sent was not said to be'),
        );
  }

  private pausesOf({ pausesMs }: DeliveryKind<never>): readonly number[] {
    return pausesMs ?? LETTER_PAUSES_MS;
  }

  private inMs(ms: number): Date {
    return new Date(this.clock.now().getTime() + ms);
  }
}

/** What is counted of a move; that it waits for a time at which it may leave is none. */
function outcomeOf(move: DeliveryMove): DeliveryOutcome | null {
  if (move.to === 'waiting') return move.untried ? null : 'later';
  if (move.to === 'skipped') return move.isKept ? 'digest' : 'dropped';
  return move.to;
}
