import { Injectable } from '@nestjs/common';
import { Deliveries } from '../../infra/deliveries/deliveries.js';
import { type Addressee, type Told, pushDueAt } from '../rules/delivery-rules.js';
import type { NotificationRow } from '../inbox/notification.schema.js';
import { NotificationsRepository } from '../inbox/notifications.repository.js';
import { type Channel, isPushed } from '../rules/preferences.js';
import { insertAhead } from '../letters/insert-ahead.js';
import { PushSubscriptionsRepository } from './push-subscriptions.repository.js';

/** A notice that is to be pushed. */
export interface PlannedPush {
  row: NotificationRow;
  dueAt: Date;
}

/** How pushes leave. */
export const pushDeliveries = { name: 'push', way: 'pushes' } as const;

/** Which notices are pushed to devices, and when. What is left out of the inbox on purpose is not pushed either. */
@Injectable()
export class NoticePushes {
  constructor(
    private readonly subscriptions: PushSubscriptionsRepository,
    private readonly deliveries: Deliveries,
    private readonly notifications: NotificationsRepository,
  ) {}

  /** Null for what a person does not want pushed. */
  dueAt(notice: Told & { only?: readonly Channel[] }, person: Addressee, now: Date): Date | null {
    if (notice.only && !notice.only.includes('inbox')) return null;
    return isPushed(notice.kind, person.preferences) ? pushDueAt(notice, now, person) : null;
  }

  /** Inserts notices that are not there yet, and returns them, with the pushes of those that are for people with a device before them. */
  async ahead(pushes: readonly PlannedPush[], insert: () => Promise<NotificationRow[]>): Promise<NotificationRow[]> {
    const { deliveries, notifications } = this;
    return await insertAhead({ deliveries, notifications }, pushDeliveries, await this.withDevice(pushes), insert);
  }

  private async withDevice(pushes: readonly PlannedPush[]): Promise<PlannedPush[]> {
    if (pushes.length === 0) return [];
    const people = new Map(pushes.map(({ row }) => [String(row.userId), row.userId]));
    const reachable = await this.subscriptions.whoOf([...people.values()]);
    return pushes.filter(({ row }) => reachable.has(String(row.userId)));
  }
}
