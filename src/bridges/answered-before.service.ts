import { Injectable } from '@nestjs/common';
import { ChannelsReader } from '../chat/channels/channels-reader.js';
import { Members } from '../cohorts/members/members.service.js';
import type { Actor } from '../common/actor.js';
import { notFound } from '../common/problem.js';
import type { AnsweredBefore } from '../contracts/forum/answered.js';
import { AnsweredTopics } from '../forums/similar/answered-topics.js';

/** Looks in the forum of a channel's cohort for the answer to what somebody just asked in the channel. */
@Injectable()
export class AnsweredInForum {
  constructor(
    private readonly channels: ChannelsReader,
    private readonly members: Members,
    private readonly topics: AnsweredTopics,
  ) {}

  /** Throws 404 for a message that is not the actor's, is gone, or stands where they are not any more. Nothing is offered in conversations outside of a cohort. */
  async of(actor: Actor, channelId: string, messageId: string): Promise<AnsweredBefore> {
    const message = (await this.channels.isMember(channelId, actor.userId))
      ? await this.channels.message(channelId.toLowerCase(), messageId)
      : null;
    if (!message || message.senderId !== actor.userId || message.deletedAt) throw notFound();
    const channel = await this.channels.find(channelId);
    const there = channel?.cohortId ? await this.members.actorIn(actor, channel.cohortId) : null;
    return { topic: there && (await this.topics.offer(there, message)) };
  }
}
