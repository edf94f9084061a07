import { Injectable } from '@nestjs/common';
import { Bookmarks } from '../../forums/bookmarks/bookmarks.service.js';
import { Notifier } from '../../notifications/notifier.js';
import type { ScheduledRow } from './scheduled.schema.js';

const KEY = /^bookmark:/;

/** Reminds people of what they keep in the forum, once for each time that they asked for. */
@Injectable()
export class BookmarkNotices {
  constructor(
    private readonly bookmarks: Bookmarks,
    private readonly notifier: Notifier,
  ) {}

  /** Nothing for a bookmark that is gone or has another time by now, and for what is not there any more. */
  async tell({ clientId, dueAt }: Pick<ScheduledRow, 'clientId' | 'dueAt'>): Promise<void> {
    const bookmarkId = clientId.replace(KEY, '');
    const bookmark = await this.bookmarks.toRemind(bookmarkId, dueAt);
    if (!bookmark) return;
    const { userId, cohortId, topicId, postId, number, title, note } = bookmark;
    await this.notifier.notify({
      userIds: [userId],
      cohortId,
      kind: 'forum.bookmark',
      params: { topicId, ...(postId && { postId }), title, note },
      link: `/c/${cohortId}/forum/${topicId}${number === null ? '' : `#post-${number}`}`,
      why: 'self',
      key: `bookmark-${bookmarkId}-${dueAt.getTime()}`,
    });
  }
}
