import { HOUR } from '../common/clock.js';
import type { NotificationKind } from '../contracts/notifications.js';
import type { NoticeParams } from './notification.schema.js';
import { type Quiet, afterQuiet, canWait } from './preferences.js';

/** A mail about chat goes only to who has not read it in the app meanwhile. */
const CHAT_MAIL_AFTER_MS = 2 * HOUR;

/** When the mail of a notice leaves: what can wait leaves after the quiet, unless the thing it is about would have begun by then. */
export function mailDueAt(notice: { kind: NotificationKind; params: NoticeParams }, now: Date, quiet: Quiet): Date {
  const soonest = notice.kind.startsWith('chat.') ? new Date(now.getTime() + CHAT_MAIL_AFTER_MS) : now;
  return afterQuietUnlessLate(notice, soonest, quiet);
}

/** When a mail that is about to leave may leave: now, or later when the person wanted quiet meanwhile. */
export const mailMayLeaveAt = (
  notice: { kind: NotificationKind; params: NoticeParams },
  now: Date,
  quiet: Omit<Quiet, 'quietHours'>,
): Date => afterQuietUnlessLate(notice, now, { ...quiet, quietHours: null });

function afterQuietUnlessLate(
  { kind, params: { startsAt } }: { kind: NotificationKind; params: NoticeParams },
  soonest: Date,
  quiet: Quiet,
): Date {
  if (!canWait(kind)) return soonest;
  const later = afterQuiet(soonest, quiet);
  return typeof startsAt === 'string' && later.getTime() >= Date.parse(startsAt) ? soonest : later;
}
