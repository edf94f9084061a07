import type { Notification } from '../../contracts/notifications/notifications.js';
import { threadKeyOf } from '../letters/mail-thread.js';
import type { NotificationRow } from './notification.schema.js';
import { groupOf } from '../rules/preferences.js';
import { type Reader, noticeText } from '../words/words.js';

/** A notice as its person reads it, in their language and zone; the same over HTTP and the socket. */
export function toNotification(row: NotificationRow, reader: Reader): Notification {
  const { title, body } = noticeText(row, reader);
  return {
    id: String(row._id),
    cohortId: row.cohortId ? String(row.cohortId) : null,
    kind: row.kind,
    title,
    body,
    params: row.params,
    link: row.link,
    why: row.why,
    group: groupOf(row.kind),
    subject: threadKeyOf(row),
    createdAt: row.createdAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
  };
}
