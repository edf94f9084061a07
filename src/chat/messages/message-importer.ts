import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { emojiFrom } from '../../common/texts/emoji.js';
import { Attaching } from '../../files/attaching.js';
import type { FileRow } from '../../files/file.schema.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { ChannelMembersRepository } from '../channels/channel-members.repository.js';
import { ChannelsRepository } from '../channels/channels.repository.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import { claimsOf } from './drafts.js';
import type { MessageRow } from './message.schema.js';
import { namesOf } from './message-names.js';
import { lastFrom } from './message-writer.js';
import { MAX_PINS } from '../marks/pins.js';
import { MessagesRepository } from './messages.repository.js';

/**
 * A message that was written elsewhere. Its `id` is made of where it comes from, so that it comes in once, however often it is brought.
 * `threadId` is the id of the message that it replies to. `files` are uploads of the sender that wait to be sent.
 */
export interface ImportedMessage {
  id: Types.ObjectId;
  senderId: Types.ObjectId;
  bot: { name: string } | null;
  body: string;
  createdAt: Date;
  editedAt: Date | null;
  deleted: boolean;
  pinned: boolean;
  threadId: Types.ObjectId | null;
  reactions: MessageRow['reactions'];
  files: FileRow[];
}

/** Brings messages from elsewhere into a channel, in groups: the numbers and the messages in one transaction, as whoever sends does. */
@Injectable()
export class MessageImporter {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly members: ChannelMembersRepository,
    private readonly messages: MessagesRepository,
    private readonly files: Attaching,
    private readonly transactions: Transactions,
  ) {}

  /** Those of these messages that are here already. */
  async known(channelId: Types.ObjectId, ids: readonly Types.ObjectId[]): Promise<Set<string>> {
    const rows = await this.messages.byIds(channelId, ids);
    return new Set(rows.map((row) => String(row._id)));
  }

  /**
   * Writes messages in the order given; none of them may be here. Who had read all of the channel still has. A reply whose first
   * message is neither here nor among them stands by itself.
   */
  async write(channelId: Types.ObjectId, imported: readonly ImportedMessage[]): Promise<void> {
    if (imported.length === 0) return;
    const insiders = new Set((await this.members.idsIn(channelId)).map(String));
    const [before, after] = await this.transactions.run(async (session) => {
      const roots = await this.rootsOf(channelId, imported, session);
      const fresh = new Set(imported.map((one) => String(one.id)));
      const rootIn = ({ threadId }: ImportedMessage) =>
        threadId && (roots.has(String(threadId)) || fresh.has(String(threadId))) ? threadId : null;
      const growing = [...roots.values()].filter((root) => imported.some((one) => one.threadId?.equals(root._id)));
      const channel = await this.channels.advance(
        channelId,
        { messages: imported.length, changes: growing.length, last: null },
        session,
      );
      if (!channel) throw new Error('the channel of an import is gone');
      const firstSeq = channel.headSeq - imported.length + 1;
      const pinned = imported.filter((one) => one.pinned).slice(0, MAX_PINS - (channel.pins?.length ?? 0));
      const rows = imported.map((one, at) => ({
        ...rowOf(channel, one, rootIn(one), firstSeq + at, insiders),
        ...(pinned.includes(one) && { pinnedAt: one.createdAt }),
      }));
      const replied = withReplies([...growing, ...rows], rows);
      const grown = growing.map((root, at) => ({
        ...(replied.get(String(root._id)) ?? root),
        rev: channel.headSeq + 1 + at,
      }));
      await this.messages.insert(
        rows.map((row) => replied.get(String(row._id)) ?? row),
        session,
      );
      if (grown.length > 0) await this.messages.changeParents(grown, session);
      await this.files.hold(claimsOf(rows), session);
      await this.show(channel, rows, session);
      return [channel.rev - imported.length - growing.length, channel.rev] as const;
    });
    await this.members.readOn(channelId, before, after);
  }

  /** What the list of channels shows, unless something later was said; and what is pinned. */
  private async show(channel: ChannelRow, rows: readonly MessageRow[], session: ClientSession): Promise<void> {
    const latest = rows.findLast((row) => row.threadId === null && row.deletedAt === null);
    const isLatest = latest && !(channel.last && channel.last.createdAt > latest.createdAt);
    const pinned = rows.flatMap((row) => (row.pinnedAt ? [row._id] : [])).reverse();
    if (!isLatest && pinned.length === 0) return;
    const pins = pinned.length > 0 && { pins: [...pinned, ...(channel.pins ?? [])] };
    await this.channels.step(
      channel,
      { rev: channel.rev, ...(isLatest && { last: lastFrom(latest) }), ...pins },
      session,
    );
  }

  private async rootsOf(
    channelId: Types.ObjectId,
    imported: readonly ImportedMessage[],
    session: ClientSession,
  ): Promise<Map<string, MessageRow>> {
    const ids = imported.flatMap((one) => one.threadId ?? []);
    const rows = ids.length > 0 ? await this.messages.byIds(channelId, ids, session) : [];
    return new Map(rows.filter((row) => row.threadId === null).map((row) => [String(row._id), row]));
  }
}

function rowOf(
  channel: ChannelRow,
  one: ImportedMessage,
  threadId: Types.ObjectId | null,
  seq: number,
  insiders: ReadonlySet<string>,
): MessageRow {
  return {
    _id: one.id,
    channelId: channel._id,
    cohortId: channel.cohortId ?? null,
    seq,
    rev: seq,
    clientId: `import-${String(one.id)}`,
    senderId: one.senderId,
    body: one.body,
    names: one.bot ? [] : namesOf(channel._id, one, insiders),
    ...(one.bot && { bot: one.bot }),
    ...(one.files.length > 0 && {
      attachments: one.files.map(({ _id, name, type, kind, size, width, height }) => ({
        ...{ fileId: _id, name, type, kind, size, alt: '' },
        ...{ width: width ?? null, height: height ?? null },
      })),
    }),
    threadId,
    replies: 0,
    lastReplyAt: null,
    reactions: one.reactions.flatMap(({ emoji, userIds }) => {
      const written = emojiFrom(emoji);
      return written ? [{ emoji: written, userIds }] : [];
    }),
    topicId: null,
    imported: true,
    createdAt: one.createdAt,
    editedAt: one.editedAt,
    deletedAt: one.deleted ? one.createdAt : null,
  };
}

/** The first messages of threads among `roots` with what the replies among `rows` add. */
function withReplies(roots: readonly MessageRow[], rows: readonly MessageRow[]): Map<string, MessageRow> {
  const known = new Map(roots.map((root) => [String(root._id), root]));
  const grown = new Map<string, MessageRow>();
  for (const reply of rows) {
    if (!reply.threadId) continue;
    const key = String(reply.threadId);
    const root = grown.get(key) ?? known.get(key);
    if (!root) continue;
    const latest = root.lastReplyAt && root.lastReplyAt > reply.createdAt ? root.lastReplyAt : reply.createdAt;
    grown.set(key, { ...root, replies: root.replies + 1, lastReplyAt: latest });
  }
  return grown;
}
