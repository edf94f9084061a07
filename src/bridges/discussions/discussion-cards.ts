import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import { MessagesService } from '../../chat/messages/messages.service.js';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { Problem } from '../../common/problem.js';
import { topicChanged } from '../../forums/forums.events.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { type DiscussionRow, isSent } from './discussion.schema.js';
import { topicDiscussed } from './discussions.events.js';
import { DiscussionsRepository } from './discussions.repository.js';

/**
 * Sends the card of a topic to a channel, by the outbox: once however often, since the message has a `clientId` of its row. Who asked for it sends it as well, at once, and so is answered with where it
 * stands, or with what refuses it.
 */
@Injectable()
export class DiscussionCards implements OnModuleInit {
  /** Who asks in one process at one time is answered together. */
  private readonly lanes = new BatchPerKey<null, boolean>(async (id, asked) => {
    const isThere = await this.sendOne(idOf(id));
    return asked.map(() => isThere);
  });

  constructor(
    private readonly discussions: DiscussionsRepository,
    private readonly topics: TopicsReader,
    private readonly channels: ChannelsReader,
    private readonly messages: MessagesService,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
  ) {}

  onModuleInit(): void {
    this.outbox.on(topicDiscussed, 'topic cards', async ({ discussionId }) => {
      await this.send(idOf(discussionId)).catch(unlessRefused);
    });
  }

  /** False where it is to be sent no more. Throws what refuses the message, as {@link MessagesService.sendCounted}: then it is given up. */
  async send(id: Types.ObjectId): Promise<boolean> {
    return await this.lanes.ask(String(id), null);
  }

  private async sendOne(id: Types.ObjectId): Promise<boolean> {
    const row = await this.discussions.find(id);
    if (!row || isSent(row)) return row !== null;
    const sent = await this.messageOf(row);
    if (sent === null) {
      await this.discussions.giveUp(row);
      return false;
    }
    const stands = await this.discussions.stand(row, idOf(sent));
    // It was given up at this very moment, and may be another one's place by now.
    if (!stands) await this.messages.expire(String(row.channelId), idOf(sent), () => true);
    this.bus.publish(topicChanged, { cohortId: String(row.cohortId), topicId: String(row.topicId) });
    return stands;
  }

  /** Null where its topic is gone, or nobody knows what it was to say. */
  private async messageOf(row: DiscussionRow): Promise<string | null> {
    const { topicId, wish, words } = row;
    const [channelId, userId] = [String(row.channelId), String(row.byId)];
    if (!words || !(await this.topics.byId(String(topicId))))
      return await this.channels.sentBy(channelId, userId, wish);
    try {
      return (await this.messages.sendCounted({ userId }, channelId, { clientId: wish, body: words })).id;
    } catch (error) {
      unlessRefused(error);
      // Who sent it and died may have been taken out of the channel meanwhile: it stands all the same.
      const sent = await this.channels.sentBy(channelId, userId, wish);
      if (sent !== null) return sent;
      await this.discussions.giveUp(row);
      throw error;
    }
  }
}

/** What broke is tried again; what was refused is not. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof Problem && error.status < 500)) throw error;
}
