import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import type { ChannelMemberRow } from './channel-member.schema.js';
import type { ChannelRow } from './channel.schema.js';
import { type Counts, MessagesRepository } from './messages.repository.js';

const NONE: Counts = { unread: 0, mentions: 0 };
/** Up to so many numbers behind, all channels are counted in one question; further behind counting must be able to stop early. */
const NEAR = 2000;

/** Counts what is unread from pointers and messages, never from counters that drift. */
@Injectable()
export class Unread {
  constructor(private readonly messages: MessagesRepository) {}

  /** By channel id. A channel whose head is not past the pointer is not asked about. */
  async of(
    userId: Types.ObjectId,
    held: readonly { member: Pick<ChannelMemberRow, 'channelId' | 'readSeq'>; channel: Pick<ChannelRow, 'headSeq'> }[],
  ): Promise<(channelId: Types.ObjectId) => Counts> {
    const behind = held
      .filter(({ member, channel }) => channel.headSeq > member.readSeq)
      .map(({ member, channel }) => ({ ...member, headSeq: channel.headSeq }));
    const far = behind.filter((one) => one.headSeq - one.readSeq > NEAR);
    const [counts, farCounts] = await Promise.all([
      this.messages.counts(
        userId,
        behind.filter((one) => !far.includes(one)),
      ),
      Promise.all(
        far.map(async (one) => [String(one.channelId), await this.messages.countsFarBehind(userId, one)] as const),
      ),
    ]);
    for (const [channelId, count] of farCounts) counts.set(channelId, count);
    return (channelId) => counts.get(String(channelId)) ?? NONE;
  }
}
