import type { Types } from 'mongoose';
import type { ChannelRow } from '../channels/channel.schema.js';
import type { MessageFacts } from '../chat.events.js';
import type { MessageRow } from './message.schema.js';
import { mayBeLinked } from '../previews/outside-links.js';

/** What other rooms hear of a message. */
export function factsOf(channel: ChannelRow, row: MessageRow): MessageFacts {
  return {
    channelId: String(channel._id),
    cohortId: channel.cohortId ? String(channel.cohortId) : null,
    kind: channel.kind,
    messageId: String(row._id),
    seq: row.seq,
    senderId: String(row.senderId),
    threadId: row.threadId ? String(row.threadId) : null,
    hasLinks: mayBeLinked(row),
    isSentOut: channel.sentOut ?? false,
  };
}

/** Whether somebody is to be told of a new message at once: all of a conversation, elsewhere who is named. A plain message calls nobody. */
export const callsSomebody = (
  { kind }: Pick<ChannelRow, 'kind'>,
  { senderId, names }: Pick<MessageRow, 'senderId' | 'names'>,
): boolean => kind === 'direct' || names.some((id) => !id.equals(senderId));

/** Whether a changed text calls somebody whom it did not name before. In a conversation all were told of the message itself. */
export function callsAnew(
  { kind }: Pick<ChannelRow, 'kind'>,
  before: Pick<MessageRow, 'senderId' | 'names'>,
  names: readonly Types.ObjectId[],
): boolean {
  const known = new Set([before.senderId, ...before.names].map(String));
  return kind !== 'direct' && names.some((id) => !known.has(String(id)));
}
