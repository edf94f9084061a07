import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge, Histogram, register } from 'prom-client';
import { Clock, MINUTE } from '../common/clock.js';
import { Beats } from '../infra/queue/beats.js';
import type { ReminderStep } from './reminder-leases.repository.js';
import type { ReminderRow } from './reminder.schema.js';
import { RemindersRepository } from './reminders.repository.js';

/** Reminders that are over, by what became of them: `sent`, `failed`, `dropped`. */
const over = new Counter({
  name: 'cordee_reminders_total',
  help: 'Reminders that are over, by kind, channels and what became of them.',
  labelNames: ['kind', 'channels', 'outcome'],
});

/** How long after its time a reminder was sent, in seconds. */
const lateness = new Histogram({
  name: 'cordee_reminder_lateness_seconds',
  help: 'How long after its time a reminder was sent.',
  labelNames: ['kind'],
  buckets: [1, 2, 5, 15, 30, 60, 300, 900, 3600],
});

const SECOND = 1000;

/** What was sent and what failed since it was last asked for, in this process. */
let lately = { sent: 0, failed: 0 };

/** Counts a step that was taken, where it is the last one. */
export function countStep(row: Pick<ReminderRow, 'kind' | 'channels' | 'dueAt'>, step: ReminderStep, now: Date): void {
  if (step.to === 'planned' || step.to === 'handing') return;
  over.inc({ kind: row.kind, channels: row.channels.join('+'), outcome: step.to });
  if (step.to === 'dropped') return;
  lately[step.to] += 1;
  if (step.to === 'sent')
    lateness.observe({ kind: row.kind }, Math.max(0, (now.getTime() - row.dueAt.getTime()) / SECOND));
}

/** Nobody waits longer for a reminder while all is well. */
const LATE_MS = MINUTE;
/** More failures than these among the reminders that a process sent in an hour are an alert. */
const FAILED_SHARE = 0.01;
const TURN_MS = MINUTE;
const TURNS_AN_HOUR = 60;

/** What waits, from the rows themselves: each process tells the same. */
export interface Waiting {
  /** Due, and not sent yet (10,000 at most). */
  due: number;
  /** How long the one that waits longest has been due, in ms. */
  lateMs: number;
}

/** Metrics of reminders for `/metrics`, and a line in the log while they are late or fail. */
@Injectable()
export class ReminderMetrics implements OnModuleInit {
  private readonly logger = new Logger('ReminderMetrics');
  /** What was sent and what failed, of each turn of the last hour. */
  private turns: (typeof lately)[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly beats: Beats,
    private readonly reminders: RemindersRepository,
  ) {}

  onModuleInit(): void {
    this.beats.every(TURN_MS, 'reminders to watch', () => this.watch());
    this.gauge('cordee_reminders_due', 'Reminders that are due and not sent yet.', ({ due }) => due);
    this.gauge(
      'cordee_reminders_late_seconds',
      'How long the reminder that waits longest has been due.',
      ({ lateMs }) => lateMs / SECOND,
    );
  }

  async waiting(): Promise<Waiting> {
    const now = this.clock.now();
    const { count, oldest } = await this.reminders.waiting(now);
    return { due: count, lateMs: oldest ? Math.max(0, now.getTime() - oldest.getTime()) : 0 };
  }

  /** Whoever watches the log hears of it; docs/alerts.yml says the same to Prometheus. */
  async watch(): Promise<void> {
    this.turns = [...this.turns, lately].slice(-TURNS_AN_HOUR);
    lately = { sent: 0, failed: 0 };
    const failed = this.turns.reduce((sum, turn) => sum + turn.failed, 0);
    const all = this.turns.reduce((sum, turn) => sum + turn.failed + turn.sent, 0);
    if (failed > all * FAILED_SHARE)
      this.logger.error({ alert: 'reminders_fail', failed, all }, 'more reminders fail than should');
    const { due, lateMs } = await this.waiting();
    if (lateMs > LATE_MS) this.logger.error({ alert: 'reminders_late', due, lateMs }, 'reminders are late');
  }

  private gauge(name: string, help: string, read: (waiting: Waiting) => number): void {
    const waiting = () => this.waiting();
    // One process tells each once; in tests two apps share it.
    register.removeSingleMetric(name);
    new Gauge({
      name,
      help,
      async collect() {
        this.set(read(await waiting()));
      },
    });
  }
}
