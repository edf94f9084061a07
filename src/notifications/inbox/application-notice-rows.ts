import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { idOf } from '../../infra/mongo/ids.js';
import type { NotificationRow } from './notification.schema.js';

/** Up to which message about a file somebody was told, and up to which they have read that. */
export interface ToldPlace {
  told: number;
  read: number;
}

const NOWHERE: ToldPlace = { told: 0, read: 0 };
const keysOf = (applicationId: string) => `application-messages-${applicationId}-`;

/** Names the notice of what was written about a file after a place: it grows under that name until it is read. */
export const applicationKey = (applicationId: string, place: number) => `${keysOf(applicationId)}${place}`;

/** The place that such a name says: what comes before it was read as it was given. */
const placeIn = (key: string, applicationId: string) => Number(key.slice(keysOf(applicationId).length)) || 0;

/** The notices of messages about files of a call. */
@Injectable()
export class ApplicationNoticeRows {
  constructor(@InjectModel('Notification') private readonly notifications: Model<NotificationRow>) {}

  /**
   * Where each of these people stands with the messages about a file. What was read stays so while its notice is snoozed, which comes back unread: what is written then
   * has a notice of its own. One query, whoever they are.
   */
  async placesOf(applicationId: string, userIds: readonly string[]): Promise<Map<string, ToldPlace>> {
    const places = new Map(userIds.map((userId) => [userId, NOWHERE]));
    if (userIds.length === 0) return places;
    const rows = await this.notifications
      .find(
        { userId: { $in: userIds.map(idOf) }, key: new RegExp(`^${keysOf(applicationId)}`) },
        { userId: 1, key: 1, readAt: 1, 'before.readAt': 1, 'params.upTo': 1 },
      )
      .lean<Pick<NotificationRow, 'userId' | 'key' | 'readAt' | 'before' | 'params'>[]>();
    for (const { userId, key, readAt, before, params } of rows) {
      const { told, read } = places.get(String(userId)) ?? NOWHERE;
      const upTo = Number(params.upTo) || 0;
      const place = (readAt ?? before?.readAt) ? upTo : placeIn(key, applicationId);
      places.set(String(userId), { told: Math.max(told, upTo), read: Math.max(read, place) });
    }
    return places;
  }
}
