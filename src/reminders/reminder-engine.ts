import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock } from '../common/times/clock.js';
import { tryEach } from '../common/try-each.js';
import { ConcurrencyLimiter } from '../common/concurrency-limiter.js';
import { idOf } from '../infra/mongo/ids.js';
import { Intervals } from '../infra/queue/intervals.js';
import { JobQueues } from '../infra/queue/job-queues.js';
import { CohortRounds } from './planning/cohort-rounds.js';
import { ReminderAlarms, reminderAlarm } from './reminder-alarms.js';
import { ReminderLeases } from './reminder-leases.repository.js';
import { ReminderReconciler } from './planning/reminder-reconciler.js';
import { ReminderSender } from './reminder-sender.js';
import { RemindersRepository } from './reminders.repository.js';

const TICK_MS = 30_000;
/** What no alarm rang for, and what a worker that died was sending. */
const DUE_MS = 1000;
/** Three times within a lease. */
const RENEW_MS = 1500;
/** As many as are in our hands at a time: the last of them has its turn at the mail server within a minute, if that takes one a second. */
const MAX_IN_HAND = 64;
const FEW_IN_HAND = 16;
const BATCH = 200;
const MAX_BATCHES = 10;

/**
 * The clockwork of reminders. Alarms in Redis make them punctual; a plain timer in each worker makes them certain: it plans what
 * changed unheard, sends what is due though no alarm rang, and sets the next alarms. Several workers do it at once, unharmed.
 */
@Injectable()
export class ReminderEngine implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('ReminderEngine');
  private readonly limiter = new ConcurrencyLimiter(MAX_IN_HAND, FEW_IN_HAND);
  private isStopping = false;

  constructor(
    private readonly clock: Clock,
    private readonly queues: JobQueues,
    private readonly intervals: Intervals,
    private readonly reconciler: ReminderReconciler,
    private readonly rounds: CohortRounds,
    private readonly sender: ReminderSender,
    private readonly alarms: ReminderAlarms,
    private readonly reminders: RemindersRepository,
    private readonly leases: ReminderLeases,
  ) {}

  onModuleInit(): void {
    this.queues.process(reminderAlarm, ({ reminderId }) => this.inWave(() => this.sender.send(idOf(reminderId))));
    // Each by itself: sending needs no Redis, and must not wait for it.
    this.intervals.every(RENEW_MS, 'reminders in our hands', () => this.leases.renew());
    this.intervals.every(DUE_MS, 'reminders left by the dead', () => this.sendLeft());
    this.intervals.every(DUE_MS, 'reminders due', () => this.sendDue());
    this.intervals.every(TICK_MS, 'reminders to plan', () => this.plan());
    this.intervals.every(TICK_MS, 'reminders to arm', () => this.alarms.arm());
  }

  /** What has not begun stays planned, and others find it at once; what has is finished. */
  onModuleDestroy(): void {
    this.isStopping = true;
  }

  /** One turn of all of the clockwork. */
  async tick(): Promise<void> {
    await this.plan();
    await this.tickWithoutPlanning();
  }

  /** The same where nothing changed that is planned from. */
  async tickWithoutPlanning(): Promise<void> {
    await this.sendLeft();
    await this.sendDue();
    await this.alarms.arm();
  }

  private async plan(): Promise<void> {
    await tryEach([() => this.reconciler.run(), () => this.rounds.go()], (work) => work());
  }

  private async sendDue(): Promise<void> {
    for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
      const due = await this.reminders.due(this.clock.now(), BATCH);
      await Promise.all(due.map((id) => this.inWave(() => this.send(id))));
      if (due.length < BATCH || this.isStopping) return;
    }
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
