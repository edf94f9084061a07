import type { NotificationKind } from '../../contracts/notifications/notifications.js';
import type { NoticeParams } from '../inbox/notification.schema.js';

/** What people write in a topic that one follows, or is named in. What we remind of says so in its subject. */
const OF_TOPICS = new Set<NotificationKind>(['topic.opened', 'topic.replied', 'topic.answered', 'forum.mentioned']);

const PAGE = /^\/c\/([0-9a-f]{24})\/forum\/([0-9a-f]{24})(?:#post-(\d+))?$/;

/** A topic as a mailing list. `isFirst`: the mail is about the post with which it begins, and all others answer it. */
export interface TopicList {
  cohortId: string;
  topicId: string;
  isFirst: boolean;
}

/** The topic that a mail is about; null for all other mails. */
export function topicListOf({ kind, link }: { kind: NotificationKind; link: string }): TopicList | null {
  const [, cohortId, topicId, number] = PAGE.exec(link) ?? [];
  if (!OF_TOPICS.has(kind) || !cohortId || !topicId) return null;
  return { cohortId, topicId, isFirst: number === '1' && kind !== 'topic.answered' };
}

/** One subject for all mails of a topic: some programs put together only what has the same one. Null where it has no words. */
export function subjectIn({ isFirst }: TopicList, { title }: NoticeParams): string | null {
  const words = typeof title === 'string' ? title.trim() : '';
  if (words === '') return null;
  return isFirst ? words : `Re: ${words}`;
}

/** The headers of a list (RFC 2919, RFC 2369): which it is, and where all of it is kept. */
export function listHeaders({ cohortId, topicId }: TopicList, publicUrl: string): Record<string, string> {
  return {
    'List-Id': `<${topicId}.forum.${new URL(publicUrl).hostname}>`,
    'List-Archive': `<${new URL(`/c/${cohortId}/forum/${topicId}`, publicUrl).href}>`,
  };
}
