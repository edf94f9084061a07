import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { callsGroups } from '../../common/texts/groups.js';
import { Clock } from '../../common/times/clock.js';
import { Problem, conflict, notFound } from '../../common/problem.js';
import { Attaching, StaleFiles } from '../../files/attaching.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { closedProblem } from '../moderation/block-rule.js';
import { ChannelMembersRepository } from '../channels/channel-members.repository.js';
import { ChannelRosters, type Roster } from '../channels/channel-rosters.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import { ChannelsRepository } from '../channels/channels.repository.js';
import { type Draft, attachmentsOf, claimsOf, filesOf, keyOf, refusalsOf } from './drafts.js';
import { peopleOfDirect } from '../direct/direct-key.js';
import { GroupNames } from '../direct/group-names.js';
import { excerptOf } from './message.js';
import { MessageCalls } from './message-calls.js';
import type { MessageRow } from './message.schema.js';
import { namesOf } from './message-names.js';
import { MessagesRepository } from './messages.repository.js';
import { ThreadFollowersRepository } from '../threads/thread-followers.repository.js';
import { growthOf } from '../threads/thread-growth.js';

/** A group that is durable. `outcomes` are in the order of the drafts: the message (new, or written before) or the refusal. */
export interface WrittenGroup {
  channel: ChannelRow | null;
  outcomes: (MessageRow | Problem)[];
  created: MessageRow[];
  /** The messages whose threads grew, with their new numbers. */
  parents: MessageRow[];
  /** Whose place a conversation is by its first message. */
  cameIn: string[];
}

const MAX_TRIES = 5;

/** People came into the channel or left it since the roster was read. */
class StaleRoster extends Error {}

/** Nothing is written, for a reason that all of the group get. */
class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

/**
 * Writes many messages of one channel as one: the channel's next numbers and the messages in one transaction, so that a process
 * killed in between leaves no hole (docs: real time). Within one process only one group of a channel is in flight (`BatchPerKey`).
 */
@Injectable()
export class MessageWriter {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly rosters: ChannelRosters,
    private readonly messages: MessagesRepository,
    private readonly members: ChannelMembersRepository,
    private readonly followers: ThreadFollowersRepository,
    private readonly groups: GroupNames,
    private readonly calls: MessageCalls,
    private readonly files: Attaching,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Who is not in the channel is refused with 404, in a conversation of two who is blocked with 403 `blocked`, who has blocked with 409
   * `you_blocked`; the same (sender, clientId) again is answered with the first message.
   */
  async write(channelId: Types.ObjectId, sent: readonly Draft[]): Promise<WrittenGroup> {
    const drafts = await this.withGroups(channelId, sent);
    let roster = await this.rosters.of(channelId);
    if (drafts.some((draft) => !mayWrite(roster, draft))) roster = await this.rosters.read(channelId);
    // What was written while it was open is answered as it was.
    let written = drafts.some((draft) => roster.closedTo.has(String(draft.senderId)))
      ? await this.writtenBefore(channelId, drafts)
      : [];
    for (let tries = 1; ; tries += 1) {
      try {
        const group = await this.tryToWrite(channelId, drafts, roster, written);
        // A file that was sent may have been sent by this very message, whose ack was lost.
        if (written.length > 0 || !drafts.some((draft, at) => isRefusedFile(draft, group.outcomes[at]))) return group;
        written = await this.writtenBefore(channelId, drafts);
        return { ...group, outcomes: group.outcomes.map((one, at) => foundIn(written, drafts[at]) ?? one) };
      } catch (error) {
        if (tries === MAX_TRIES) throw error;
        // The unique key says that one of them was written before; only then it is asked which.
        if (isDuplicateKey(error)) written = await this.writtenBefore(channelId, drafts);
        else if (error instanceof StaleFiles) continue;
        else if (error instanceof StaleRoster) roster = await this.rosters.read(channelId);
        else throw error;
      }
    }
  }

  /** Who a group is, is asked once, before the transaction: who belongs to it while the message is on its way is named, or not. */
  private async withGroups(channelId: Types.ObjectId, drafts: readonly Draft[]): Promise<readonly Draft[]> {
    if (drafts.every(({ body, bot }) => bot !== undefined || !callsGroups(body))) return drafts;
    const channel = await this.channels.byId(channelId);
    if (!channel) return drafts;
    return await Promise.all(
      drafts.map(async (draft) => (draft.bot ? draft : { ...draft, ...(await this.groups.read(channel, draft.body)) })),
    );
  }

  private async writtenBefore(channelId: Types.ObjectId, drafts: readonly Draft[]): Promise<MessageRow[]> {
    const [senderIds, clientIds] = [drafts.map((draft) => draft.senderId), drafts.map((draft) => draft.clientId)];
    return await this.messages.written(channelId, senderIds, clientIds);
  }

  private async tryToWrite(
    channelId: Types.ObjectId,
    drafts: readonly Draft[],
    roster: Roster,
    written: readonly MessageRow[],
  ): Promise<WrittenGroup> {
    const isIn = (draft: Draft) => isInside(roster, draft);
    const closed = (draft: Draft) => roster.closedTo.get(String(draft.senderId));
    const known = new Map(written.map((row) => [keyOf(row), row]));
    const fresh = new Map<string, Draft>();
    for (const draft of drafts) {
      const key = keyOf(draft);
      if (mayWrite(roster, draft) && !known.has(key) && !fresh.has(key)) fresh.set(key, draft);
    }
    const group = fresh.size > 0 ? await this.commit(channelId, [...fresh.values()], roster) : emptyGroup;
    for (const row of group.created) known.set(keyOf(row), row);
    return {
      ...group,
      outcomes: drafts.map((draft) => {
        if (!isIn(draft)) return notFound();
        const why = closed(draft);
        if (why) return known.get(keyOf(draft)) ?? closedProblem(why);
        return known.get(keyOf(draft)) ?? group.refused ?? group.refusals.get(keyOf(draft)) ?? notFound();
      }),
    };
  }

  private async commit(channelId: Types.ObjectId, drafts: readonly Draft[], roster: Roster) {
    try {
      return await this.transactions.run((session) => this.writeIn(session, channelId, drafts, roster));
    } catch (error) {
      if (error instanceof Refused) return { ...emptyGroup, refused: error.problem };
      throw error;
    }
  }

  private async writeIn(session: ClientSession, channelId: Types.ObjectId, drafts: readonly Draft[], roster: Roster) {
    const roots = await this.rootsOf(session, channelId, drafts);
    const waiting = await this.files.waiting(filesOf(drafts), session);
    const isAsked = waiting.size > 0 || drafts.some(({ isStill }) => isStill);
    const before = isAsked ? await this.channels.byId(channelId, session) : null;
    const refusals = refusalsOf(drafts, roots, waiting, before);
    const wanted = drafts.filter((draft) => !refusals.has(keyOf(draft)));
    if (wanted.length === 0) return { ...emptyGroup, refusals };
    const createdAt = this.clock.now();
    const latest = wanted.filter((draft) => draft.threadId === null).at(-1);
    const latestId = newId();
    const grows = new Set(wanted.flatMap((draft) => (draft.threadId ? String(draft.threadId) : []))).size;
    const channel = await this.channels.advance(
      channelId,
      {
        messages: wanted.length,
        changes: grows,
        last: latest
          ? lastFrom({ ...said(latest), ...attachmentsOf(latest, waiting), _id: latestId, createdAt })
          : null,
      },
      session,
    );
    if (!channel) throw new Refused(notFound());
    if (channel.archivedAt)
      throw new Refused(conflict('channel_archived', 'This channel is closed; it can still be read.'));
    if ((channel.membersRev ?? 0) !== roster.membersRev) throw new StaleRoster();
    const firstSeq = channel.headSeq - wanted.length + 1;
    const created = wanted.map((draft, index) => ({
      ...this.rowOf(channel, draft, { seq: firstSeq + index, createdAt }, roster.userIds),
      ...attachmentsOf(draft, waiting),
      _id: draft === latest ? latestId : newId(),
    }));
    await this.messages.insert(created, session);
    const cameIn = channel.kind === 'direct' && firstSeq === 1 ? peopleOfDirect(channel) : [];
    const place = { channelId: channel._id, cohortId: null, readSeq: 0, joinedAt: createdAt };
    await this.members.add(
      cameIn.map((userId) => ({ ...place, userId: idOf(userId) })),
      session,
    );
    await this.calls.ofNew(channel, created, session);
    await this.files.hold(claimsOf(created), session);
    const grown = withReplies([...roots.values()], created, channel.headSeq + 1);
    if (grown.length > 0) {
      await this.messages.changeParents(grown, session);
      await this.followers.grow(
        grown.flatMap((root) => growthOf(root, repliesTo(root, created), roster.userIds) ?? []),
        session,
      );
    }
    return { channel, created, parents: grown, cameIn, refused: null, refusals };
  }

  /** The messages that threads may hang on, of those that are named. */
  private async rootsOf(
    session: ClientSession,
    channelId: Types.ObjectId,
    drafts: readonly Draft[],
  ): Promise<Map<string, MessageRow>> {
    const threadIds = drafts.flatMap((draft) => draft.threadId ?? []);
    const named = threadIds.length > 0 ? await this.messages.byIds(channelId, threadIds, session) : [];
    return new Map(named.filter((row) => row.threadId === null).map((row) => [String(row._id), row]));
  }

  private rowOf(
    channel: ChannelRow,
    draft: Draft,
    { seq, createdAt }: Pick<MessageRow, 'seq' | 'createdAt'>,
    insiders: ReadonlySet<string>,
  ): Omit<MessageRow, '_id'> {
    const names = draft.bot ? [] : namesOf(channel._id, draft, insiders);
    return {
      channelId: channel._id,
      cohortId: channel.cohortId ?? null,
      seq,
      rev: seq,
      clientId: draft.clientId,
      senderId: draft.senderId,
      body: draft.body,
      names,
      ...(draft.bot && { bot: draft.bot }),
      ...(draft.note && { note: draft.note }),
      threadId: draft.threadId,
      replies: 0,
      lastReplyAt: null,
      reactions: [],
      topicId: null,
      createdAt,
      editedAt: null,
      deletedAt: null,
    };
  }
}

const emptyGroup: Omit<WrittenGroup, 'outcomes'> & { refused: Problem | null; refusals: Map<string, Problem> } = {
  channel: null,
  created: [],
  parents: [],
  cameIn: [],
  refused: null,
  refusals: new Map(),
};

const said = ({ senderId, body }: Draft) => ({ senderId, body });

const isRefusedFile = (draft: Draft, outcome: MessageRow | Problem | undefined) =>
  draft.attachments.length > 0 && outcome instanceof Problem && outcome.status === 422;

const foundIn = (written: readonly MessageRow[], draft: Draft | undefined) =>
  draft && written.find((row) => keyOf(row) === keyOf(draft));

/** What writes from outside is in a channel as long as who answers for it; what the app says in its name is said by nobody. */
const isInside = (roster: Roster, { senderId, bot, keptBy }: Draft) =>
  bot !== undefined ? keptBy === undefined || roster.userIds.has(String(keptBy)) : roster.userIds.has(String(senderId));

const mayWrite = (roster: Roster, draft: Draft) =>
  isInside(roster, draft) && !roster.closedTo.has(String(draft.senderId));

/** What the list of channels shows: the latest top-level message. */
export const lastFrom = (
  row: Pick<MessageRow, '_id' | 'senderId' | 'body' | 'attachments' | 'createdAt'>,
): NonNullable<ChannelRow['last']> => ({
  messageId: row._id,
  senderId: row.senderId,
  excerpt: excerptOf(row.body || (row.attachments ?? []).map((file) => file.name).join(', ')),
  createdAt: row.createdAt,
});

const repliesTo = (root: MessageRow, created: readonly MessageRow[]) =>
  created.filter((row) => row.threadId?.equals(root._id));

/** The roots whose threads grow, each with one number from `firstRev` on. Who replies to a resolved thread opens it again. */
function withReplies(roots: readonly MessageRow[], created: readonly MessageRow[], firstRev: number): MessageRow[] {
  return roots
    .map((root) => ({ root, replies: repliesTo(root, created) }))
    .filter(({ replies }) => replies.length > 0)
    .map(({ root, replies }, index) => ({
      ...root,
      rev: firstRev + index,
      replies: root.replies + replies.length,
      lastReplyAt: replies.at(-1)?.createdAt ?? root.lastReplyAt,
      resolvedAt: null,
    }));
}
