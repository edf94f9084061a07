import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge, Histogram, register } from 'prom-client';
import { Clock } from '../common/clock.js';
import { lateMs } from './alert-rules.js';
import { ReminderHealth } from './reminder-health.js';
import type { ReminderStep } from './reminder-leases.repository.js';
import { type ReminderRow, firstDue } from './reminder.schema.js';

/** Reminders that are over, by what became of them: `sent`, `failed`, `dropped`. */
const over = new Counter({
  name: 'cordee_reminders_total',
  help: 'Reminders that are over, by kind, channels and what became of them.',
  labelNames: ['kind', 'channels', 'outcome'],
});

/** How long after its time a reminder was sent, in seconds: what the mail server put off counts from when it was due first. */
const lateness = new Histogram({
  name: 'cordee_reminder_lateness_seconds',
  help: 'How long after its time a reminder was sent.',
  labelNames: ['kind'],
  buckets: [1, 2, 5, 15, 30, 60, 300, 900, 3600],
});

const SECOND = 1000;

/** Counts a step that was taken, where it is the last one. */
export function countStep(
  row: Pick<ReminderRow, 'kind' | 'channels' | 'dueAt' | 'deferredFrom'>,
  step: ReminderStep,
  now: Date,
): void {
  if (step.to === 'planned' || step.to === 'handing') return;
  over.inc({ kind: row.kind, channels: row.channels.join('+'), outcome: step.to });
  if (step.to === 'sent')
    lateness.observe({ kind: row.kind }, Math.max(0, (now.getTime() - firstDue(row).getTime()) / SECOND));
}

/** Metrics of reminders for `/metrics`. */
@Injectable()
export class ReminderMetrics implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly health: ReminderHealth,
  ) {}

  onModuleInit(): void {
    this.gauge(
      'cordee_reminders_due',
      'Reminders that are due and not sent yet.',
      async (now) => (await this.health.waiting(now)).due,
    );
    this.gauge(
      'cordee_reminders_late_seconds',
      'How long the reminder that waits longest has been due.',
      async (now) => lateMs((await this.health.waiting(now)).firstDueAt, now) / SECOND,
    );
    this.gauge(
      'cordee_reminders_deferred',
      'Reminders that wait since the mail server put their mails off, or takes too few.',
      async () => (await this.health.deferred()).count,
    );
  }

  private gauge(name: string, help: string, read: (now: Date) => Promise<number>): void {
    const value = () => read(this.clock.now());
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
