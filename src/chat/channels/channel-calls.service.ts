import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import { Members } from '../../cohorts/members/members.service.js';
import { meetingLink, newRoom } from '../../cohorts/meeting-link.js';
import type { Actor } from '../../common/actor.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { Problem, conflict } from '../../common/problem.js';
import type { Channel, StartedCall } from '../../contracts/chat/chat.js';
import { toIds } from '../../infra/mongo/ids.js';
import { peopleOfDirect } from '../direct/direct-key.js';
import { ChannelAccess } from './channel-access.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelsRepository } from './channels.repository.js';
import { MessagesService } from '../messages/messages.service.js';

/** Who clicks again, or with somebody else, within this time says nothing new. */
const ONCE_WITHIN = 5 * MINUTE;
const TRIES = 3;

/** Where the people of a channel speak with each other. */
@Injectable()
export class ChannelCalls {
  constructor(
    private readonly access: ChannelAccess,
    private readonly channels: ChannelsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly belongings: Members,
    private readonly messages: MessagesService,
    private readonly clock: Clock,
  ) {}

  /**
   * The link of a channel: its own, else a room by the pattern of its cohort, or of one that all people of a conversation share. The room keeps its name from the first
   * look on until somebody is taken out. Null in a closed channel, for people who share no running cohort, and where none of these has a pattern.
   */
  async linkOf(channel: ChannelRow): Promise<Channel['call']> {
    const place = await this.placeOf(channel);
    return place && { link: place.link, isOwn: place.room === null };
  }

  /** The same, with the name of the room; null where the channel has its own link. */
  private async placeOf(channel: ChannelRow): Promise<{ link: string; room: string | null } | null> {
    if (channel.archivedAt) return null;
    if (channel.callLink) return { link: channel.callLink, room: null };
    const meeting = await this.meetingOf(channel);
    if (!meeting) return null;
    const room = channel.callRoom ?? (await this.channels.keepRoom(channel, newRoom()));
    const link = room && meetingLink(meeting, room);
    return link ? { link, room } : null;
  }

  /** Says in the channel that I call, at most once in five minutes whoever does. Throws 404, 409 `no_call_link`, `channel_archived`, and as who writes there where the conversation is closed to them. */
  async start(actor: Actor, channelId: string): Promise<StartedCall> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.tryToStart(actor, channelId);
      } catch (error) {
        // Somebody was taken out, or the link was changed: nobody is called to where they were before.
        const isMoved = error instanceof Problem && error.code === 'stale';
        if (!isMoved || tries === TRIES) throw error;
      }
    }
  }

  private async tryToStart(actor: Actor, channelId: string): Promise<StartedCall> {
    const { channel, userId } = await this.access.held(actor, channelId);
    if (channel.archivedAt) throw conflict('channel_archived', 'This channel is closed; it can still be read.');
    const place = await this.placeOf(channel);
    if (!place) throw conflict('no_call_link', 'This channel has no call link.');
    const { link, room } = place;
    const now = this.clock.now();
    const isFirst = await this.channels.claimCall(channel._id, now, new Date(now.getTime() - ONCE_WITHIN));
    if (isFirst) {
      const isStill = ({ callLink, callRoom }: ChannelRow) =>
        room === null ? callLink === link : !callLink && callRoom === room;
      const said = { body: `📞 ${link}`, note: { kind: 'call' as const, link }, isStill };
      await this.messages.say(channelId, userId, said).catch(async (error: unknown) => {
        // Whoever calls next says it.
        await this.channels.freeCall(channel._id, now);
        throw error;
      });
    }
    return { link, announced: isFirst };
  }

  /** Where a cohort meets that all of these people are in; of several the one that began last, so that everybody is led to the same. */
  private async meetingOf(channel: ChannelRow): Promise<CohortRow['meeting'] | undefined> {
    const ids = channel.cohortId ? [channel.cohortId] : await this.shared(peopleOfDirect(channel));
    const meetings = (await this.cohorts.byIds(ids))
      .filter(({ state }) => channel.cohortId || state === 'running')
      .filter(({ meeting }) => meetingLink(meeting))
      .sort((a, b) => b.startsOn.localeCompare(a.startsOn) || String(a._id).localeCompare(String(b._id)));
    return meetings[0]?.meeting;
  }

  private async shared(people: readonly string[]): Promise<Types.ObjectId[]> {
    const cohortsOf = await this.belongings.cohortsOf(people);
    const [first = [], ...others] = people.map((person) => cohortsOf.get(person) ?? []);
    return toIds(first.filter((cohortId) => others.every((theirs) => theirs.includes(cohortId))));
  }
}
