import { Injectable, type OnModuleInit } from '@nestjs/common';
import { accountGivenBack } from '../../auth/auth.events.js';
import { isTheirs } from '../../auth/given-back.js';
import { People } from '../../auth/people.js';
import { channelMembersChanged } from '../../chat/chat.events.js';
import { isByHand } from '../../chat/chat.policy.js';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import { MessagesService } from '../../chat/messages/messages.service.js';
import { memberLeft, roleChanged } from '../../cohorts/cohorts.events.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Nights } from '../../cohorts/nights/nights.js';
import { Problem } from '../../common/problem.js';
import type { MessageNote } from '../../contracts/chat/chat.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import type { WebhookRow } from './webhook.schema.js';
import { keeperOf, stands } from './webhook-keeper.js';
import { WebhooksRepository } from './webhooks.repository.js';

const A_PAGE = 200;

type WebhookNote = Extract<MessageNote, { kind: 'webhook' }>;

/** What the app says in a channel of one of its webhooks, where the words of the reader are not known. */
const SAID = '🔌';

/**
 * A webhook of a channel works as long as who keeps it belongs there. That is read from the database at each use; events and the night only see to
 * it that the channel is told soon, and that none waits for its next use.
 */
@Injectable()
export class WebhookKeepers implements OnModuleInit {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly channels: ChannelsReader,
    private readonly members: Members,
    private readonly people: People,
    private readonly messages: MessagesService,
    private readonly realtime: Realtime,
    private readonly nights: Nights,
    private readonly bus: EventBus,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.bus.on(channelMembersChanged, async ({ channelId, left }) => {
      if (left.length > 0) await this.look((await this.webhooks.of(idOf(channelId))).filter(isKeptBy(left)));
    });
    // Who left the cohort, or the programme team, may keep webhooks of channels that only the team may change.
    for (const kind of [memberLeft, roleChanged])
      this.outbox.on(kind, 'webhooks of channels', ({ cohortId, userId }) => this.lookAt(cohortId, userId));
    this.outbox.on(accountGivenBack, 'webhooks of channels', async ({ userId }) => {
      for (const { cohortId } of await this.members.ofPerson(userId)) await this.lookAt(cohortId, userId);
    });
    this.nights.compareAll(() => this.compare());
  }

  /** Stops those whose keeper is gone, of which no event told. */
  async compare(): Promise<void> {
    let page: WebhookRow[] = [];
    do {
      page = await this.webhooks.activeAfter(page.at(-1)?._id ?? null, A_PAGE);
      await this.look(page);
    } while (page.length === A_PAGE);
  }

  /** Does this one still stand? If not it is stopped, and its channel told. */
  async holds(hook: WebhookRow): Promise<boolean> {
    const holds = (await this.standing([hook])).has(String(hook._id));
    if (!holds) await this.stop(hook);
    return holds;
  }

  /** The ids of those of these webhooks whose keeper belongs where they are. Four queries, however many. */
  async standing(hooks: readonly WebhookRow[]): Promise<Set<string>> {
    const channels = await this.channels.byIds(hooks.map(({ channelId }) => String(channelId)));
    const kept = hooks.flatMap((hook) => {
      const channel = channels.get(String(hook.channelId));
      const { userId } = keeperOf(hook);
      const cohortId = channel?.cohortId ? toId(channel.cohortId) : null;
      return channel && cohortId ? [{ hook, channel, cohortId, userId, channelId: hook.channelId }] : [];
    });
    const [members, places, disputed] = await Promise.all([
      this.members.findAll(kept),
      this.channels.membersSince(kept),
      this.people.disputed(kept.map(({ userId }) => String(userId))),
    ]);
    return new Set(
      kept.flatMap(({ hook, channel, cohortId, userId, channelId }) => {
        const member = members.get(`${String(cohortId)} ${String(userId)}`);
        const inChannelSince = places.get(`${String(channelId)} ${String(userId)}`);
        const disputedUntil = disputed.get(String(userId));
        const needs = { hasChannel: true, needsStaff: !isByHand(channel.kind) };
        return stands(hook, { member, inChannelSince, disputedUntil }, needs) ? [String(hook._id)] : [];
      }),
    );
  }

  private async lookAt(cohortId: string, keeperId: string): Promise<void> {
    const ids = (await this.channels.inCohort(cohortId)).map(({ id }) => idOf(id));
    await this.look((await this.webhooks.ofChannels(ids)).filter(isKeptBy([keeperId])));
  }

  private async look(hooks: readonly WebhookRow[]): Promise<void> {
    const active = hooks.filter((hook) => hook.active);
    if (active.length === 0) return;
    const standing = await this.standing(active);
    for (const hook of active.filter(({ _id }) => !standing.has(String(_id)))) await this.stop(hook);
  }

  /** First the words, which are said once for each keeper, then the row: who dies in between leaves the rest to the next look. */
  private async stop(hook: WebhookRow): Promise<void> {
    if (!hook.active) return;
    const { userId, since } = keeperOf(hook);
    const isStillTheirs = isTheirs(since, await this.people.disputedUntil(String(userId)));
    const because = isStillTheirs ? 'keeper_left' : 'given_back';
    await this.say(hook, `stopped-${String(hook._id)}-${since.getTime()}`, because);
    await this.webhooks.stop(hook);
    const channel = await this.channels.find(String(hook.channelId));
    if (channel)
      this.realtime.emit(rooms.channel(channel.id), 'channel.changed', {
        channelId: channel.id,
        cohortId: channel.cohortId,
      });
  }

  /** Tells a channel what became of one of its webhooks, once for each key. A channel that is closed or gone is told nothing. */
  async say(hook: WebhookRow, clientId: string, because: WebhookNote['because']): Promise<void> {
    const { _id: botId, name } = hook;
    try {
      await this.messages.sayOf(String(hook.channelId), {
        ...{ botId, bot: { name }, body: SAID, clientId },
        note: { kind: 'webhook', name, because },
      });
    } catch (error) {
      if (!(error instanceof Problem && error.status < 500)) throw error;
    }
  }
}

const isKeptBy = (userIds: readonly string[]) => (hook: WebhookRow) => userIds.includes(String(keeperOf(hook).userId));
