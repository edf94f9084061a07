import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { ChannelLists } from '../chat/channel-lists.service.js';
import { ChannelsService } from '../chat/channels.service.js';
import { MessagesService } from '../chat/messages.service.js';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { cutAt } from '../common/cut.js';
import { conflict, forbidden, invalidField, notFound } from '../common/problem.js';
import { CONFIG, type Config } from '../config/config.js';
import type { Channel } from '../contracts/chat.js';
import type {
  CreateWebhook,
  CreatedWebhook,
  Delivery,
  IncomingHook,
  Receiver,
  UpdateWebhook,
  Webhook,
} from '../contracts/webhooks.js';
import { Outside } from '../infra/http/outside.js';
import { idOf, newId, toId } from '../infra/mongo/ids.js';
import { Realtime } from '../infra/realtime/realtime.js';
import { rooms } from '../infra/realtime/rooms.js';
import { RateLimits } from '../infra/redis/rate-limits.js';
import { slackBody } from './slack/slack-text.js';
import type { DeliveryRow, WebhookRow } from './webhook.schema.js';
import { WebhookSender } from './webhook-sender.js';
import { WebhooksRepository } from './webhooks.repository.js';

const MOST = 10;
const LOG = 50;
const MOST_CHARACTERS = 8000;
/** What comes in by one address; as much as Slack takes, with room for a burst. */
const COMES_IN = { name: 'webhook-in', points: 60, seconds: 60 };
const TESTS = { name: 'webhook-test', points: 10, seconds: 60 };

/** The webhooks of a channel, and what comes in by them. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly lists: ChannelLists,
    private readonly channels: ChannelsService,
    private readonly messages: MessagesService,
    private readonly sender: WebhookSender,
    private readonly outside: Outside,
    private readonly realtime: Realtime,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Throws 404, 403. */
  async list(actor: Actor, channelId: string): Promise<Webhook[]> {
    const channel = await this.keptBy(actor, channelId);
    return (await this.webhooks.of(idOf(channel.id))).map(present);
  }

  /** Where its messages go besides: who writes in a channel knows who reads it. Throws 404. */
  async receivers(actor: Actor, channelId: string): Promise<Receiver[]> {
    const { id } = await this.lists.one(actor, channelId);
    return (await this.webhooks.of(idOf(id))).flatMap(({ active, name, url }) =>
      active && url ? [{ name, host: new URL(url).host }] : [],
    );
  }

  /** Throws 404, 403, 409 `too_many_webhooks` beyond 10, 422 for an address that may not be reached. */
  async create(actor: Actor, channelId: string, wish: CreateWebhook): Promise<CreatedWebhook> {
    const channel = await this.keptBy(actor, channelId);
    const id = idOf(channel.id);
    if ((await this.webhooks.of(id)).length >= MOST)
      throw conflict('too_many_webhooks', 'A channel has at most 10 webhooks.');
    const row: WebhookRow = {
      _id: newId(),
      channelId: id,
      direction: wish.direction,
      name: wish.name,
      url: null,
      secret: null,
      active: true,
      sentSeq: channel.rev,
      calls: 0,
      attempts: 0,
      lease: null,
      lastAt: null,
      problem: null,
      createdBy: idOf(actor.userId),
      createdAt: this.clock.now(),
    };
    if (wish.direction === 'in') {
      const token = randomBytes(32).toString('base64url');
      await this.webhooks.insert({ ...row, tokenHash: hashOf(token) });
      return { ...present(row), secret: `${this.config.PUBLIC_URL}/api/hooks/${token}` };
    }
    const [url, secret] = [this.refusedUnlessOutside(wish.url), `whsec_${randomBytes(32).toString('base64')}`];
    // What was said before is not sent; what is said from here on waits to be called for, so it looks at once.
    const sentSeq = await this.channels.sendOut(channel.id);
    await this.webhooks.insert({ ...row, url, secret, sentSeq, wakeAt: this.clock.now() });
    await this.sender.look(row._id);
    this.announce(channel);
    return { ...present({ ...row, url }), secret };
  }

  /** Switching one on again goes on with the message that could not be handed over. Throws 404, 403, 422. */
  async update(actor: Actor, channelId: string, webhookId: string, change: UpdateWebhook): Promise<Webhook> {
    const { channel, row } = await this.one(actor, channelId, webhookId);
    if (change.url !== undefined && row.direction === 'in') throw invalidField('/url', 'not_for_this');
    const { name = row.name, active = row.active } = change;
    const url = change.url === undefined ? row.url : this.refusedUnlessOutside(change.url);
    const again = row.direction === 'out' && active && (!row.active || url !== row.url);
    const next = { name, url, active, ...(again && { attempts: 0, problem: null, wakeAt: this.clock.now() }) };
    await this.webhooks.update(row._id, next);
    if (again) await this.sender.look(row._id);
    this.announce(channel);
    return present({ ...row, ...next });
  }

  /** Throws 404, 403. */
  async remove(actor: Actor, channelId: string, webhookId: string): Promise<void> {
    const { channel, row } = await this.one(actor, channelId, webhookId);
    await this.webhooks.delete(row._id);
    this.announce(channel);
  }

  /** The latest tries, the newest first. Throws 404, 403. */
  async deliveries(actor: Actor, channelId: string, webhookId: string): Promise<Delivery[]> {
    const { row } = await this.one(actor, channelId, webhookId);
    return (await this.webhooks.deliveriesOf(row._id, LOG)).map(presentDelivery);
  }

  /** Sends a test now and says what came of it. Throws 404, 403, 409 `not_outgoing`. */
  async test(actor: Actor, channelId: string, webhookId: string): Promise<Delivery> {
    const { row } = await this.one(actor, channelId, webhookId);
    if (row.direction === 'in') throw conflict('not_outgoing', 'Only what goes out can be tested from here.');
    await this.limits.take(TESTS, String(row._id));
    return presentDelivery(await this.sender.test(row));
  }

  /** What somebody outside says by an address. Throws 404 for one that is not (or no more) in use, 422 `no_text`, 429. */
  async comeIn(token: string, payload: IncomingHook): Promise<void> {
    const row = await this.webhooks.byToken(hashOf(token));
    if (!row?.active) throw notFound();
    await this.limits.take(COMES_IN, String(row._id));
    const body = slackBody(payload);
    if (body === '') throw invalidField('/text', 'no_text');
    await this.messages.post(String(row.channelId), {
      botId: row._id,
      bot: { name: payload.username ?? row.name },
      body: cutAt(body, MOST_CHARACTERS),
    });
    await this.webhooks.update(row._id, { lastAt: this.clock.now() });
  }

  /** Everybody in the channel sees at once where it goes. */
  private announce({ id, cohortId }: Channel): void {
    this.realtime.emit(rooms.channel(id), 'channel.changed', { channelId: id, cohortId });
  }

  private async one(actor: Actor, channelId: string, webhookId: string) {
    const channel = await this.keptBy(actor, channelId);
    const id = toId(webhookId);
    const row = id && (await this.webhooks.find(idOf(channel.id), id));
    if (!row) throw notFound();
    return { channel, row };
  }

  /** The channel, for who may change it. Conversations between people have no webhooks. */
  private async keptBy(actor: Actor, channelId: string): Promise<Channel> {
    const channel = await this.lists.one(actor, channelId);
    if (!channel.abilities.edit) throw forbidden();
    return channel;
  }

  private refusedUnlessOutside(url: string): string {
    if (!this.outside.allows(new URL(url))) throw invalidField('/url', 'https_needed');
    return url;
  }
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');

function present(row: WebhookRow): Webhook {
  return {
    id: String(row._id),
    channelId: String(row.channelId),
    direction: row.direction,
    name: row.name,
    url: row.url ?? null,
    active: row.active,
    createdAt: row.createdAt.toISOString(),
    lastAt: row.lastAt?.toISOString() ?? null,
    problem: row.problem ?? null,
  };
}

function presentDelivery(row: DeliveryRow): Delivery {
  const messageId = row.messageId;
  return {
    id: String(row._id),
    at: row.at.toISOString(),
    messageId: messageId ? String(messageId) : null,
    attempt: row.attempt,
    ok: row.ok,
    status: row.status ?? null,
    problem: row.problem ?? null,
    ms: row.ms,
  };
}
