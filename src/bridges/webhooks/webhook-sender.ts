import { Injectable, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Types } from 'mongoose';
import { People } from '../../auth/people.js';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import { messageSent } from '../../chat/chat.events.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import type { Message } from '../../contracts/chat/chat.js';
import type { WebhookPayload } from '../../contracts/bridges/webhooks.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { JobQueues, defineQueue } from '../../infra/queue/job-queues.js';
import type { DeliveryRow, WebhookRow } from './webhook.schema.js';
import { WebhookKeepers } from './webhook-keepers.js';
import { WebhookPost } from './webhook-post.js';
import { type SleepingWebhook, WebhooksRepository } from './webhooks.repository.js';

const outgoing = defineQueue<{ webhookId: string }>('webhook');

/** So long somebody may be busy with one message. */
const LEASE_MS = MINUTE;
const A_PAGE = 20;
const BEAT_MS = 15_000;
const A_TURN = 50;
/** Sleeping webhooks read at once; a turn looks at all of them. */
const ASLEEP = 200;

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
    private readonly keepers: WebhookKeepers,
    private readonly sending: WebhookPost,
    private readonly queues: JobQueues,
    private readonly intervals: Intervals,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.bus.on(messageSent, async ({ channelId, isSentOut }) => {
      if (!isSentOut) return;
      for (const id of await this.webhooks.call(idOf(channelId), this.clock.now())) await this.look(id);
    });
    this.queues.process(outgoing, ({ webhookId }) => this.work(idOf(webhookId)));
    this.intervals.every(BEAT_MS, 'webhooks', () => this.turn());
  }

  /** What the worker does every few seconds: wakes those that no event called, and has those looked at that are due. */
  async turn(): Promise<void> {
    await this.wakeBehind();
    for (const id of await this.webhooks.due(this.clock.now(), A_TURN)) await this.look(id);
  }

  /** Has a worker look at a webhook. */
  async look(webhookId: Types.ObjectId, delay = 0): Promise<void> {
    await this.queues.add(outgoing, { webhookId: String(webhookId) }, { delay });
  }

  /** One try with a payload that says it is a test. */
  async test(hook: WebhookRow): Promise<DeliveryRow> {
    return await this.deliver(hook, null, 1);
  }

  /** A process can die between a message and its event: who sleeps behind the head of its channel was not called. */
  private async wakeBehind(): Promise<void> {
    let asleep: SleepingWebhook[] = [];
    do {
      asleep = await this.webhooks.asleep(asleep.at(-1)?._id ?? null, ASLEEP);
      const heads = await this.channels.headsOf(asleep.map(({ channelId }) => String(channelId)));
      const behind = asleep.filter(({ channelId, sentSeq }) => (heads.get(String(channelId)) ?? 0) > sentSeq);
      await this.webhooks.wake(
        behind.map(({ _id }) => _id),
        this.clock.now(),
      );
    } while (asleep.length === ASLEEP);
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

  /** False when this has to stop: it failed, its keeper is gone, or somebody else has the webhook now. */
  private async handOver(hook: WebhookRow, lease: string, message: Message): Promise<boolean> {
    const { _id } = hook;
    const done = { sentSeq: message.seq, attempts: 0, problem: null, wakeAt: this.leaseEnd() };
    // What came in by a webhook does not go out by another: two of them would talk for ever.
    if (message.bot || message.deletedAt) return await this.webhooks.advance(_id, lease, done);
    if (!(await this.keepers.holds(hook))) return false;
    const attempt = hook.attempts + 1;
    const delivery = await this.deliver(hook, message, attempt);
    hook.attempts = 0;
    if (delivery.ok) return await this.webhooks.advance(_id, lease, { ...done, lastAt: this.clock.now() });
    const problem = delivery.problem ?? 'status';
    const wakeAt = this.sending.nextTry(delivery);
    if (!wakeAt) {
      await this.webhooks.retry(_id, lease, { active: false, attempts: 0, problem });
      return false;
    }
    await this.webhooks.retry(_id, lease, { attempts: attempt, problem, wakeAt });
    await this.look(_id, wakeAt.getTime() - this.clock.now().getTime());
    return false;
  }

  private async deliver(hook: WebhookRow, message: Message | null, attempt: number): Promise<DeliveryRow> {
    const at = this.clock.now();
    // The same for each try of a message, so that the other side can tell.
    const id = `msg_${message ? `${String(hook._id)}_${message.id}` : String(newId())}`;
    const payload = await this.payloadOf(hook, message, at);
    const about = { messageId: message ? idOf(message.id) : null, kind: null };
    return await this.sending.deliver({ hook, id, payload, attempt, about, at });
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
        message: message && { ...sentOut(message), body: await this.channels.wordsOf(message, 'en') },
      },
    };
  }

  private readonly leaseEnd = () => new Date(this.clock.now().getTime() + LEASE_MS);
}

/** What pages outside say is not what was written. */
const sentOut = ({ previews: _, ...message }: Message) => message;
