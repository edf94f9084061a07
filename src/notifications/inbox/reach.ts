import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../auth/users.repository.js';
import { partIn } from '../../mentoring/mentoring.policy.js';
import { partOf } from '../../mentoring/requests/request.js';
import { isOfAdmins, isOfStaff } from '../belonging.js';
import type { NotificationRow } from './notification.schema.js';
import { ToldThings } from './told-things.js';
import { ToldTimes } from './told-times.js';

/** How a notice stands now, whenever it was told. */
export interface NoticeStanding {
  /** Its reader may not see the thing any more, it is not there any more, or not as the notice says. */
  isGone: boolean;
  /** It was read: here, or where it happened, on any device. */
  isRead: boolean;
}

/** What of a notice says whether it is its reader's to read. */
export type AskedNotice = Pick<NotificationRow, 'userId' | 'cohortId' | 'kind' | 'params' | 'why'>;

const GONE: NoticeStanding = { isGone: true, isRead: false };

/** Their words are those of one message. */
const QUOTES = new Set<NotificationRow['kind']>(['chat.mentioned', 'chat.watched', 'chat.reminder']);

/**
 * Whether people may still see what they are told. Two questions: is it theirs to read now (`readable`: the inbox, its count, what is shown live), and, as a
 * mail, a push or a digest leaves, does it also still hold (`standingOf`): what is past stays in the inbox and disturbs nobody.
 */
@Injectable()
export class Reach {
  constructor(
    private readonly users: UsersRepository,
    private readonly things: ToldThings,
    private readonly times: ToldTimes,
  ) {}

  /**
   * Whoever is out of a cohort is told nothing of it, and who is not (any more) of the programme team or an admin nothing that reaches them for that. All else
   * that is of no cohort reaches everybody.
   */
  async isWithin({ cohortId, why }: { cohortId: string | null; why: string }, userId: string): Promise<boolean> {
    if (isOfAdmins(why) && !(await this.users.admins()).includes(userId)) return false;
    if (cohortId === null) return true;
    const member = await this.things.member(cohortId, userId);
    return isOfStaff(why) ? member?.role === 'staff' : member !== null;
  }

  /** A notice as it stands for its reader at this moment. */
  async standingOf(row: AskedNotice & Pick<NotificationRow, 'readAt' | 'snoozedUntil'>): Promise<NoticeStanding> {
    const userId = String(row.userId);
    const told = { cohortId: row.cohortId ? String(row.cohortId) : null, why: row.why };
    if (!(await this.isWithin(told, userId)) || (await this.isHidden(row)) || !(await this.holds(row))) return GONE;
    // Who snoozed it has seen it.
    return { isGone: false, isRead: Boolean(row.readAt ?? row.snoozedUntil) || (await this.isReadThere(row)) };
  }

  /**
   * Those of some notices that are about what their readers may see now: not a post that was deleted, a request that is none of theirs any more, a session that
   * went to another coach, a channel that they are out of. One query for each kind of thing, however many they are. Of what belongs to people by cohort or
   * role, `readableBy` says the same in the query.
   */
  async readable<Row extends AskedNotice>(rows: readonly Row[]): Promise<Row[]> {
    const hidden = await Promise.all(rows.map((row) => this.isHidden(row)));
    return rows.filter((_, index) => !hidden[index]);
  }

  private async isHidden({ userId, kind, why, params }: AskedNotice): Promise<boolean> {
    const reader = String(userId);
    const { channelId, topicId, postId, requestId, commonsPostId, askedTopicId, questionId } = params;
    const sessionIds = sessionsOf(params);
    if (typeof commonsPostId === 'string') return !(await this.things.commonsPost(commonsPostId, reader));
    if (typeof askedTopicId === 'string') return !(await this.things.commonsAsk(askedTopicId, reader));
    if (typeof questionId === 'string') return !(await this.isOfQuestion(questionId, why, reader));
    if (isOfChat(kind)) return typeof channelId === 'string' && !(await this.things.place(channelId, reader));
    if (isOfForum(kind)) {
      const [topic, post] = await Promise.all([
        typeof topicId === 'string' ? this.things.topic(topicId) : undefined,
        typeof postId === 'string' ? this.things.post(postId) : undefined,
      ]);
      return topic === null || post === null || post?.isDeleted === true;
    }
    if (typeof requestId === 'string') return !(await this.isOfRequest(requestId, reader));
    // Who gave it up is told so, and to whom.
    if (sessionIds.length > 0 && why !== 'coach_before') return !(await this.isOfOne(sessionIds, reader));
    return false;
  }

  /** Of the programme team by their role, of hosts as long as they host the project. */
  private async isOfQuestion(questionId: string, why: string, userId: string): Promise<boolean> {
    const question = await this.things.question(questionId);
    return question !== null && (isOfStaff(why) || question.hostIds.includes(userId));
  }

  private async isOfRequest(requestId: string, userId: string): Promise<boolean> {
    const request = await this.things.request(requestId);
    const member = request && (await this.things.member(request.cohortId, userId));
    return Boolean(member && partOf(member, request));
  }

  /** Of several as long as one of them is theirs. */
  private async isOfOne(sessionIds: readonly string[], userId: string): Promise<boolean> {
    const theirs = await Promise.all(sessionIds.map((id) => this.isOfSession(id, userId)));
    return theirs.includes(true);
  }

  private async isOfSession(sessionId: string, userId: string): Promise<boolean> {
    const session = await this.things.session(sessionId);
    if (!session) return false;
    if (partIn({ userId, role: 'fellow' }, session)) return true;
    const member = await this.things.member(session.cohortId, userId);
    return Boolean(member && partIn(member, session));
  }

  /** Whether it is still so; that which somebody must hear whatever became of it always is. */
  private async holds(row: AskedNotice): Promise<boolean> {
    const { kind, params, userId } = row;
    const { messageId, topicId, postId, requestId, questionId } = params;
    const reader = String(userId);
    if (QUOTES.has(kind) && typeof messageId === 'string') {
      const message = await this.things.message(messageId);
      const isNamed = message?.mentionsAll || message?.mentions.includes(reader);
      return message !== null && message.deletedAt === null && (kind !== 'chat.mentioned' || Boolean(isNamed));
    }
    if (kind === 'forum.mentioned' && typeof postId === 'string')
      return (await this.things.post(postId))?.mentions.includes(reader) ?? false;
    if (kind === 'topic.answered' && typeof topicId === 'string' && typeof postId === 'string')
      return (await this.things.topic(topicId))?.answerId === postId;
    if (kind === 'topic.thanked' && typeof topicId === 'string')
      return (await this.things.topic(topicId))?.answerId === null;
    if (kind === 'topic.asked' && typeof topicId === 'string') {
      const topic = await this.things.topic(topicId);
      return topic !== null && topic.state !== 'solved' && !topic.isClosed;
    }
    if (kind === 'request.asked' && typeof requestId === 'string') return await this.isStillAsked(requestId, reader);
    if (typeof questionId === 'string') return (await this.things.question(questionId))?.isAnswered === false;
    if (kind === 'workshop.hosting' && !(await this.times.hosted(row, reader)).includes(true)) return false;
    if (kind === 'workshop.hosting_ended' && !(await this.times.hosted(row, reader)).includes(false)) return false;
    return await this.times.hold(row);
  }

  /** What was asked of a craft is there for all to whom staff gave it, and for the staff, until one of them takes it. */
  private async isStillAsked(requestId: string, userId: string): Promise<boolean> {
    const request = await this.things.request(requestId);
    return Boolean(request?.waiting && (request.ownerId === null || request.ownerId === userId));
  }

  /** The message, or the post; of what has no place there only the inbox knows. */
  async isReadThere({ userId, kind, params }: AskedNotice): Promise<boolean> {
    const { channelId, seq, topicId, number } = params;
    const reader = String(userId);
    if (isOfChat(kind) && typeof channelId === 'string' && typeof seq === 'number')
      return ((await this.things.place(channelId, reader))?.readSeq ?? -1) >= seq;
    if (isOfForum(kind) && typeof topicId === 'string' && typeof number === 'number')
      return ((await this.things.stand(topicId, reader))?.readNumber ?? 0) >= number;
    return false;
  }
}

const sessionsOf = ({ sessionId, sessionIds }: AskedNotice['params']): string[] => {
  const named = sessionIds ?? sessionId;
  return typeof named === 'string' ? named.split(' ') : [];
};

const isOfChat = (kind: NotificationRow['kind']) => kind.startsWith('chat.') || kind === 'channel.added';

const isOfForum = (kind: NotificationRow['kind']) => kind.startsWith('topic.') || kind.startsWith('forum.');
