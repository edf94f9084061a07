import type { Types } from 'mongoose';
import type { MessageRow } from '../messages/message.schema.js';
import type { ThreadGrowth } from './thread-followers.repository.js';

type Follower = ThreadGrowth['people'][number];

/**
 * Who follows a thread because of new replies (in their order): who wrote its first message, who replied, who is named in a reply. Who
 * replied has read up to their own reply; who is named, up to the one before; who wrote the first message, up to that. Who is not `here` (in the channel) any
 * more follows nothing. Null without replies.
 */
export function growthOf(
  root: MessageRow,
  replies: readonly MessageRow[],
  here: ReadonlySet<string>,
): ThreadGrowth | null {
  const latest = replies.at(-1);
  if (!latest) return null;
  const people = new Map<string, Follower>();
  const asks = (userId: Types.ObjectId, readSeq: number) => {
    if (!people.has(String(userId))) people.set(String(userId), { userId, readSeq, wrote: false });
  };
  if (!root.bot) asks(root.senderId, root.seq);
  for (const { names, senderId, seq, channelId } of replies) {
    for (const name of names) if (!name.equals(channelId)) asks(name, seq - 1);
    people.set(String(senderId), { userId: senderId, readSeq: seq, wrote: true });
  }
  return {
    threadId: root._id,
    channelId: root.channelId,
    headSeq: latest.seq,
    repliedAt: latest.createdAt,
    people: [...people.values()].filter(({ userId }) => here.has(String(userId))),
  };
}
