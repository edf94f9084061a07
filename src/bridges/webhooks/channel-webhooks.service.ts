import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { type ChannelRef, ChannelsReader } from '../../chat/channels/channels-reader.js';
import type { CohortActor } from '../../common/actor.js';
import { notFound } from '../../common/problem.js';
import type { ChannelWebhook } from '../../contracts/bridges/webhooks.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { keeperOf } from './webhook-keeper.js';
import { WebhookKeepers } from './webhook-keepers.js';
import { WebhooksRepository } from './webhooks.repository.js';
import { presentWebhook } from './webhooks.service.js';

/** What staff see and end of the webhooks of channels: also of those that they may not read, of which they learn nothing else. */
@Injectable()
export class ChannelWebhooks {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly channels: ChannelsReader,
    private readonly keepers: WebhookKeepers,
    private readonly people: People,
    private readonly realtime: Realtime,
  ) {}

  /** Of all channels of the cohort, the latest first. */
  async list({ cohortId, userId }: CohortActor): Promise<ChannelWebhook[]> {
    const channels = new Map((await this.channels.inCohort(cohortId)).map((channel) => [channel.id, channel]));
    const rows = await this.webhooks.ofChannels([...channels.keys()].map(idOf));
    const [standing, people, mine] = await Promise.all([
      this.keepers.standing(rows),
      this.people.byId(rows.map((row) => String(keeperOf(row).userId))),
      this.channels.readableBy(userId),
    ]);
    const isIn = new Set(mine);
    return rows
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
      .map((row) => {
        const { channelId, url, ...webhook } = presentWebhook(row);
        const channel = channels.get(channelId);
        return {
          ...webhook,
          host: url ? new URL(url).host : null,
          keeper: people.get(String(keeperOf(row).userId)) ?? null,
          keeperLeft: !standing.has(webhook.id),
          channel: channel && (isIn.has(channelId) || isKnownToAll(channel)) ? shown(channel) : null,
        };
      });
  }

  /** Ends one for good; its channel is told. Throws 404. */
  async end({ cohortId }: CohortActor, webhookId: string): Promise<void> {
    const id = toId(webhookId);
    const row = id && (await this.webhooks.byId(id));
    const channel = row && (await this.channels.find(String(row.channelId)));
    if (!channel || channel.cohortId !== cohortId) throw notFound();
    await this.keepers.say(row, `ended-${String(row._id)}`, 'ended');
    await this.webhooks.delete(row._id);
    this.realtime.emit(rooms.channel(channel.id), 'channel.changed', { channelId: channel.id, cohortId });
  }
}

/** That there is such a channel, and how it is called, every member of the cohort may know. */
const isKnownToAll = ({ kind }: ChannelRef) => kind !== 'private' && kind !== 'team';

const shown = ({ id, kind, name, nameKey }: ChannelRef) => ({ id, kind, name, nameKey });
