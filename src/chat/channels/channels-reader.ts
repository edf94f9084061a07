import { Injectable } from '@nestjs/common';
import type { Message } from '../../contracts/chat/chat.js';
import type { Locale } from '../../contracts/primitives.js';
import type { Types } from 'mongoose';
import { toId, toIds } from '../../infra/mongo/ids.js';
import { BlocksService } from '../moderation/blocks.service.js';
import { type ChannelReaderState, ChannelMembersRepository } from './channel-members.repository.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelsRepository } from './channels.repository.js';
import { forumShare } from '../chat.policy.js';
import { namedIn, presentMessage, withNames } from '../messages/message.js';
import { MessageWalks } from '../messages/message-walks.repository.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import { OwnPlaces } from './own-places.js';
import { type NamingText, TextNames } from '../messages/text-names.js';

/** A channel in ids, for the rooms after this one. `name` is a text, `nameKey` the key that the web translates instead. */
export interface ChannelRef {
  id: string;
  cohortId: string | null;
  kind: ChannelRow['kind'];
  name: string;
  nameKey: string | null;
  /** Who made it by hand; null for those kept by membership. */
  createdBy: string | null;
}

const MAX_REPLIES = 200;
const COHORT_KINDS = ['cohort', 'help', 'team', 'craft', 'workshop', 'open', 'private'] as const;

/** What search, notifications and bridges may ask about channels. Who may see what is decided here, too: by membership alone. */
@Injectable()
export class ChannelsReader {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly members: ChannelMembersRepository,
    private readonly places: OwnPlaces,
    private readonly messages: MessagesRepository,
    private readonly walks: MessageWalks,
    private readonly textNames: TextNames,
    private readonly blocks: BlocksService,
  ) {}

  async find(channelId: string): Promise<ChannelRef | null> {
    const id = toId(channelId);
    const row = id && (await this.channels.byId(id));
    return row ? toRef(row) : null;
  }

  async byIds(channelIds: readonly string[]): Promise<Map<string, ChannelRef>> {
    const rows = await this.channels.byIds(toIds(channelIds));
    return new Map(rows.map((row) => [String(row._id), toRef(row)]));
  }

  /** The place of the latest message of some channels, replies counted, by their ids. One query. */
  async headsOf(channelIds: readonly string[]): Promise<Map<string, number>> {
    return await this.channels.headsOf(toIds([...new Set(channelIds)]));
  }

  async memberIds(channelId: string): Promise<string[]> {
    const id = toId(channelId);
    return id ? (await this.members.idsIn(id)).map(String) : [];
  }

  /** The members of a channel with the place up to which each has read, and whether it stays quiet for them. */
  async readers(channelId: string): Promise<Map<string, ChannelReaderState>> {
    const id = toId(channelId);
    return id ? await this.members.readersIn(id) : new Map<string, ChannelReaderState>();
  }

  /** Who of these people has blocked somebody. */
  async blockersOf(userId: string, among: readonly string[]): Promise<Set<string>> {
    return await this.blocks.blockersOf(userId, among);
  }

  /** Who of these people has blocked whom of them, as `<who> <whom>`. One query. */
  async blocksAmong(userIds: readonly string[]): Promise<Set<string>> {
    return await this.blocks.blocksAmong([...new Set(userIds)]);
  }

  async isMember(channelId: string, userId: string): Promise<boolean> {
    const [channel, user] = [toId(channelId), toId(userId)];
    return Boolean(channel && user && (await this.places.find(channel, user)));
  }

  /** Since when each of these people is in each of these channels, by `<channel> <person>`; who is not in it is left out. One query. */
  async membersSince(
    pairs: readonly { channelId: Types.ObjectId; userId: Types.ObjectId }[],
  ): Promise<Map<string, Date>> {
    const rows = await this.members.placesOf(pairs);
    return new Map(rows.map(({ channelId, userId, joinedAt }) => [`${String(channelId)} ${String(userId)}`, joinedAt]));
  }

  /** The channels of a cohort, also those that are closed. It checks nobody's rights. */
  async inCohort(cohortId: string): Promise<ChannelRef[]> {
    const id = toId(cohortId);
    return id ? (await this.channels.inCohort(id, COHORT_KINDS)).map(toRef) : [];
  }

  /** Up to where each of these people has read each of these channels, by `<channel> <person>`; who is not in it is left out. One query. */
  async standingsOf(
    pairs: readonly { channelId: string; userId: string }[],
  ): Promise<Map<string, Pick<ChannelReaderState, 'readSeq'>>> {
    const rows = await this.members.placesOf(
      pairs.flatMap((pair) => {
        const [channelId, userId] = [toId(pair.channelId), toId(pair.userId)];
        return channelId && userId ? [{ channelId, userId }] : [];
      }),
    );
    return new Map(
      rows.map(({ channelId, userId, readSeq }) => [`${String(channelId)} ${String(userId)}`, { readSeq }]),
    );
  }

  /** Who wants to hear of every message of a channel, and up to where each has read it. */
  async watchers(channelId: string): Promise<{ userId: string; readSeq: number }[]> {
    const id = toId(channelId);
    return id ? await this.members.watchersIn(id) : [];
  }

  /** The channels that a person may read now. */
  async readableBy(userId: string): Promise<string[]> {
    const user = toId(userId);
    return user ? (await this.places.ofPerson(user)).map((row) => String(row.channelId)) : [];
  }

  /**
   * The channels that a person may read now, of those cohorts they are a member of and direct ones: who was taken out of a cohort a
   * moment ago reads nothing of it, even before they are taken out of its channels.
   */
  async readableWithin(
    userId: string,
    cohortIds: readonly string[],
  ): Promise<{ id: string; cohortId: string | null }[]> {
    const user = toId(userId);
    const rows = user ? await this.members.ofPerson(user) : [];
    return rows
      .map((row) => ({ id: String(row.channelId), cohortId: row.cohortId ? String(row.cohortId) : null }))
      .filter(({ cohortId }) => cohortId === null || cohortIds.includes(cohortId));
  }

  /** The channel of a workshop, whoever may read it. */
  async ofWorkshop(workshopId: string): Promise<ChannelRef | null> {
    const row = await this.channels.byKey(`workshop:${workshopId}`);
    return row ? toRef(row) : null;
  }

  /** A message of a channel, deleted ones too (their text is gone). */
  async message(channelId: string, messageId: string): Promise<Message | null> {
    const id = toId(messageId);
    const row = id && (await this.messages.byId(id));
    return row && String(row.channelId) === channelId ? presentMessage(row) : null;
  }

  /** Messages wherever they stand, deleted ones too (their text is gone). One query; it checks nobody's rights. */
  async messagesAnywhere(messageIds: readonly string[]): Promise<Message[]> {
    return (await this.messages.byIdsAnywhere(toIds(messageIds))).map(presentMessage);
  }

  /** The messages at some places of channels, without deleted ones. One query; it checks nobody's rights. */
  async messagesAt(places: readonly { channelId: string; seq: number }[]): Promise<Message[]> {
    const known = places.flatMap(({ channelId, seq }) => {
      const id = toId(channelId);
      return id ? [{ channelId: id, seq }] : [];
    });
    const rows = known.length === 0 ? [] : await this.messages.atPlaces(known);
    return rows.filter(({ deletedAt }) => !deletedAt).map(presentMessage);
  }

  /** A message wherever it stands; null for a deleted one. It checks nobody's rights. */
  async anyMessage(messageId: string): Promise<Message | null> {
    const id = toId(messageId);
    const row = id && (await this.messages.byId(id));
    return row && !row.deletedAt ? presentMessage(row) : null;
  }

  /** Has this person's message of this `clientId` been written? Deleted or not. */
  async wasWritten(channelId: string, senderId: string, clientId: string): Promise<boolean> {
    const [channel, sender] = [toId(channelId), toId(senderId)];
    return Boolean(channel && sender && (await this.messages.written(channel, [sender], [clientId])).length > 0);
  }

  /** Messages of a channel after a place, in order, with replies and deleted ones. */
  async messagesAfter(channelId: string, seq: number, limit: number): Promise<Message[]> {
    const id = toId(channelId);
    return id ? (await this.walks.after(id, seq, limit)).map(presentMessage) : [];
  }

  /** The last of the messages of a channel after a place, in order, at most so many; without replies. */
  async latestAfter(channelId: string, seq: number, limit: number): Promise<Message[]> {
    const id = toId(channelId);
    const range = { after: seq, before: Number.MAX_SAFE_INTEGER, from: 'end', limit } as const;
    return id ? (await this.walks.page(id, null, range)).map(presentMessage) : [];
  }

  /**
   * A text with the names of those in the place of their ids whom it may name ({@link TextNames}); its groups in the words of a language, if
   * one is given.
   */
  async withNames(text: NamingText, locale?: Locale): Promise<string> {
    const [nameOf] = await this.textNames.of([text]);
    return withNames(text.body, (id) => nameOf?.(id), locale);
  }

  /** The same for a message of a channel. */
  async wordsOf({ channelId, body, mentions }: Pick<Message, 'channelId' | 'body' | 'mentions'>, locale?: Locale) {
    // Who was not there when it was written is rarely named.
    const isPlain = namedIn(body).every((id) => mentions.includes(id));
    const channel = isPlain ? null : await this.find(channelId);
    return await this.withNames({ body, mentions, cohortIds: channel?.cohortId ? [channel.cohortId] : [] }, locale);
  }

  /** What somebody sent to a channel by this `clientId`; null for nothing. */
  async sentBy(channelId: string, senderId: string, clientId: string): Promise<string | null> {
    const [channel, sender] = [toId(channelId), toId(senderId)];
    const [row] = channel && sender ? await this.messages.written(channel, [sender], [clientId]) : [];
    return row ? String(row._id) : null;
  }

  /** Which of these messages are there, and not deleted. */
  async living(messageIds: readonly string[]): Promise<Set<string>> {
    return messageIds.length === 0 ? new Set() : await this.messages.livingAmong(toIds(messageIds));
  }

  /**
   * What of a thread a person may carry to the forum of a cohort, and how many of its messages stay where they are; null for who may not read it and for what is no
   * thread of it.
   */
  async shareableThread(
    userId: string,
    cohortId: string,
    { channelId, messageId }: { channelId: string; messageId: string },
  ): Promise<{ messages: Message[]; staying: number } | null> {
    const [channel, isIn, root] = await Promise.all([
      this.find(channelId),
      this.isMember(channelId, userId),
      this.message(channelId, messageId),
    ]);
    if (!channel || !isIn || channel.cohortId !== cohortId || root?.threadId !== null) return null;
    const share = forumShare(channel.kind);
    if (share === 'nothing') return null;
    const thread = await this.thread(channelId, messageId);
    const messages = share === 'all' ? thread : thread.filter((message) => message.senderId === userId);
    return { messages, staying: thread.length - messages.length };
  }

  /** A thread, its first message before its replies (at most 200), without deleted ones; empty when there is none. */
  async thread(channelId: string, messageId: string): Promise<Message[]> {
    const root = await this.message(channelId, messageId);
    const [channel, id] = [toId(channelId), toId(messageId)];
    if (!root || !channel || !id) return [];
    const range = { after: root.seq, before: Number.MAX_SAFE_INTEGER, from: 'start', limit: MAX_REPLIES } as const;
    const replies = await this.walks.page(channel, id, range);
    return [root, ...replies.map(presentMessage)].filter((message) => message.deletedAt === null);
  }
}

function toRef(row: ChannelRow): ChannelRef {
  return {
    id: String(row._id),
    cohortId: row.cohortId ? String(row.cohortId) : null,
    kind: row.kind,
    name: row.name,
    nameKey: row.nameKey ?? null,
    createdBy: row.createdBy ? String(row.createdBy) : null,
  };
}
