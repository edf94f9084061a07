import { Injectable, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Types } from 'mongoose';
import { People } from '../auth/people.js';
import { ChannelsReader } from '../chat/channels-reader.js';
import { messageSent } from '../chat/chat.events.js';
import { Clock, HOUR, MINUTE } from '../common/clock.js';
import type { Message } from '../contracts/chat.js';
import type { WebhookPayload } from '../contracts/webhooks.js';
import { EventBus } from '../infra/events/event-bus.js';
import { Outside } from '../infra/http/outside.js';
import { idOf, newId } from '../infra/mongo/ids.js';
import { Beats } from '../infra/queue/beats.js';
import { JobQueues, defineQueue } from '../infra/queue/job-queues.js';
import type { DeliveryRow, WebhookRow } from './webhook.schema.js';
import { WebhooksRepository } from './webhooks.repository.js';

const outgoing = defineQueue<{ webhookId: string }>('webhook');

/** How long until the next try of a message; after the last one the webhook is switched off. */
const WAITS_MS = [5_000, 30_000, 2 * MINUTE, 10 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR];
/** So long somebody may be busy with one message. */
const LEASE_MS = MINUTE;
const A_PAGE = 20;
const BEAT_MS = 15_000;
const A_TURN = 50;

/**
 * Hands the messages of a channel over to its outgoing webhooks: in order, each at least once, signed (Standard Webhooks 1.0). The row
 * says how far it is, so a lost event, job or process loses nothing.
 */
@Injectable()
export class WebhookSender implements OnModuleInit {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly channels: ChannelsReader,
    private readonly people: People,
    private readonly outside: Outside,
    private readonly queues: JobQueues,
    private readonly beats: Beats,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.bus.on(messageSent, async ({ channelId, isSentOut }) => {
      if (!isSentOut) return;
      for (const id of await this.webhooks.call(idOf(channelId), this.clock.now())) await this.look(id);
    });
    this.queues.process(outgoing, ({ webhookId }) => this.work(idOf(webhookId)));
    this.beats.every(BEAT_MS, 'webhooks', async () => {
      for (const id of await this.webhooks.due(this.clock.now(), A_TURN)) await this.look(id);
    });
  }

  /** Has a worker look at a webhook. */
  async look(webhookId: Types.ObjectId, delay = 0): Promise<void> {
    await this.queues.add(outgoing, { webhookId: String(webhookId) }, { delay });
  }

  /** One try with a payload that says it is a test. */
  async test(hook: WebhookRow): Promise<DeliveryRow> {
    return await this.deliver(hook, null, 1);
  }

  private async work(webhookId: Types.ObjectId): Promise<void> {
    const lease = randomUUID();
    let hook = await this.webhooks.claim(webhookId, lease, this.clock.now(), this.leaseEnd());
    while (hook) {
      const messages = await this.channels.messagesAfter(String(hook.channelId), hook.sentSeq, A_PAGE);
      if (messages.length === 0 && (await this.webhooks.rest(webhookId, lease, hook.calls))) return;
      for (const message of messages) if (!(await this.handOver(hook, lease, message))) return;
      hook = await this.webhooks.byId(webhookId);
      if (hook?.lease !== lease) return;
    }
  }

  /** False when this has to stop: it failed, or somebody else has the webhook now. */
  private async handOver(hook: WebhookRow, lease: string, message: Message): Promise<boolean> {
    const { _id } = hook;
    const done = { sentSeq: message.seq, attempts: 0, problem: null, wakeAt: this.leaseEnd() };
    // What came in by a webhook does not go out by another: two of them would talk for ever.
    if (message.bot || message.deletedAt) return await this.webhooks.advance(_id, lease, done);
    const attempt = hook.attempts + 1;
    const delivery = await this.deliver(hook, message, attempt);
    hook.attempts = 0;
    if (delivery.ok) return await this.webhooks.advance(_id, lease, { ...done, lastAt: this.clock.now() });
    const problem = delivery.problem ?? 'status';
    const wait = delivery.status === 410 ? undefined : WAITS_MS[attempt - 1];
    if (wait === undefined) {
      await this.webhooks.retry(_id, lease, { active: false, attempts: 0, problem });
      return false;
    }
    const wakeAt = new Date(this.clock.now().getTime() + wait);
    await this.webhooks.retry(_id, lease, { attempts: attempt, problem, wakeAt });
    await this.look(_id, wait);
    return false;
  }

  private async deliver(hook: WebhookRow, message: Message | null, attempt: number): Promise<DeliveryRow> {
    const at = this.clock.now();
    const body = JSON.stringify(await this.payloadOf(hook, message, at));
    // The same for each try of a message, so that the other side can tell.
    const id = `msg_${message ? `${String(hook._id)}_${message.id}` : String(newId())}`;
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
    return await this.webhooks.log({
      webhookId: hook._id,
      messageId: message ? idOf(message.id) : null,
      at,
      attempt,
      ok,
      status,
      problem: ok ? null : (problem ?? 'status'),
      ms,
    });
  }

  private async payloadOf(hook: WebhookRow, message: Message | null, at: Date): Promise<WebhookPayload> {
    const channelId = String(hook.channelId);
    const [channel, people] = await Promise.all([
      this.channels.find(channelId),
      this.people.byId(message ? [message.senderId] : []),
    ]);
    const sender = message && people.get(message.senderId);
    return {
      type: message ? 'message.created' : 'test',
      timestamp: at.toISOString(),
      data: {
        channel: { id: channelId, name: channel?.name ?? '' },
        sender: sender ? { id: sender.id, name: sender.name } : null,
        message: message && { ...sentOut(message), body: await this.channels.withNames(message.body, 'en') },
      },
    };
  }

  private readonly leaseEnd = () => new Date(this.clock.now().getTime() + LEASE_MS);
}

/** What pages outside say is not what was written. */
const sentOut = ({ previews: _, ...message }: Message) => message;
