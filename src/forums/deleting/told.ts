import type { PostRow } from '../post.schema.js';

/** What others may know of a post: of a deleted one nothing that it said. */
export function told(row: PostRow): PostRow {
  if (!row.deletedAt) return row;
  const {
    attachments: _attachments,
    heading: _heading,
    quotes: _quotes,
    poll: _poll,
    staying: _staying,
    edition: _edition,
    reactions: _reactions,
    ...tombstone
  } = row;
  return { ...tombstone, body: null, mentions: [] };
}
