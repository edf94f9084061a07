import { Injectable } from '@nestjs/common';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { meetingLink, newRoom } from '../../cohorts/meeting-link.js';
import type { Actor } from '../../common/actor.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { conflict } from '../../common/problem.js';
import type { Channel, StartedCall } from '../../contracts/chat/chat.js';
import { ChannelAccess } from './channel-access.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelsRepository } from './channels.repository.js';
import { MessagesService } from '../messages/messages.service.js';

/** Who clicks again, or with somebody else, within this time says nothing new. */
const ONCE_WITHIN = 5 * MINUTE;

/** Where the people of a channel speak with each other. */
@Injectable()
export class ChannelCalls {
  constructor(
    private readonly access: ChannelAccess,
    private readonly channels: ChannelsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly messages: MessagesService,
    private readonly clock: Clock,
  ) {}

  /**
   * The link of a channel: its own, else a room by the pattern of its cohort, which keeps its name from the first look on until somebody is
   * taken out. Null between people, in a closed channel, and where the cohort has no pattern.
   */
  async linkOf(channel: ChannelRow): Promise<Channel['call']> {
    if (!channel.cohortId || channel.archivedAt) return null;
    if (channel.callLink) return { link: channel.callLink, isOwn: true };
    const cohort = await this.cohorts.byId(channel.cohortId);
    if (!cohort || !meetingLink(cohort.meeting)) return null;
    const room = channel.callRoom ?? (await this.channels.keepRoom(channel._id, newRoom()));
    const link = room && meetingLink(cohort.meeting, room);
    return link ? { link, isOwn: false } : null;
  }

  /** Says in the channel that I call, at most once in five minutes whoever does. Throws 404, 409 `no_call_link`, `channel_archived`. */
  async start(actor: Actor, channelId: string): Promise<StartedCall> {
    const { channel, userId } = await this.access.held(actor, channelId);
    if (channel.archivedAt) throw conflict('channel_archived', 'This channel is closed; it can still be read.');
    const call = await this.linkOf(channel);
    if (!call) throw conflict('no_call_link', 'This channel has no call link.');
    const now = this.clock.now();
    const isFirst = await this.channels.claimCall(channel._id, now, new Date(now.getTime() - ONCE_WITHIN));
    if (isFirst)
      await this.messages.say(channelId, userId, { body: `📞 ${call.link}`, note: { kind: 'call', link: call.link } });
    return { link: call.link, announced: isFirst };
  }
}
