import type { Person } from '../../contracts/primitives.js';
import type { NoticePlace, Notification } from '../../contracts/notifications/notifications.js';
import { threadKeyOf } from '../letters/mail-thread.js';
import type { NotificationRow } from './notification.schema.js';
import { groupOf } from '../rules/preferences.js';
import { type Reader, noticeText } from '../words/words.js';

/** Where a notice stands at an instant. */
export function placeOf(
  { done, snoozedUntil }: Pick<NotificationRow, 'done' | 'snoozedUntil'>,
  now: Date,
): NoticePlace {
  if (done) return 'done';
  return snoozedUntil && snoozedUntil > now ? 'snoozed' : 'inbox';
}

/** A notice as its person reads it, in their language and zone, at an instant, with the faces of those who acted; the same over HTTP and the socket. */
export function toNotification(
  row: NotificationRow,
  reader: Reader,
  { now, faces }: { now: Date; faces: ReadonlyMap<string, Person> },
): Notification {
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
    by: faces.get(String(row.params.byId)) ?? null,
    createdAt: row.createdAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
    place: placeOf(row, now),
    at: row.at.toISOString(),
  };
}
