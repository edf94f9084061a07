import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock } from '../common/clock.js';
import { Problem, conflict, invalidField, notFound } from '../common/problem.js';
import { isDuplicateKey } from '../infra/mongo/errors.js';
import { idOf, newId, toIds } from '../infra/mongo/ids.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { ChannelMembersRepository } from './channel-members.repository.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelsRepository } from './channels.repository.js';
import { excerptOf, namedIn, namesEverybody } from './message.js';
import type { MessageRow } from './message.schema.js';
import { MessagesRepository } from './messages.repository.js';

/** A message to be written. */
export interface Draft {
  senderId: Types.ObjectId;
  clientId: string;
  body: string;
  threadId: Types.ObjectId | null;
}

/** A group that is durable. `outcomes` are in the order of the drafts: the message (new, or written before) or the refusal. */
export interface WrittenGroup {
  channel: ChannelRow | null;
  outcomes: (MessageRow | Problem)[];
  created: MessageRow[];
  /** The messages whose threads grew, with their new numbers. */
  parents: MessageRow[];
}

const MOST_TRIES = 5;

class StaleChannel extends Error {}

/**
 * Writes many messages of one channel as one: the channel's next numbers and the messages in one transaction, so that a process
 * killed in between leaves no hole (docs: real time). Within one process only one group of a channel is in flight (`Lanes`).
 */
@Injectable()
export class MessageWriter {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly members: ChannelMembersRepository,
    private readonly messages: MessagesRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Who is not in the channel is refused with 404; the same (sender, clientId) again is answered with the first message. */
  async write(channelId: Types.ObjectId, drafts: readonly Draft[]): Promise<WrittenGroup> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.tryToWrite(channelId, drafts);
      } catch (error) {
        // Another process wrote one of them, or moved the channel, between our look and our write: look again.
        const again = error instanceof StaleChannel || isDuplicateKey(error);
        if (!again || tries === MOST_TRIES) throw error;
      }
    }
  }

  private async tryToWrite(channelId: Types.ObjectId, drafts: readonly Draft[]): Promise<WrittenGroup> {
    const senderIds = drafts.map((draft) => draft.senderId);
    const named = toIds(drafts.flatMap((draft) => namedIn(draft.body)));
    const [insiders, written] = await Promise.all([
      this.members.among(channelId, [...senderIds, ...named]),
      this.messages.written(
        channelId,
        senderIds,
        drafts.map((draft) => draft.clientId),
      ),
    ]);
    const known = new Map(written.map((row) => [keyOf(row), row]));
    const fresh = new Map<string, Draft>();
    for (const draft of drafts) {
      const key = keyOf(draft);
      if (insiders.has(String(draft.senderId)) && !known.has(key) && !fresh.has(key)) fresh.set(key, draft);
    }
    const group = fresh.size > 0 ? await this.commit(channelId, [...fresh.values()], insiders) : emptyGroup;
    for (const row of group.created) known.set(keyOf(row), row);
    return {
      ...group,
      outcomes: drafts.map((draft) => {
        if (!insiders.has(String(draft.senderId))) return notFound();
        return known.get(keyOf(draft)) ?? group.refused ?? invalidField('/threadId', 'unknown');
      }),
    };
  }

  private async commit(channelId: Types.ObjectId, drafts: readonly Draft[], insiders: ReadonlySet<string>) {
    return await this.transactions.run(async (session) => {
      const threadIds = drafts.flatMap((draft) => draft.threadId ?? []);
      const channel = await this.channels.byId(channelId, session);
      if (!channel) return { ...emptyGroup, refused: notFound() };
      if (channel.archivedAt) {
        return {
          ...emptyGroup,
          refused: conflict('channel_archived', 'This channel is closed; it can still be read.'),
        };
      }
      const parents = threadIds.length > 0 ? await this.messages.byIds(channelId, threadIds, session) : [];
      const roots = new Map(parents.filter((row) => row.threadId === null).map((row) => [String(row._id), row]));
      const created = drafts
        .filter((draft) => draft.threadId === null || roots.has(String(draft.threadId)))
        .map((draft, index) => this.rowOf(channel, draft, channel.rev + 1 + index, insiders));
      if (created.length === 0) return { ...emptyGroup, channel };
      const headSeq = channel.rev + created.length;
      const grown = withReplies([...roots.values()], created, headSeq + 1);
      const next = { rev: headSeq + grown.length, headSeq, ...lastOf(created) };
      if (!(await this.channels.step(channel, next, session))) throw new StaleChannel();
      await this.messages.insert(created, session);
      if (grown.length > 0) await this.messages.changeParents(grown, session);
      return { channel: { ...channel, ...next }, created, parents: grown, refused: null };
    });
  }

  private rowOf(channel: ChannelRow, draft: Draft, seq: number, insiders: ReadonlySet<string>): MessageRow {
    return {
      _id: newId(),
      channelId: channel._id,
      cohortId: channel.cohortId ?? null,
      seq,
      rev: seq,
      clientId: draft.clientId,
      senderId: draft.senderId,
      body: draft.body,
      names: namesOf(channel._id, draft.body, insiders),
      threadId: draft.threadId,
      replies: 0,
      lastReplyAt: null,
      reactions: [],
      createdAt: this.clock.now(),
      editedAt: null,
      deletedAt: null,
    };
  }
}

const emptyGroup: Omit<WrittenGroup, 'outcomes'> & { refused: Problem | null } = {
  channel: null,
  created: [],
  parents: [],
  refused: null,
};

const keyOf = (one: Pick<Draft, 'senderId' | 'clientId'>) => `${String(one.senderId)} ${one.clientId}`;

/** Who a text names, of those who are in the channel; the channel's own id stands for `@channel`. */
export function namesOf(channelId: Types.ObjectId, body: string, insiders: ReadonlySet<string>): Types.ObjectId[] {
  const people = namedIn(body).filter((id) => insiders.has(id));
  return [...people.map(idOf), ...(namesEverybody(body) ? [channelId] : [])];
}

/** What the list of channels shows: the latest top-level message. */
function lastOf(created: readonly MessageRow[]): Partial<Pick<ChannelRow, 'last'>> {
  const latest = created.filter((row) => row.threadId === null).at(-1);
  return latest ? { last: lastFrom(latest) } : {};
}

export const lastFrom = (row: MessageRow): NonNullable<ChannelRow['last']> => ({
  messageId: row._id,
  senderId: row.senderId,
  excerpt: excerptOf(row.body),
  createdAt: row.createdAt,
});

/** The roots whose threads grow, each with one number from `firstRev` on. */
function withReplies(roots: readonly MessageRow[], created: readonly MessageRow[], firstRev: number): MessageRow[] {
  return roots
    .map((root) => ({ root, replies: created.filter((row) => row.threadId?.equals(root._id)) }))
    .filter(({ replies }) => replies.length > 0)
    .map(({ root, replies }, index) => ({
      ...root,
      rev: firstRev + index,
      replies: root.replies + replies.length,
      lastReplyAt: replies.at(-1)?.createdAt ?? root.lastReplyAt,
    }));
}
