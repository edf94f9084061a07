import type { Deliveries, Way } from '../../infra/deliveries/deliveries.js';
import type { NotificationKind } from '../../contracts/notifications/notifications.js';
import type { NotificationRow } from '../inbox/notification.schema.js';
import type { NotificationsRepository } from '../inbox/notifications.repository.js';

/** A notice of the person to whom it goes; `kind` as it was told first. */
export interface AboutNotice {
  key: string;
  kind: NotificationKind;
}

/** How a notice leaves, once for its person and key; `again`: beside a delivery of before, which may be over. */
export const deliveryOf = ({ userId, key, kind }: NotificationRow, dueAt: Date, again?: string) => ({
  key: [String(userId), key, ...(again === undefined ? [] : [again])].join(' '),
  ...{ of: userId, about: { key, kind }, dueAt },
});

/** Inserts notices that are not there yet, and returns them, with the deliveries of those that have one planned before them. */
export async function insertAhead(
  { deliveries, notifications }: { deliveries: Deliveries; notifications: NotificationsRepository },
  way: Way,
  planned: readonly { row: NotificationRow; dueAt: Date }[],
  insert: () => Promise<NotificationRow[]>,
): Promise<NotificationRow[]> {
  if (planned.length === 0) return await insert();
  const first = planned.map(({ row, dueAt }) => deliveryOf(row, dueAt));
  return await deliveries.writeAhead<AboutNotice, NotificationRow[]>(way, first, async (keys) => {
    const keyOf = ({ row, dueAt }: (typeof planned)[number]) => deliveryOf(row, dueAt).key;
    const before = planned.map(keyOf).filter((key) => !keys.has(key));
    if (before.length === 0) return await insert();
    // Another process tells the same at this moment, or it was told before.
    const joined = await deliveries.join(way, before);
    const over = planned.filter((one) => !keys.has(keyOf(one)) && !joined.has(keyOf(one)));
    if (over.length === 0) return await insert();
    // Told before, and forgotten since. Of two mails at once the notice lets one leave; of a push that comes twice a device shows one.
    const there = await notifications.there(over.map(({ row }) => row));
    const again = over.flatMap(({ row, dueAt }) => (there(row) ? [] : [deliveryOf(row, dueAt, String(row._id))]));
    return await deliveries.writeAhead<AboutNotice, NotificationRow[]>(way, again, insert);
  });
}
