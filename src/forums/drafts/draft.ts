import type { ForumDraft } from '../../contracts/forum-drafts.js';
import { DAY } from '../../common/times/clock.js';
import { presentAttachment } from '../../files/attachment.js';
import type { ForumDraftRow } from './draft.schema.js';

/** So long what somebody began is kept after they last wrote in it. */
export const KEPT_DRAFT = 90 * DAY;

/** What a draft is of, by its key: a topic of the forum, a post, or a cohort. */
export function placeOfKey(key: string): { topicId: string } | { postId: string } | { cohortId: string } {
  const [what, id = ''] = key.split('-');
  if (what === 'topic') return { topicId: id };
  return what === 'edit' ? { postId: id } : { cohortId: id };
}

/** A draft as it goes out to its person. */
export const presentDraft = (row: ForumDraftRow): ForumDraft => ({
  ...{ key: row.key, revision: row.revision, kind: row.kind, title: row.title, tags: row.tags, body: row.body },
  poll: row.poll ?? null,
  edit: row.edit ?? null,
  attachments: row.attachments.map(presentAttachment),
  changedAt: row.changedAt.toISOString(),
  keptUntil: new Date(row.changedAt.getTime() + KEPT_DRAFT).toISOString(),
});
