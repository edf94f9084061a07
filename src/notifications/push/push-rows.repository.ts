import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { type Belonging, readableBy } from '../belonging.js';
import type { NotificationRow } from '../inbox/notification.schema.js';

const BEGINNING = new Date(0);

/** The pushes of notices: rows of `notifications` whose `pushAt` says when they are to be looked at. */
@Injectable()
export class PushRows {
  constructor(@InjectModel('Notification') private readonly notifications: Model<NotificationRow>) {}

  async due(now: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.notifications
      .find({ pushAt: { $gte: BEGINNING, $lte: now } }, { _id: 1 })
      .sort({ pushAt: 1 })
      .limit(limit)
      .lean<{ _id: Types.ObjectId }[]>();
    return rows.map((row) => row._id);
  }

  /** Takes a notice for pushing until an instant. Null when it is not due, or in other hands. */
  async claim(_id: Types.ObjectId, now: Date, until: Date): Promise<NotificationRow | null> {
    return await this.notifications
      .findOneAndUpdate(
        { _id, pushAt: { $lte: now } },
        { $set: { pushAt: until }, $inc: { pushTries: 1 } },
        { returnDocument: 'after' },
      )
      .lean<NotificationRow>();
  }

  /** To be looked at again then. With `untried` that was no try. */
  async putBack(_id: Types.ObjectId, pushAt: Date, untried = false): Promise<void> {
    await this.notifications.updateOne({ _id }, { $set: { pushAt }, ...(untried && { $inc: { pushTries: -1 } }) });
  }

  async over(_id: Types.ObjectId): Promise<void> {
    await this.notifications.updateOne({ _id }, { $unset: { pushAt: 1 } });
  }

  /** A device has it: another try leaves it out. */
  async reached(_id: Types.ObjectId, loginId: Types.ObjectId): Promise<void> {
    await this.notifications.updateOne({ _id }, { $addToSet: { pushedTo: loginId } });
  }

  /** The newest unread ones of a person that they may read now. */
  async unread(userId: Types.ObjectId, belonging: Belonging, limit: number): Promise<string[]> {
    const rows = await this.notifications
      .find({ userId, shown: true, readAt: null, ...readableBy(belonging) }, { _id: 1 })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<{ _id: Types.ObjectId }[]>();
    return rows.map((row) => String(row._id));
  }
}
