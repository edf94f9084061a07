import type { Types } from 'mongoose';
import type { MessageRow } from '../messages/message.schema.js';
import { COUNT_LIMIT, type Counts, type Range } from '../messages/messages.repository.js';

/** What of a message decides whether it counts for somebody. Deleted ones count for nobody. */
export type MessageFact = Pick<MessageRow, '_id' | 'channelId' | 'seq' | 'senderId' | 'threadId' | 'names'>;

/** What is unread of the messages of one channel for a person who read it up to a pointer: others' top-level ones, and others' that name them. */
export function countedFrom(facts: readonly MessageFact[], userId: Types.ObjectId, pointer: Range): Counts {
  const others = facts.filter(
    ({ seq, senderId }) => seq > pointer.readSeq && seq <= pointer.headSeq && !senderId.equals(userId),
  );
  const naming = others.filter(({ names }) =>
    names.some((named) => named.equals(userId) || named.equals(pointer.channelId)),
  );
  return {
    unread: Math.min(others.filter(({ threadId }) => threadId === null).length, COUNT_LIMIT),
    mentions: Math.min(naming.length, COUNT_LIMIT),
  };
}
