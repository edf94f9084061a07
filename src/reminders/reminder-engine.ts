import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Nights } from '../cohorts/nights/nights.js';
import { Clock } from '../common/times/clock.js';
import { ConcurrencyLimiter } from '../common/concurrency-limiter.js';
import { Alarms, type DueRows } from '../infra/queue/alarms.js';
import { Intervals } from '../infra/queue/intervals.js';
import { ReminderAlarms, reminderAlarm } from './reminder-alarms.js';
import { ReminderLeases } from './reminder-leases.repository.js';
import { ReminderSender } from './reminder-sender.js';
import { RemindersRepository } from './reminders.repository.js';

const TICK_MS = 30_000;
/** What no alarm rang for, and what a worker that died was sending. */
const DUE_MS = 1000;
/** As many as are in our hands at a time: the last of them has its turn at the mail server within a minute, if that takes one a second. */
const MAX_IN_HAND = 64;
const FEW_IN_HAND = 16;
const BATCH = 200;

/**
 * The clockwork of reminders. Alarms in Redis make them punctual; a plain timer in each worker makes them certain: it sends
 * what is due though no alarm rang, and sets the next alarms. Several workers do it at once, unharmed.
 */
@Injectable()
export class ReminderEngine implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('ReminderEngine');
  private readonly limiter = new ConcurrencyLimiter(MAX_IN_HAND, FEW_IN_HAND);
  private isStopping = false;
  private readonly due: DueRows = {
    kind: reminderAlarm,
    everyMs: DUE_MS,
    atATime: BATCH,
    due: async (now, limit) => (this.isStopping ? [] : await this.reminders.due(now, limit)),
    work: (id) => this.inWave(() => this.sender.send(id)),
  };

  constructor(
    private readonly clock: Clock,
    private readonly rows: Alarms,
    private readonly intervals: Intervals,
    private readonly nights: Nights,
    private readonly sender: ReminderSender,
    private readonly alarms: ReminderAlarms,
    private readonly reminders: RemindersRepository,
    private readonly leases: ReminderLeases,
  ) {}

  onModuleInit(): void {
    // Each by itself: sending needs no Redis, and must not wait for it.
    this.rows.watch(this.due);
    this.intervals.every(DUE_MS, 'reminders left by the dead', () => this.sendLeft());
    this.intervals.every(TICK_MS, 'reminders to arm', () => this.alarms.arm());
  }

  /** What has not begun stays planned, and others find it at once; what has is finished. */
  onModuleDestroy(): void {
    this.isStopping = true;
  }

  /** One turn of all of the clockwork. */
  async tick(): Promise<void> {
    await this.nights.turn();
    await this.tickWithoutPlanning();
  }

  /** The same without what the night does: where nothing changed that is planned from. */
  async tickWithoutPlanning(): Promise<void> {
    await this.sendLeft();
    await this.rows.turn(this.due);
    await this.alarms.arm();
  }

  private async inWave(send: () => Promise<void>): Promise<void> {
    await this.limiter.go(async () => {
      if (!this.isStopping) await send();
    });
  }

  /** What a dead worker held is taken over before more is begun, however much is due and however slow the mail server. */
  private async sendLeft(): Promise<void> {
    const interrupted = await this.leases.failInterrupted();
    if (interrupted > 0) this.logger.error({ interrupted }, 'reminders were interrupted while being handed over');
    const left = await this.reminders.left(this.clock.now(), BATCH);
    await Promise.all(left.map((id) => this.send(id)));
  }

  /** One that cannot be sent must not keep the others back: its lease ends, and it is tried again. */
  private async send(id: Types.ObjectId): Promise<void> {
    await this.sender
      .send(id)
      .catch((error: unknown) => this.logger.error({ reminder: String(id), err: error }, 'a reminder was not sent'));
  }
}
