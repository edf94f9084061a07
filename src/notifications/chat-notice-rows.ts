import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Clock } from '../common/clock.js';
import { idOf } from '../infra/mongo/ids.js';
import type { NotificationRow } from './notification.schema.js';

/** Keeps notices about chat true to the chat: read there is read here; who left a channel, and deleted words, leave no trace. */
@Injectable()
export class ChatNoticeRows {
  constructor(
    @InjectModel('Notification') private readonly notifications: Model<NotificationRow>,
    private readonly clock: Clock,
  ) {}

  /** What a person read in a channel, up to a place, is read in their inbox. */
  async read(userId: string, channelId: string, seq: number): Promise<void> {
    await this.notifications.updateMany(
      { userId: idOf(userId), shown: true, readAt: null, 'params.channelId': channelId, 'params.seq': { $lte: seq } },
      { $set: { readAt: this.clock.now() } },
    );
  }

  /** People who are out of a channel keep nothing of it. */
  async forget(userIds: readonly string[], channelId: string): Promise<void> {
    if (userIds.length === 0) return;
    await this.notifications.deleteMany({ userId: { $in: userIds.map(idOf) }, 'params.channelId': channelId });
  }

  /** A deleted message is no longer quoted. */
  async blank(userIds: readonly string[], key: string): Promise<void> {
    await this.notifications.updateMany(
      { userId: { $in: userIds.map(idOf) }, key },
      { $set: { 'params.excerpt': '', 'mail.state': 'skipped' } },
    );
  }
}
