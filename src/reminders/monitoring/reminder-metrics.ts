import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge, Histogram, register } from 'prom-client';
import { Clock } from '../../common/times/clock.js';
import { type DeliveryOutcome, countDelivery } from '../../infra/health/deliveries.js';
import { lateMs } from './alert-rules.js';
import { type KindWaiting, ReminderHealth } from './reminder-health.js';
import type { ReminderStep } from '../reminder-leases.repository.js';
import { type ReminderRow, firstDue } from '../reminder.schema.js';

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

/** Counts a step that was taken: on each channel, and as a whole where it is the last one. */
export function countStep(
  row: Pick<ReminderRow, 'kind' | 'channels' | 'dueAt' | 'deferredFrom'>,
  step: ReminderStep,
  now: Date,
): void {
  for (const channel of row.channels) {
    const outcome = channel === 'mail' ? outcomeOfMail(step) : outcomeOfInbox(step);
    if (outcome) countDelivery(row.kind, channel, outcome);
  }
  if (step.to === 'planned' || step.to === 'handing') return;
  over.inc({ kind: row.kind, channels: row.channels.join('+'), outcome: step.to });
  if (step.to === 'sent')
    lateness.observe({ kind: row.kind }, Math.max(0, (now.getTime() - firstDue(row).getTime()) / SECOND));
}

/** A mail that did not leave since the day's mails are used up goes with the next digest; one to an address that takes none does not go. */
function outcomeOfMail(step: ReminderStep): DeliveryOutcome | null {
  if (step.to === 'handing') return null;
  if (step.to === 'planned') return step.answer === undefined ? null : 'later';
  if (step.to !== 'sent' || !step.because) return step.to;
  return step.because === 'budget' ? 'digest' : 'dropped';
}

/** It is in the inbox before its mail is handed over, whatever becomes of that. */
function outcomeOfInbox(step: ReminderStep): DeliveryOutcome | null {
  if (step.to === 'dropped') return 'dropped';
  if (step.to === 'failed') return step.because === 'error' ? 'failed' : 'sent';
  return step.to === 'sent' ? 'sent' : null;
}

/** Metrics of reminders for `/metrics`. */
@Injectable()
export class ReminderMetrics implements OnModuleInit {
  private asked: Promise<KindWaiting[]> | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly health: ReminderHealth,
  ) {}

  onModuleInit(): void {
    this.gaugeByKind('cordee_reminders_due', 'Reminders that are due and not sent yet, by kind.', ({ due }) => due);
    this.gaugeByKind(
      'cordee_reminders_held',
      'Reminders that would have gone and wait for the end of quiet hours, a weekend or a pause, by kind.',
      ({ held }) => held,
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

  /** Asked by several gauges of one scrape, answered by one look. */
  private async kinds(): Promise<KindWaiting[]> {
    this.asked ??= this.health.byKind(this.clock.now()).finally(() => (this.asked = undefined));
    return await this.asked;
  }

  private gaugeByKind(name: string, help: string, read: (kind: KindWaiting) => number): void {
    const kinds = () => this.kinds();
    register.removeSingleMetric(name);
    new Gauge({
      ...{ name, help, labelNames: ['kind'] },
      async collect() {
        const found = await kinds();
        this.reset();
        for (const one of found) this.set({ kind: one.kind }, read(one));
      },
    });
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
