import { Inject, Injectable } from '@nestjs/common';
import { ChannelLists } from '../../chat/channels/channel-lists.service.js';
import { ChannelsService } from '../../chat/channels/channels.service.js';
import { MessagesService } from '../../chat/messages/messages.service.js';
import { People } from '../../auth/people.js';
import type { Actor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, forbidden, invalidField, notFound } from '../../common/problem.js';
import { hashOf, newSecret, newSigningSecret } from '../../common/secrets.js';
import { CONFIG, type Config } from '../../config/config.js';
import type { Channel } from '../../contracts/chat/chat.js';
import type {
  ChangedWebhook,
  CreateWebhook,
  CreatedWebhook,
  Delivery,
  IncomingHook,
  Receiver,
  UpdateWebhook,
  Webhook,
} from '../../contracts/bridges/webhooks.js';
import { Outside } from '../../infra/http/outside/outside.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { textFrom } from '../imports/imported-texts.js';
import { openedHook, slackBody } from '../slack/slack-text.js';
import type { DeliveryRow, WebhookRow } from './webhook.schema.js';
import { MAX_WEBHOOKS, isKept, keeperLeft, keeperOf, stale } from './webhook-keeper.js';
import { WebhookKeepers } from './webhook-keepers.js';
import { WebhookRoom } from './webhook-room.js';
import { WebhookSender } from './webhook-sender.js';
import { WebhooksRepository } from './webhooks.repository.js';

const LOG = 50;
const MAX_CHARACTERS = 8000;
/** Of a webhook, and of a person over all of theirs: a test asks an address while somebody waits. */
const TESTS = { name: 'webhook-test', points: 10, seconds: 60 };
const TESTS_OF_PERSON = { name: 'webhook-tests', points: 20, seconds: 60 };

/** The webhooks of a channel, and what comes in by them. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly lists: ChannelLists,
    private readonly channels: ChannelsService,
    private readonly messages: MessagesService,
    private readonly people: People,
    private readonly keepers: WebhookKeepers,
    private readonly room: WebhookRoom,
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
    return await this.present(await this.webhooks.of(idOf(channel.id)));
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
    const row: Omit<WebhookRow, 'place'> = {
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
      const { shown, kept } = this.newAccess('in');
      return { ...(await this.presentOne(await this.insert({ ...row, ...kept }))), secret: shown };
    }
    const url = this.refusedUnlessOutside(wish.url);
    const { shown, kept } = this.newAccess('out');
    // What was said before is not sent; what is said from here on waits to be called for, so it looks at once.
    const sentSeq = await this.channels.sendOut(channel.id);
    const made = await this.insert({ ...row, ...kept, url, sentSeq, wakeAt: this.clock.now() });
    await this.sender.look(row._id);
    this.announce(channel);
    return { ...(await this.presentOne(made)), secret: shown };
  }

  /**
   * Switching one on again goes on with the message that could not be handed over. Who has it go elsewhere answers for it from then on: where they were not its
   * keeper, it has a new secret, which is shown. Throws 404, 403, 409 `keeper_left`, `stale`, 422.
   */
  async update(actor: Actor, channelId: string, webhookId: string, change: UpdateWebhook): Promise<ChangedWebhook> {
    const { channel, row } = await this.one(actor, channelId, webhookId);
    if (change.url !== undefined && row.direction === 'in') throw invalidField('/url', 'not_for_this');
    const isMoved = change.url !== undefined && this.refusedUnlessOutside(change.url) !== row.url;
    const { active = row.active } = change;
    const holds = isMoved || (active && !row.active) ? await this.keepers.holds(row) : true;
    const taken = isMoved && !(holds && isKeeper(row, actor)) ? this.newKeeper(actor, 'out') : null;
    if (active && !row.active && !holds && !taken) throw keeperLeft();
    const again = row.direction === 'out' && active && (!row.active || isMoved);
    const next: Partial<WebhookRow> = {
      ...change,
      ...(again && { attempts: 0, problem: null, wakeAt: this.clock.now() }),
      // Whoever sends to the old address has lost it.
      ...(isMoved && { lease: null }),
      ...taken?.kept,
      ...(taken && !holds && { active, sentSeq: await this.channels.sendOut(channel.id) }),
    };
    if (isMoved && !(await this.webhooks.takeOver(row, next))) throw stale();
    if (!isMoved) await this.webhooks.update(row._id, next);
    if (again) await this.sender.look(row._id);
    if (taken) await this.sayTaken(row, taken.kept.takenOverAt);
    this.announce(channel);
    return { ...(await this.presentOne({ ...row, ...next })), ...(taken && { secret: taken.shown }) };
  }

  /**
   * Somebody who may change the channel answers for one whose keeper is gone. What its keeper knew of it is worth nothing from then on: it has a new address, or a
   * new secret; what was written meanwhile does not go out. Throws 404, 403, 409 `is_kept`.
   */
  async takeOver(actor: Actor, channelId: string, webhookId: string): Promise<CreatedWebhook> {
    const { channel, row } = await this.one(actor, channelId, webhookId);
    if (await this.keepers.holds(row)) throw isKept();
    const { shown, kept } = this.newKeeper(actor, row.direction);
    const next = {
      ...{ active: true, attempts: 0, problem: null, lease: null },
      ...kept,
      ...(row.direction === 'out' && { sentSeq: await this.channels.sendOut(channel.id), wakeAt: kept.takenOverAt }),
    };
    if (!(await this.webhooks.takeOver(row, next))) throw isKept();
    if (row.direction === 'out') await this.sender.look(row._id);
    await this.sayTaken(row, kept.takenOverAt);
    this.announce(channel);
    return { ...(await this.presentOne({ ...row, ...next })), secret: shown };
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

  /** Sends a test now and says what came of it. Throws 404, 403, 409 `not_outgoing`, `keeper_left`. */
  async test(actor: Actor, channelId: string, webhookId: string): Promise<Delivery> {
    const { row } = await this.one(actor, channelId, webhookId);
    await this.refuseUnlessKept(row);
    if (row.direction === 'in') throw conflict('not_outgoing', 'Only what goes out can be tested from here.');
    await this.limits.take(TESTS, String(row._id));
    await this.limits.take(TESTS_OF_PERSON, actor.userId);
    return presentDelivery(await this.sender.test(row));
  }

  /** What somebody outside says by an address. Throws 404 for one that is not (or no more) in use, 422 `no_text`, 429; the channel is told of a day that is full. */
  async comeIn(token: string, payload: IncomingHook): Promise<void> {
    const tokenHash = hashOf(token);
    const row = await this.webhooks.byToken(tokenHash);
    if (!row?.active || !(await this.keepers.holds(row))) throw notFound();
    await this.room.countCall(row);
    const said = openedHook(payload);
    const body = textFrom(slackBody(said), MAX_CHARACTERS);
    if (body === '') throw invalidField('/text', 'no_text');
    await this.room.countText(row, tokenHash, body);
    await this.messages.post(String(row.channelId), {
      botId: row._id,
      keptBy: keeperOf(row).userId,
      bot: { name: said.username ?? row.name },
      body,
    });
    await this.webhooks.update(row._id, { lastAt: this.clock.now(), problem: null });
  }

  /** Everybody in the channel sees at once where it goes. */
  private announce({ id, cohortId }: Channel): void {
    this.realtime.emit(rooms.channel(id), 'channel.changed', { channelId: id, cohortId });
  }

  private async insert(row: Omit<WebhookRow, 'place'>): Promise<WebhookRow> {
    const kept = await this.webhooks.insert(row, MAX_WEBHOOKS);
    if (!kept) throw conflict('too_many_webhooks', 'A channel has at most 10 webhooks.');
    return kept;
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

  private async refuseUnlessKept(row: WebhookRow): Promise<void> {
    if (!(await this.keepers.holds(row))) throw keeperLeft();
  }

  private async sayTaken(row: WebhookRow, at: Date): Promise<void> {
    await this.keepers.say(row, `taken-${String(row._id)}-${at.getTime()}`, 'taken_over');
  }

  /** Who answers for one from now on. What its keeper knew of it is worth nothing then. */
  private newKeeper(actor: Actor, direction: 'in' | 'out') {
    const { shown, kept } = this.newAccess(direction);
    return { shown, kept: { ...kept, takenOverBy: idOf(actor.userId), takenOverAt: this.clock.now() } };
  }

  /** An address to write to, of which only the hash is kept, or a secret that signs. */
  private newAccess(direction: 'in' | 'out'): { shown: string; kept: { tokenHash: string } | { secret: string } } {
    if (direction === 'out') {
      const secret = newSigningSecret();
      return { shown: secret, kept: { secret } };
    }
    const token = newSecret();
    return { shown: `${this.config.PUBLIC_URL}/api/hooks/${token}`, kept: { tokenHash: hashOf(token) } };
  }

  private async presentOne(row: WebhookRow): Promise<Webhook> {
    const [one] = await this.present([row]);
    if (!one) throw notFound();
    return one;
  }

  private async present(rows: readonly WebhookRow[]): Promise<Webhook[]> {
    const keepers = rows.map((row) => String(keeperOf(row).userId));
    const [standing, people] = await Promise.all([this.keepers.standing(rows), this.people.byId(keepers)]);
    return rows.map((row) => ({
      ...presentWebhook(row),
      keeper: people.get(String(keeperOf(row).userId)) ?? null,
      keeperLeft: !standing.has(String(row._id)),
    }));
  }

  private refusedUnlessOutside(url: string): string {
    if (!this.outside.allows(new URL(url))) throw invalidField('/url', 'https_needed');
    return url;
  }
}

const isKeeper = (row: WebhookRow, { userId }: Actor) => keeperOf(row).userId.equals(userId);

export function presentWebhook(row: WebhookRow): Omit<Webhook, 'keeper' | 'keeperLeft'> {
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
