import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter } from 'mongoose';
import { Clock } from '../../common/times/clock.js';
import type { NotificationsRead } from '../../contracts/notifications/notifications.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { awake } from './inbox-rows.repository.js';
import type { NotificationRow } from './notification.schema.js';

/** What was read where it happened, in chat or in the forum, is read in the inbox. What is snoozed comes back unread all the same: its person asked for that. */
@Injectable()
export class NoticesRead {
  constructor(
    @InjectModel('Notification') private readonly notifications: Model<NotificationRow>,
    private readonly clock: Clock,
    private readonly realtime: Realtime,
  ) {}

  /** Marks those of these as read that stand in an inbox, on all devices of their people. One query where there are none. */
  async read(
    which: QueryFilter<NotificationRow>,
    isRead: (row: Pick<NotificationRow, 'userId' | 'params'>) => boolean = () => true,
  ): Promise<void> {
    const readAt = this.clock.now();
    const found = await this.notifications
      .find({ $and: [which, { shown: true, readAt: null, ...awake(readAt) }] }, { userId: 1, 'params.seq': 1 })
      .lean<Pick<NotificationRow, '_id' | 'userId' | 'params'>[]>();
    const read = found.filter(isRead);
    if (read.length === 0) return;
    const ids = read.map(({ _id }) => _id);
    const userIds = [...new Set(read.map(({ userId }) => String(userId)))];
    await this.notifications.updateMany(
      { userId: { $in: userIds.map(idOf) }, _id: { $in: ids }, readAt: null, ...awake(readAt) },
      { $set: { readAt } },
    );
    for (const userId of userIds) {
      const theirs = read.filter((row) => String(row.userId) === userId).map(({ _id }) => String(_id));
      const told: NotificationsRead = { ids: theirs, before: null, readAt: readAt.toISOString() };
      this.realtime.emit(rooms.user(userId), 'notification.read', told);
    }
  }
}
