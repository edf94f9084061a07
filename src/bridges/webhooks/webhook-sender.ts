import { Injectable, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Types } from 'mongoose';
import { People } from '../../auth/people.js';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import { messageSent } from '../../chat/chat.events.js';
import { Shares } from '../../common/shares.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import type { Message } from '../../contracts/chat/chat.js';
import type { WebhookPayload } from '../../contracts/bridges/webhooks.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { Alarms } from '../../infra/queue/alarms.js';
import { JobQueues, defineJob } from '../../infra/queue/job-queues.js';
import type { DeliveryRow, WebhookRow } from './webhook.schema.js';
import { keeperOf } from './webhook-keeper.js';
import { WebhookKeepers } from './webhook-keepers.js';
import { WebhookPost } from './webhook-post.js';
import { type SleepingWebhook, WebhooksRepository } from './webhooks.repository.js';

const outgoing = defineJob<{ id: string }>('webhook', 'webhooks');

/** What one person's webhooks send at a time from each process, and how long each of them before it is the next one's turn: receivers may be as slow as they like. */
const AT_A_TIME = 2;
const A_SPELL_MS = 10_000;
/** Whose own webhooks are busy comes again so much later. */
const BUSY_MS = 5000;
/** So long somebody may be busy with one message. */
const LEASE_MS = MINUTE;
const A_PAGE = 20;
/** Sleeping webhooks read at once; a turn looks at all of them. */
const ASLEEP = 200;

/**
 * Hands the messages of a channel over to its outgoing webhooks: in order, each at least once, signed (Standard Webhooks 1.0). The row
 * says how far it is, so a lost event, job or process loses nothing.
 */
@Injectable()
export class WebhookSender implements OnModuleInit {
  private readonly shares = new Shares(AT_A_TIME);

  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly channels: ChannelsReader,
    private readonly people: People,
    private readonly keepers: WebhookKeepers,
    private readonly sending: WebhookPost,
    private readonly queues: JobQueues,
    private readonly alarms: Alarms,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.bus.on(messageSent, async ({ channelId, isSentOut }) => {
      if (!isSentOut) return;
      for (const id of await this.webhooks.call(idOf(channelId), this.clock.now())) await this.look(id);
    });
    this.alarms.watch(this.rows);
  }

  /** What the worker does every few seconds: wakes those that no event called, and has those looked at that are due. */
  async turn(): Promise<void> {
    await this.alarms.turn(this.rows);
  }

  /** Has a worker look at a webhook. */
  async look(webhookId: Types.ObjectId, delay = 0): Promise<void> {
    await this.queues.add(outgoing, { id: String(webhookId) }, { delay });
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

  private readonly rows = {
    kind: outgoing,
    due: async (now: Date, limit: number) => {
      await this.wakeBehind();
      return await this.webhooks.due(now, limit);
    },
    work: (id: Types.ObjectId) => this.work(id),
    inQueue: true,
  } as const;

  private async work(webhookId: Types.ObjectId): Promise<void> {
    const lease = randomUUID();
    const hook = await this.webhooks.claim(webhookId, lease, this.clock.now(), this.leaseEnd());
    if (!hook) return;
    const isFree = await this.shares.within(String(keeperOf(hook).userId), () => this.sendFor(hook, lease));
    if (!isFree) await this.comeAgain(webhookId, lease, BUSY_MS);
  }

  /** Sends what waits, for a while. */
  private async sendFor(claimed: WebhookRow, lease: string): Promise<void> {
    const { _id } = claimed;
    const began = performance.now();
    for (let hook = claimed; ;) {
      const messages = await this.channels.messagesAfter(String(hook.channelId), hook.sentSeq, A_PAGE);
      if (messages.length === 0 && (await this.webhooks.rest(_id, lease, hook.calls))) return;
      for (const message of messages) {
        if (performance.now() - began > A_SPELL_MS) {
          await this.comeAgain(_id, lease, 0);
          return;
        }
        if (!(await this.handOver(hook, lease, message))) return;
      }
      const now = await this.webhooks.byId(_id);
      if (now?.lease !== lease) return;
      hook = now;
    }
  }

  /** Lets go of a webhook that has more to send. */
  private async comeAgain(webhookId: Types.ObjectId, lease: string, afterMs: number): Promise<void> {
    await this.webhooks.retry(webhookId, lease, { wakeAt: new Date(this.clock.now().getTime() + afterMs) });
    await this.look(webhookId, afterMs);
  }

  /** False when this has to stop: it failed, its keeper is gone, or somebody else has the webhook now. */
  private async handOver(hook: WebhookRow, lease: string, { seq, bot }: Message): Promise<boolean> {
    const { _id } = hook;
    const done = { sentSeq: seq, attempts: 0, problem: null, wakeAt: this.leaseEnd() };
    // What came in by a webhook does not go out by another: two of them would talk for ever.
    if (bot) return await this.webhooks.advance(_id, lease, done);
    if (!(await this.keepers.holds(hook))) return false;
    // As it is now: those before it took their time, and it may be another by then, or gone.
    const [message] = await this.channels.messagesAfter(String(hook.channelId), seq - 1, 1);
    if (message?.seq !== seq || message.deletedAt) return await this.webhooks.advance(_id, lease, done);
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
