import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../auth/users.repository.js';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import { type MemberRef, Members } from '../../cohorts/members/members.service.js';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import { type RequestFacts, RequestsReader } from '../../mentoring/requests/requests.reader.js';
import { isOfStaff } from '../belonging.js';
import type { NotificationRow } from './notification.schema.js';
import { ToldTimes } from './told-times.js';

/** How a notice stands now, whenever it was told. */
export interface NoticeStanding {
  /** Its reader may not see the thing any more, it is not there any more, or not as the notice says. */
  isGone: boolean;
  /** It was read: here, or where it happened, on any device. */
  isRead: boolean;
}

const GONE: NoticeStanding = { isGone: true, isRead: false };

/** Their words are those of one message. */
const QUOTES = new Set<NotificationRow['kind']>(['chat.mentioned', 'chat.watched']);

/** Whether people may still see what they are told: asked when a notice is told and again when a mail leaves. */
@Injectable()
export class Reach {
  private readonly asks = new BatchPerKey<string, MemberRef | null>((cohortId, userIds) =>
    this.membersAs(cohortId, userIds),
  );

  private readonly requests = new BatchPerKey<string, RequestFacts | null>((_, ids) => this.requestsOf(ids));

  constructor(
    private readonly members: Members,
    private readonly users: UsersRepository,
    private readonly channels: ChannelsReader,
    private readonly topics: TopicsReader,
    private readonly asked: RequestsReader,
    private readonly times: ToldTimes,
  ) {}

  /**
   * Whoever is out of a cohort is told nothing of it, and who is not (any more) of the programme team or an admin nothing that reaches them for that. All else
   * that is of no cohort reaches everybody.
   */
  async isWithin({ cohortId, why }: { cohortId: string | null; why: string }, userId: string): Promise<boolean> {
    if (cohortId === null) return why !== 'admin' || (await this.users.admins()).includes(userId);
    const member = await this.asks.ask(cohortId, userId);
    return isOfStaff(why) ? member?.role === 'staff' : member !== null;
  }

  /** A notice as it stands for its reader at this moment. */
  async standingOf(
    row: Pick<NotificationRow, 'userId' | 'cohortId' | 'kind' | 'params' | 'readAt' | 'why'>,
  ): Promise<NoticeStanding> {
    const userId = String(row.userId);
    const told = { cohortId: row.cohortId ? String(row.cohortId) : null, why: row.why };
    if (!(await this.isWithin(told, userId))) return GONE;
    const read = { isGone: false, isRead: Boolean(row.readAt) };
    if (row.kind === 'request.asked') return (await this.isStillAsked(row, userId)) ? read : GONE;
    if (row.kind.startsWith('chat.') || row.kind === 'channel.added') return await this.ofChat(row, userId, read);
    if (row.kind.startsWith('topic.') || row.kind.startsWith('forum.')) return await this.ofForum(row, read);
    return (await this.times.hold(row)) ? read : GONE;
  }

  private async ofChat(
    { kind, params: { channelId, messageId, seq } }: Pick<NotificationRow, 'kind' | 'params'>,
    userId: string,
    read: NoticeStanding,
  ): Promise<NoticeStanding> {
    if (typeof channelId !== 'string') return read;
    const [mine, message] = await Promise.all([
      this.channels.standingOf(channelId, userId),
      QUOTES.has(kind) && typeof messageId === 'string' ? this.channels.message(channelId, messageId) : undefined,
    ]);
    if (!mine || message === null || message?.deletedAt) return GONE;
    const isNamed = message?.mentionsAll || message?.mentions.includes(userId);
    if (kind === 'chat.mentioned' && message && !isNamed) return GONE;
    return { isGone: false, isRead: read.isRead || (typeof seq === 'number' && mine.readSeq >= seq) };
  }

  private async ofForum(
    { params: { topicId, postId } }: Pick<NotificationRow, 'params'>,
    read: NoticeStanding,
  ): Promise<NoticeStanding> {
    const [topic, post] = await Promise.all([
      typeof topicId === 'string' ? this.topics.byId(topicId) : undefined,
      typeof postId === 'string' ? this.topics.post(postId) : undefined,
    ]);
    return topic === null || post === null || post?.body === null ? GONE : read;
  }

  /** What was asked of a craft is there for all to whom staff gave it, and for the staff, until one of them takes it. */
  private async isStillAsked(
    { why, params: { requestId } }: Pick<NotificationRow, 'why' | 'params'>,
    userId: string,
  ): Promise<boolean> {
    if (typeof requestId !== 'string') return true;
    const request = await this.requests.ask('requests', requestId);
    if (!request?.waiting || (request.ownerId !== null && request.ownerId !== userId)) return false;
    if (why !== 'craft' || request.ownerId === userId) return true;
    const member = await this.asks.ask(request.cohortId, userId);
    return member?.role === 'staff' || member?.craft === request.craft;
  }

  private async requestsOf(requestIds: readonly string[]): Promise<(RequestFacts | null)[]> {
    const requests = new Map((await this.asked.byIds([...new Set(requestIds)])).map((one) => [one.id, one]));
    return requestIds.map((id) => requests.get(id) ?? null);
  }

  private async membersAs(cohortId: string, userIds: readonly string[]): Promise<(MemberRef | null)[]> {
    const members = await this.members.list(cohortId, { userIds: [...new Set(userIds)] });
    const byId = new Map(members.map((member) => [member.userId, member]));
    return userIds.map((userId) => byId.get(userId) ?? null);
  }
}
