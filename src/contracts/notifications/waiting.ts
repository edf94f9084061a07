import type { NotificationKind } from './notifications.js';

/** What waits for its reader: an answer, a place to take, something to write or to look at. */
const WAITING = new Set<NotificationKind>([
  'workshop.offered',
  'workshop.added',
  'workshop.feedback',
  'wish.planned',
  'slot.free',
  'request.asked',
  'request.question',
  'request.told',
  'request.reminder',
  'session.notes',
  'action.reminder',
  'contact.reminder',
  'letter.reminder',
  'topic.asked',
  'topic.reminder',
  'topic.thanked',
  'commons.asked',
  'commons.flagged',
  'application.message',
  'project.asked',
  'report.opened',
  'post.flagged',
  'message.unsent',
  'webhook.stopped',
  'mail.stopped',
  'mail.unreachable',
  'operation.alert',
]);

/** Whether a notice of this kind waits for its reader to do something. */
export const isWaiting = (kind: NotificationKind): boolean => WAITING.has(kind);

/** Whether its reader is named in what a notice of this kind tells. */
export const isMention = (kind: NotificationKind): boolean => kind.endsWith('.mentioned');
