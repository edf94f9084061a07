import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { type Belonging, readableBy } from '../belonging.js';
import type { NotificationRow } from './notification.schema.js';

/** Where a page of the inbox begins: after this row. */
export interface InboxPlace {
  createdAt: Date;
  id: Types.ObjectId;
}

/** Of a notice, what says whether it may be read (`reach.ts`). */
export type UnreadRow = Pick<NotificationRow, '_id' | 'createdAt' | 'userId' | 'cohortId' | 'kind' | 'why' | 'params'>;

const ASKED = {
  ...{ createdAt: 1, userId: 1, cohortId: 1, kind: 1, why: 1 },
  ...{ 'params.channelId': 1, 'params.topicId': 1, 'params.postId': 1, 'params.requestId': 1, 'params.sessionId': 1 },
} as const;

const BEGINNING = new Date(0);
const EVER = new Date('9999-12-31T00:00:00.000Z');

/** The inbox among the rows of `notifications`: what may be a person's by cohort and role, newest first. */
@Injectable()
export class InboxRows {
  constructor(@InjectModel('Notification') private readonly notifications: Model<NotificationRow>) {}

  /** A page of a person's inbox, newest first: of these cohorts, and of none. */
  async page(
    userId: Types.ObjectId,
    belonging: Belonging,
    options: { unread: boolean; after: InboxPlace | null; limit: number },
  ): Promise<NotificationRow[]> {
    return await this.notifications
      .find({ ...inboxOf(userId, belonging, options.after), ...(options.unread && { readAt: null }) })
      .sort({ createdAt: -1, _id: -1 })
      .limit(options.limit)
      .lean<NotificationRow[]>();
  }

  /** What says of those unread ones whether they may be read, in the order of {@link page}. */
  async unread(
    userId: Types.ObjectId,
    belonging: Belonging,
    { after, limit }: { after: InboxPlace | null; limit: number },
  ): Promise<UnreadRow[]> {
    return await this.notifications
      .find({ ...inboxOf(userId, belonging, after), readAt: null }, ASKED)
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<UnreadRow[]>();
  }
}

/** Of a person's inbox, what lies behind a place and may be theirs by cohort and role. */
const inboxOf = (userId: Types.ObjectId, belonging: Belonging, after: InboxPlace | null) => ({
  userId,
  shown: true,
  ...readableBy(belonging),
  createdAt: { $gte: BEGINNING, $lte: after?.createdAt ?? EVER },
  ...(after && { $or: [{ createdAt: { $lt: after.createdAt } }, { _id: { $lt: after.id } }] }),
});
