import { Counter } from 'prom-client';

/** The ways by which something reaches people, or a server of theirs. */
export type DeliveryChannel = 'inbox' | 'mail' | 'push' | 'webhook';

/**
 * What became of one: it was handed over (`sent`), not taken and tried again (`later`), given up (`failed`), not to be sent after all
 * (`dropped`), or kept for the next digest (`digest`).
 */
export type DeliveryOutcome = 'sent' | 'later' | 'failed' | 'dropped' | 'digest';

/** Of kinds and channels there are few: no person, no cohort and no address is ever a label. */
const deliveries = new Counter({
  name: 'cordee_deliveries_total',
  help: 'Reminders, letters, mails of notices, digests, pushes and webhooks, by kind, channel and what became of each.',
  labelNames: ['kind', 'channel', 'outcome'],
});

/** Counts what became of one thing on one channel, after it is written down. */
export function countDelivery(kind: string, channel: DeliveryChannel, outcome: DeliveryOutcome): void {
  deliveries.inc({ kind, channel, outcome });
}
