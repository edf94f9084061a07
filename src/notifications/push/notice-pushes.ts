import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Alarms } from '../../infra/queue/alarms.js';
import { defineQueue } from '../../infra/queue/job-queues.js';
import { type Addressee, type Told, pushDueAt } from '../rules/delivery-rules.js';
import type { NotificationRow } from '../inbox/notification.schema.js';
import { type Channel, isPushed } from '../rules/preferences.js';
import { PushSubscriptionsRepository } from './push-subscriptions.repository.js';

/** The alarm of a notice's push; the row says whether it is due. */
export const noticePush = defineQueue<{ id: string }>('notice-push', 8);

/** Which notices are pushed to devices, and when. What is left out of the inbox on purpose is not pushed either. */
@Injectable()
export class NoticePushes {
  constructor(
    private readonly subscriptions: PushSubscriptionsRepository,
    private readonly alarms: Alarms,
  ) {}

  /** Null for what a person does not want pushed. */
  dueAt(notice: Told & { only?: readonly Channel[] }, person: Addressee, now: Date): Date | null {
    if (notice.only && !notice.only.includes('inbox')) return null;
    return isPushed(notice.kind, person.preferences) ? pushDueAt(notice, now, person) : null;
  }

  /** Before they are written: what belongs to people without a device is not to be pushed. */
  async onlyWithDevice(rows: readonly NotificationRow[]): Promise<void> {
    const marked = rows.filter((row) => row.pushAt);
    if (marked.length === 0) return;
    const people = new Map(marked.map((row) => [String(row.userId), row.userId]));
    const reachable = await this.subscriptions.whoOf([...people.values()]);
    for (const row of marked) if (!reachable.has(String(row.userId))) delete row.pushAt;
  }

  /** Sets the alarms of what is to be pushed. Nobody waits for it: turns of the workers find what has none. */
  arm(rows: readonly { _id: Types.ObjectId; pushAt?: Date | null }[]): void {
    for (const { _id, pushAt } of rows) if (pushAt) void this.alarms.set(noticePush, _id, pushAt);
  }
}
