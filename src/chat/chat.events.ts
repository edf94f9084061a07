import type { ChannelKind } from '../contracts/chat/chat.js';
import { defineEvent } from '../infra/events/event-bus.js';

/** The facts of a message that other rooms act on; its text is read from the database by who may (`ChannelsReader.message`). */
export interface MessageFacts {
  channelId: string;
  /** Null in a direct channel. */
  cohortId: string | null;
  kind: ChannelKind;
  messageId: string;
  seq: number;
  senderId: string;
  /** The message that the thread hangs on, for a reply. */
  threadId: string | null;
  /** A person wrote it, and it may hold addresses of pages. */
  hasLinks: boolean;
  /** The messages of its channel go elsewhere, too, or once did. */
  isSentOut: boolean;
}

/** A message was written and is durable. Published once for each message, by the process that wrote it. */
export const messageSent = defineEvent<MessageFacts>('message.sent');

/** The text of a message was changed. */
export const messageEdited = defineEvent<MessageFacts>('message.edited');

/** A message became a tombstone. */
export const messageDeleted = defineEvent<{ channelId: string; cohortId: string | null; messageId: string }>(
  'message.deleted',
);

/** What is told of messages that call people. */
export type PeopleCalled = {
  channelId: string;
  /** Null in a direct channel. */
  cohortId: string | null;
  messageIds: string[];
};

/** Messages of a channel name people, or are written to them, who are to be told at once; whom, is read from the messages. In the outbox. */
export const peopleCalled = defineEvent<PeopleCalled>('people.called');

/** A message was handed over to the staff of a cohort; the report is read by its id. In the outbox. */
export const messageReported = defineEvent<{ cohortId: string; reportId: string }>('message.reported');

/** Staff decided a report, once. In the outbox. */
export const reportClosed = defineEvent<{ cohortId: string; reportId: string }>('report.closed');

/** Somebody moved their read pointer of a channel (also back). */
export const channelRead = defineEvent<{ channelId: string; userId: string; seq: number }>('channel.read');

/** People came into a channel or left it: what they may search or be told follows. `byId` let in who joined, when somebody did. */
export const channelMembersChanged = defineEvent<{
  channelId: string;
  joined: string[];
  left: string[];
  byId: string | null;
}>('channel-members.changed');
