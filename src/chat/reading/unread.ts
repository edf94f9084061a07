import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import type { ChannelMemberRow } from '../channels/channel-member.schema.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import { MessageWalks } from '../messages/message-walks.repository.js';
import { type Counts, MessagesRepository, type Range } from '../messages/messages.repository.js';
import { countedFrom } from './unread-rule.js';

/** By channel id. */
export type CountsOf = (channelId: Types.ObjectId) => Counts;

/** Somebody and how far they have read some channels. */
export interface Reader {
  userId: Types.ObjectId;
  held: readonly { member: Pick<ChannelMemberRow, 'channelId' | 'readSeq'>; channel: Pick<ChannelRow, 'headSeq'> }[];
}

const NONE: Counts = { unread: 0, mentions: 0 };
/** Up to so many numbers behind, all channels are counted in one question; further behind counting must be able to stop early. */
const NEAR = 2000;
/** So many messages are read at most to count for several people at once. */
const MAX_TOGETHER = 5000;

/** Counts what is unread from pointers and messages, never from counters that drift. */
@Injectable()
export class Unread {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly walks: MessageWalks,
  ) {}

  /** A channel whose head is not past the pointer is not asked about. */
  async of(userId: Types.ObjectId, held: Reader['held']): Promise<CountsOf> {
    const behind = behindIn(held);
    const far = behind.filter(isFar);
    const [counts, farCounts] = await Promise.all([
      this.messages.counts(
        userId,
        behind.filter((one) => !isFar(one)),
      ),
      Promise.all(
        far.map(async (one) => [String(one.channelId), await this.walks.countsFarBehind(userId, one)] as const),
      ),
    ]);
    for (const [channelId, count] of farCounts) counts.set(channelId, count);
    return (channelId) => counts.get(String(channelId)) ?? NONE;
  }

  /** The same for some people, in their order. Those who miss the same messages share one look at them. */
  async ofMany(readers: readonly Reader[]): Promise<CountsOf[]> {
    const ranges = sharedBy(readers);
    if (!ranges) return await Promise.all(readers.map(({ userId, held }) => this.of(userId, held)));
    const facts = await this.messages.facts(ranges);
    return readers.map(({ userId, held }) => {
      const pointers = new Map(behindIn(held).map((one) => [String(one.channelId), one]));
      return (channelId) => {
        const pointer = pointers.get(String(channelId));
        return pointer ? countedFrom(facts.get(String(channelId)) ?? [], userId, pointer) : NONE;
      };
    });
  }
}

const isFar = ({ readSeq, headSeq }: Range) => headSeq - readSeq > NEAR;

function behindIn(held: Reader['held']): Range[] {
  return held
    .filter(({ member, channel }) => channel.headSeq > member.readSeq)
    .map(({ member, channel }) => ({
      channelId: member.channelId,
      readSeq: member.readSeq,
      headSeq: channel.headSeq,
    }));
}

/** What some people have not read, each channel once; null where reading that is not less than half of counting for each of them. */
function sharedBy(readers: readonly Reader[]): Range[] | null {
  const behind = readers.flatMap(({ held }) => behindIn(held));
  if (readers.length < 2 || behind.some(isFar)) return null;
  const ranges = new Map<string, Range>();
  for (const one of behind) {
    const known = ranges.get(String(one.channelId)) ?? one;
    ranges.set(String(one.channelId), {
      ...one,
      readSeq: Math.min(known.readSeq, one.readSeq),
      headSeq: Math.max(known.headSeq, one.headSeq),
    });
  }
  const length = (of: Iterable<Range>) => [...of].reduce((sum, { readSeq, headSeq }) => sum + headSeq - readSeq, 0);
  const together = length(ranges.values());
  return together <= MAX_TOGETHER && together * 2 <= length(behind) ? [...ranges.values()] : null;
}
