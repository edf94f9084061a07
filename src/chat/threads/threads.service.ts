import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import type { Actor } from '../../common/actor.js';
import { pageOf } from '../../common/cursor.js';
import { invalidField, notFound } from '../../common/problem.js';
import { lengthOfBody } from '../../common/texts/within.js';
import type {
  FollowedThread,
  ThreadState,
  ThreadsQuery,
  UpdateThread,
  WaitingThreads,
} from '../../contracts/chat/chat.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { ChannelAccess } from '../channels/channel-access.js';
import { presentMessage } from '../messages/message.js';
import type { MessageRow } from '../messages/message.schema.js';
import { MessageWalks } from '../messages/message-walks.repository.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import { OwnPlaces } from '../channels/own-places.js';
import { ThreadBroadcasts } from './thread-broadcasts.js';
import type { ThreadFollowerRow } from './thread-follower.schema.js';
import { ThreadFollowersRepository } from './thread-followers.repository.js';
import { timePlaceOf } from '../../infra/mongo/time-place.js';

const NOT_FOLLOWED: ThreadState = { following: false, readSeq: null, unread: 0 };

/** What a person follows of what is said under messages, and how far they have read it. */
@Injectable()
export class ThreadsService {
  constructor(
    private readonly access: ChannelAccess,
    private readonly places: OwnPlaces,
    private readonly messages: MessagesRepository,
    private readonly walks: MessageWalks,
    private readonly followers: ThreadFollowersRepository,
    private readonly broadcasts: ThreadBroadcasts,
    private readonly transactions: Transactions,
  ) {}

  /** Throws 404. */
  async state(actor: Actor, channelId: string, messageId: string): Promise<ThreadState> {
    const { root, userId } = await this.rootOf(actor, channelId, messageId);
    return await this.stateOf(root, userId);
  }

  /** Throws 404; 422 `empty` for a change of nothing. */
  async update(actor: Actor, channelId: string, messageId: string, change: UpdateThread): Promise<ThreadState> {
    const { root, userId } = await this.rootOf(actor, channelId, messageId);
    const { following, readSeq } = change;
    if (following === undefined && readSeq === undefined) throw invalidField('', 'empty');
    if (following !== undefined) {
      await this.choose(root, userId, following);
      await this.endOutside(actor, root);
    }
    if (readSeq !== undefined) await this.followers.read(root._id, userId, readSeq);
    this.broadcasts.tell(actor.userId, { channelId: String(root.channelId), threadId: String(root._id) });
    return await this.stateOf(root, userId);
  }

  /** Those that a person follows in channels that they may read now, latest reply first. */
  async mine(actor: Actor, query: ThreadsQuery): Promise<{ items: FollowedThread[]; nextCursor: string | null }> {
    const userId = idOf(actor.userId);
    const rows = await this.followers.mine(userId, await this.channelIdsOf(userId), {
      waiting: query.waiting,
      after: query.cursor === undefined ? null : timePlaceOf(query.cursor),
      limit: query.limit + 1,
    });
    const threads = new Map((await this.present(rows, userId)).map((thread) => [thread.root.id, thread]));
    const threadOf = ({ threadId }: ThreadFollowerRow) => threads.get(String(threadId));
    const place = (row: ThreadFollowerRow) => [row.repliedAt.getTime(), String(row._id)];
    const lengthOf = (row: ThreadFollowerRow) =>
      lengthOfBody(threadOf(row)?.root ?? {}) + lengthOfBody(threadOf(row)?.last ?? {});
    const { items, nextCursor } = pageOf(rows, query.limit, place, lengthOf);
    return { items: items.flatMap((row) => threadOf(row) ?? []), nextCursor };
  }

  /** How many threads have replies for a person, by channel. */
  async waiting(actor: Actor): Promise<WaitingThreads> {
    const userId = idOf(actor.userId);
    const counts = await this.followers.waiting(userId, await this.channelIdsOf(userId));
    return { items: [...counts].map(([channelId, count]) => ({ channelId, count })) };
  }

  private async channelIdsOf(userId: Types.ObjectId): Promise<Types.ObjectId[]> {
    return (await this.places.ofPerson(userId)).map((row) => row.channelId);
  }

  private async rootOf(actor: Actor, channelId: string, messageId: string) {
    const { channel, userId } = await this.access.held(actor, channelId);
    const id = toId(messageId);
    const root = id && (await this.messages.byId(id));
    if (!root?.channelId.equals(channel._id) || root.threadId) throw notFound();
    return { root, userId };
  }

  /** Who follows by choice begins with what comes from now on. */
  private async choose(root: MessageRow, userId: Types.ObjectId, following: boolean): Promise<void> {
    await this.transactions.run(async (session) => {
      await this.messages.choosing(root._id, session);
      const last = await this.walks.latest(root.channelId, root._id, Number.MAX_SAFE_INTEGER, session);
      const headSeq = last?.seq ?? root.seq;
      const row = { threadId: root._id, channelId: root.channelId, userId, following, readSeq: headSeq, headSeq };
      await this.followers.choose({ ...row, repliedAt: last?.createdAt ?? root.createdAt }, session);
    });
  }

  /** Who was taken out of the channel while they chose follows nothing there: their rows go after their place, and this one may have come later still. Throws 404. */
  private async endOutside(actor: Actor, { channelId }: MessageRow): Promise<void> {
    try {
      await this.access.held(actor, String(channelId));
    } catch (error) {
      await this.followers.leave(channelId, [idOf(actor.userId)]);
      throw error;
    }
  }

  private async stateOf(root: MessageRow, userId: Types.ObjectId): Promise<ThreadState> {
    const row = await this.followers.find(root._id, userId);
    if (!row?.following) return NOT_FOLLOWED;
    const counts = await this.messages.threadCounts(userId, [row]);
    return standing(row, counts);
  }

  private async present(rows: readonly ThreadFollowerRow[], userId: Types.ObjectId): Promise<FollowedThread[]> {
    const threadIds = rows.map((row) => row.threadId);
    const [roots, heads, counts] = await Promise.all([
      this.messages.byIdsAnywhere(threadIds),
      this.messages.atPlaces(rows.map(({ channelId, headSeq }) => ({ channelId, seq: headSeq }))),
      this.messages.threadCounts(
        userId,
        rows.filter((row) => row.behind),
      ),
    ]);
    const rootOf = new Map(roots.map((root) => [String(root._id), root]));
    const lastOf = new Map(heads.flatMap((head) => (head.threadId ? [[String(head.threadId), head] as const] : [])));
    return rows.flatMap((row) => {
      const [root, last] = [rootOf.get(String(row.threadId)), lastOf.get(String(row.threadId))];
      if (!root) return [];
      return [{ ...standing(row, counts), root: presentMessage(root), last: last ? presentMessage(last) : null }];
    });
  }
}

const standing = (row: ThreadFollowerRow, counts: ReadonlyMap<string, number>): ThreadState => ({
  following: true,
  readSeq: row.readSeq,
  unread: counts.get(String(row.threadId)) ?? 0,
});
