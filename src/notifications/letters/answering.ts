import type { NotificationKind } from '../../contracts/notifications/notifications.js';
import type { Answered } from '../../infra/mail/mail-addresses.js';
import { threadKeyOf } from './mail-thread.js';
import type { NoticeParams } from '../inbox/notification.schema.js';

const TOPICS = new Set<NotificationKind>([
  'topic.opened',
  'topic.replied',
  'topic.answered',
  'topic.thanked',
  'topic.reminder',
  'forum.mentioned',
]);
/** A note of who takes part; what has been cancelled is not answered by one. */
const SESSIONS = new Set<NotificationKind>(['session.booked', 'session.moved', 'session.reminder', 'session.notes']);

/** What the mail of a notice can be answered to, null for most. */
export function answeredBy(notice: {
  kind: NotificationKind;
  params: NoticeParams;
  link: string;
}): { to: Answered; subjectId: string } | null {
  const { kind, params } = notice;
  const about = (to: Answered, id: NoticeParams[string] | undefined) =>
    typeof id === 'string' && id !== '' ? { to, subjectId: id } : null;
  if (TOPICS.has(kind)) return about('t', /^forum-(.+)$/.exec(threadKeyOf(notice) ?? '')?.[1]);
  // Of several there is no one note that would be the answer.
  if (params.several === 'true') return null;
  if (SESSIONS.has(kind)) return about('s', /^sessions-(.+)$/.exec(threadKeyOf(notice) ?? '')?.[1]);
  if (kind === 'chat.mentioned') return about('m', params.messageId);
  return kind === 'chat.direct' ? about('d', params.channelId) : null;
}
