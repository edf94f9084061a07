import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import type { NoticePlace, NotificationKind } from '../../contracts/notifications/notifications.js';
import { EVER, type TimePlace } from '../../infra/mongo/time-place.js';
import { type Belonging, readableBy } from '../belonging.js';
import type { NotificationRow } from './notification.schema.js';

/** Which of the three lists, at which instant, and what it is narrowed to. */
export interface InboxList {
  place: NoticePlace;
  now: Date;
  kinds?: readonly NotificationKind[];
  unread?: boolean;
}

/** Of a notice, what says whether it may be read (`reach.ts`). */
export type UnreadRow = Pick<NotificationRow, '_id' | 'at' | 'userId' | 'cohortId' | 'kind' | 'why' | 'params'>;

const ASKED = {
  ...{ at: 1, userId: 1, cohortId: 1, kind: 1, why: 1 },
  ...{ 'params.channelId': 1, 'params.topicId': 1, 'params.postId': 1, 'params.requestId': 1 },
  ...{ 'params.sessionId': 1, 'params.sessionIds': 1 },
} as const;

const BEGINNING = new Date(0);

/** The inbox among the rows of `notifications`: what may be a person's by cohort and role. */
@Injectable()
export class InboxRows {
  constructor(@InjectModel('Notification') private readonly notifications: Model<NotificationRow>) {}

  /** A page of one of a person's lists, newest first, of snoozed ones that which comes back first: of these cohorts, and of none. */
  async page(
    userId: Types.ObjectId,
    belonging: Belonging,
    list: InboxList,
    { after, limit }: { after: TimePlace | null; limit: number },
  ): Promise<NotificationRow[]> {
    return await this.notifications
      .find(listOf(userId, belonging, list, after))
      .sort(orderOf(list))
      .limit(limit)
      .lean<NotificationRow[]>();
  }

  /** What says of those unread ones whether they may be read, in the order of {@link page}. */
  async unread(
    userId: Types.ObjectId,
    belonging: Belonging,
    now: Date,
    { after, limit }: { after: TimePlace | null; limit: number },
  ): Promise<UnreadRow[]> {
    const list = { place: 'inbox', unread: true, now } as const;
    return await this.notifications
      .find(listOf(userId, belonging, list, after), ASKED)
      .sort(orderOf(list))
      .limit(limit)
      .lean<UnreadRow[]>();
  }
}

/**
 * What is not out of the inbox for a while. That `at` is past would say the same of the snoozed, but hide what another process told a moment ago, whose clock
 * is ahead of this one's.
 */
export const awake = (now: Date) => ({ snoozedUntil: { $not: { $gt: now } } });

const orderOf = ({ place }: InboxList): Record<'at' | '_id', 1 | -1> =>
  place === 'snoozed' ? { at: 1, _id: 1 } : { at: -1, _id: -1 };

/** Of one of a person's lists, what lies behind a place and may be theirs by cohort and role. */
function listOf(userId: Types.ObjectId, belonging: Belonging, list: InboxList, after: TimePlace | null) {
  const { place, now, kinds, unread } = list;
  const [least, most] = place === 'snoozed' ? [after?.at ?? now, EVER] : [BEGINNING, after?.at ?? EVER];
  const further = place === 'snoozed' ? '$gt' : '$lt';
  return {
    userId,
    shown: true,
    done: place === 'done',
    ...(place === 'snoozed' ? { snoozedUntil: { $gt: now } } : awake(now)),
    ...(unread && { readAt: null }),
    ...(kinds && { kind: { $in: [...kinds] } }),
    ...readableBy(belonging),
    at: { $gte: least, $lte: most },
    ...(after && { $or: [{ at: { [further]: after.at } }, { _id: { [further]: after.id } }] }),
  };
}
