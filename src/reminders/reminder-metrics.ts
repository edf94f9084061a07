import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge, Histogram, register } from 'prom-client';
import { Clock } from '../common/clock.js';
import { type Waiting, lateMs } from './alert-rules.js';
import { ReminderHealth } from './reminder-health.js';
import type { ReminderStep } from './reminder-leases.repository.js';
import type { ReminderRow } from './reminder.schema.js';

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

/** Counts a step that was taken, where it is the last one. */
export function countStep(row: Pick<ReminderRow, 'kind' | 'channels' | 'dueAt'>, step: ReminderStep, now: Date): void {
  if (step.to === 'planned' || step.to === 'handing') return;
  over.inc({ kind: row.kind, channels: row.channels.join('+'), outcome: step.to });
  if (step.to === 'sent')
    lateness.observe({ kind: row.kind }, Math.max(0, (now.getTime() - row.dueAt.getTime()) / SECOND));
}

/** Metrics of reminders for `/metrics`. */
@Injectable()
export class ReminderMetrics implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly health: ReminderHealth,
  ) {}

  onModuleInit(): void {
    this.gauge('cordee_reminders_due', 'Reminders that are due and not sent yet.', ({ due }) => due);
    this.gauge(
      'cordee_reminders_late_seconds',
      'How long the reminder that waits longest has been due.',
      (waiting, now) => lateMs(waiting, now) / SECOND,
    );
  }

  private gauge(name: string, help: string, read: (waiting: Waiting, now: Date) => number): void {
    const value = async () => {
      const now = this.clock.now();
      return read(await this.health.waiting(now), now);
    };
    // One process tells each once; in tests two apps share it.
    register.removeSingleMetric(name);
    new Gauge({
      name,
      help,
      async collect() {
        this.set(await value());
      },
    });
  }
}
