import type { ChannelRow } from './channel.schema.js';
import type { MessageFacts } from './chat.events.js';
import type { MessageRow } from './message.schema.js';
import { mayBeLinked } from './outside-links.js';

/** What other rooms hear of a message. */
export function factsOf(channel: ChannelRow, row: MessageRow): MessageFacts {
  return {
    channelId: String(channel._id),
    cohortId: channel.cohortId ? String(channel.cohortId) : null,
    kind: channel.kind,
    messageId: String(row._id),
    seq: row.seq,
    senderId: String(row.senderId),
    mentions: row.names.filter((id) => !id.equals(channel._id) && !id.equals(row.senderId)).map(String),
    mentionsAll: row.names.some((id) => id.equals(channel._id)),
    threadId: row.threadId ? String(row.threadId) : null,
    hasLinks: mayBeLinked(row),
    isSentOut: channel.sentOut ?? false,
  };
}
