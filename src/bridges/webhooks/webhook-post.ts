import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock, HOUR, MINUTE } from '../../common/times/clock.js';
import { countDelivery } from '../../infra/health/deliveries.js';
import { Outside } from '../../infra/http/outside/outside.js';
import type { DeliveryRow } from './webhook.schema.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** How long until the next try; after the last one a webhook is switched off. */
export const WAITS_MS = [5_000, 30_000, 2 * MINUTE, 10 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR];

/** What is handed over, to whom. `id` is the same for each try of a thing, so that the other side can tell. */
export interface WebhookPosting {
  hook: { _id: Types.ObjectId; url?: string | null; secret?: string | null };
  id: string;
  payload: object;
  attempt: number;
  /** What the log says it was. */
  about: Pick<DeliveryRow, 'messageId' | 'kind'>;
  at: Date;
}

/** One try to hand something over to a webhook: signed (Standard Webhooks 1.0), through the guard of addresses, and written down in the log. */
@Injectable()
export class WebhookPost {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly outside: Outside,
    private readonly clock: Clock,
  ) {}

  async deliver({ hook, id, payload, attempt, about, at }: WebhookPosting): Promise<DeliveryRow> {
    const body = JSON.stringify(payload);
    // The other side compares with its own clock: this is the time of the machine.
    const sentAt = new Date();
    const { Webhook } = await import('standardwebhooks');
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Cordee-Webhooks/1',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
      'webhook-signature': new Webhook(hook.secret ?? '').sign(id, sentAt, body),
    };
    const { status, problem, ms } = await this.outside.post(new URL(hook.url ?? ''), headers, body);
    const ok = status !== null && status >= 200 && status < 300;
    const delivery = await this.webhooks.log({
      ...{ webhookId: hook._id, ...about, at, attempt, ok, status },
      ...{ problem: ok ? null : (problem ?? 'status'), ms },
    });
    const kind = about.kind ?? (about.messageId ? 'message.created' : 'test');
    const again = kind !== 'test' && this.nextTry(delivery) !== null;
    countDelivery(kind, 'webhook', ok ? 'sent' : again ? 'later' : 'failed');
    return delivery;
  }

  /** When a failed try is followed by another, null for never: the other side said "gone", or has been away for too long. */
  nextTry({ status, attempt }: DeliveryRow): Date | null {
    const wait = status === 410 ? undefined : WAITS_MS[attempt - 1];
    return wait === undefined ? null : new Date(this.clock.now().getTime() + wait);
  }
}
