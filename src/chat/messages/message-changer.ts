import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { conflict, notFound } from '../../common/problem.js';
import { Attaching } from '../../files/attaching.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import { ChannelsRepository } from '../channels/channels.repository.js';
import { messageDeleted } from '../chat.events.js';
import { lostFiles } from './drafts.js';
import { MessageCalls } from './message-calls.js';
import { factsOf } from './message-facts.js';
import type { MessageRow } from './message.schema.js';
import { MessageEditsRepository } from './message-edits.repository.js';
import { lastFrom } from './message-writer.js';
import { MessageWalks } from './message-walks.repository.js';
import { MessagesRepository } from './messages.repository.js';
import { pinsAfter } from '../marks/pins.js';
import { ThreadFollowersRepository } from '../threads/thread-followers.repository.js';

/** What of a message changes; null leaves it as it is and takes no number. */
export type Decide = (message: MessageRow, channel: ChannelRow) => Partial<MessageRow> | null;

/** How a message is changed. `alongside` is written in the same transaction, before it; what it throws keeps both from being written. */
export interface ChangeOptions {
  evenArchived?: boolean;
  alongside?: (session: ClientSession) => Promise<void>;
}

/** A message before and after; `changed` is false when there was nothing to do. */
export interface ChangedMessage {
  channel: ChannelRow;
  before: MessageRow;
  after: MessageRow;
  /** The message that the thread hangs on, with one reply less, when a reply was deleted. */
  parent: MessageRow | null;
  changed: boolean;
}

/** Changes one message: it takes the channel's next number in the same transaction. */
@Injectable()
export class MessageChanger {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly messages: MessagesRepository,
    private readonly walks: MessageWalks,
    private readonly followers: ThreadFollowersRepository,
    private readonly edits: MessageEditsRepository,
    private readonly calls: MessageCalls,
    private readonly files: Attaching,
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Throws 404 for what is not in the channel or deleted, 409 `channel_archived` (unless it may change `evenArchived`), and what
   * `decide` throws.
   */
  async change(
    channelId: Types.ObjectId,
    messageId: Types.ObjectId,
    decide: Decide,
    { evenArchived = false, alongside }: ChangeOptions = {},
  ): Promise<ChangedMessage> {
    return await this.transactions.run(async (session) => {
      const channel = await this.channels.byId(channelId, session);
      const before = await this.messages.byId(messageId, session);
      if (!channel || !before?.channelId.equals(channelId) || before.deletedAt) throw notFound();
      if (channel.archivedAt && !evenArchived)
        throw conflict('channel_archived', 'This channel is closed; it can still be read.');
      const decided = decide(before, channel);
      if (!decided) return { channel, before, after: before, parent: null, changed: false };
      await alongside?.(session);
      const rev = channel.rev + 1;
      const after = { ...before, ...decided, rev };
      await this.messages.change(after, { ...decided, rev }, session);
      await this.keepHistory(channel, before, after, session);
      await this.calls.ofChange(channel, before, after, session);
      await this.files.release(lostFiles(before, after), session);
      const parent = after.deletedAt && after.threadId ? await this.withoutReply(after, rev + 1, session) : null;
      const next = {
        rev: parent?.rev ?? rev,
        ...(await this.lastAfter(channel, after, session)),
        ...pinsAfter(channel, before, after),
      };
      if (!(await this.channels.step(channel, next, session)))
        throw conflict('busy', 'Somebody changed this at the same moment. Try again.');
      return { channel: { ...channel, ...next }, before, after, parent, changed: true };
    });
  }

  /** The text that was replaced is kept for staff; of what is deleted nothing is. */
  private async keepHistory(
    channel: ChannelRow,
    before: MessageRow,
    after: MessageRow,
    session: ClientSession,
  ): Promise<void> {
    if (after.deletedAt) await this.forget(channel, after, session);
    else if (after.body !== before.body) {
      const { channelId, _id: messageId, rev, body, editedAt, createdAt } = before;
      const replacedAt = after.editedAt ?? createdAt;
      await this.edits.keep({ channelId, messageId, rev, body, writtenAt: editedAt ?? createdAt, replacedAt }, session);
    }
  }

  /** What quotes it elsewhere follows: nothing does of what was said between people. */
  private async forget(channel: ChannelRow, deleted: MessageRow, session: ClientSession): Promise<void> {
    await this.edits.forget([deleted._id], session);
    const { channelId, cohortId, messageId } = factsOf(channel, deleted);
    if (cohortId) await this.outbox.write(messageDeleted, { channelId, cohortId, messageId }, session);
  }

  /** The thread counts the replies that are left; the latest of them is now another one. */
  private async withoutReply(reply: MessageRow, rev: number, session: ClientSession): Promise<MessageRow | null> {
    const root = reply.threadId && (await this.messages.byId(reply.threadId, session));
    if (!root) return null;
    const latest = await this.walks.latest(root.channelId, root._id, Number.MAX_SAFE_INTEGER, session);
    await this.followers.shrink(root._id, latest?.seq ?? 0, session);
    const parent = {
      ...root,
      rev,
      replies: Math.max(0, root.replies - 1),
      lastReplyAt: latest && !latest._id.equals(reply._id) ? latest.createdAt : null,
    };
    await this.messages.changeParents([parent], session);
    return parent;
  }

  /** The list shows the new text of the latest message, or the one before it when it was deleted. */
  private async lastAfter(
    channel: ChannelRow,
    after: MessageRow,
    session: ClientSession,
  ): Promise<Partial<Pick<ChannelRow, 'last'>>> {
    if (!channel.last?.messageId.equals(after._id)) return {};
    if (!after.deletedAt) return { last: lastFrom(after) };
    const previous = await this.walks.latest(channel._id, null, channel.headSeq, session);
    return { last: previous ? lastFrom(previous) : null };
  }
}
