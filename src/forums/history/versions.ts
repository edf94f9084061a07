import type { Types } from 'mongoose';
import { MINUTE } from '../../common/times/clock.js';
import type { EditionRow, PostRow } from '../post.schema.js';
import type { PostVersionRow } from './post-version.schema.js';

/** What one changes again within this time is one edit. */
const TOGETHER = 2 * MINUTE;
/** So many versions of a post are kept, the one that it is among them. */
export const MAX_VERSIONS = 50;
/** The earlier ones take no more room than this. */
export const MAX_BYTES = 1_000_000;

/** Who edits, why, and when. */
export interface Edit {
  byId: Types.ObjectId;
  why: string | null;
  at: Date;
}

/** The edition that an edit makes after the one of now (none: what was written first). `goesOn`: it is that one still, and what it replaces is not kept. */
export function nextEdition(
  now: EditionRow | undefined,
  { byId, why, at }: Edit,
): { edition: EditionRow; goesOn: boolean } {
  if (now?.byId.equals(byId) && at.getTime() - now.begunAt.getTime() < TOGETHER)
    return { edition: { ...now, why: why ?? now.why ?? null }, goesOn: true };
  return { edition: { number: (now?.number ?? 1) + 1, byId, why, begunAt: at }, goesOn: false };
}

/** The version that an edit makes of a post, and the one that it replaces; null where it goes on with the edit before. */
export function editionAfter(
  post: Pick<PostRow, '_id' | 'authorId' | 'body' | 'attachments' | 'createdAt' | 'editedAt'> & {
    edition?: EditionRow;
  },
  edit: Edit,
): { edition: EditionRow; replaced: Omit<PostVersionRow, '_id'> | null } {
  const { edition: now, body: said, attachments = [] } = post;
  const { edition, goesOn } = nextEdition(now, edit);
  if (goesOn) return { edition, replaced: null };
  const body = said ?? '';
  const replaced = {
    ...{ postId: post._id, number: now?.number ?? 1, byId: now?.byId ?? post.authorId, why: now?.why ?? null },
    ...{ body, bytes: Buffer.byteLength(body), writtenAt: post.editedAt ?? post.createdAt },
    ...(attachments.length > 0 && { attachments }),
  };
  return { edition, replaced };
}

/** The numbers of the earlier versions for which there is no room: the first stays, and as many of the newest as fit beside it. `earlier` is in their order. */
export function beyondRoom(earlier: readonly Pick<PostVersionRow, 'number' | 'bytes'>[]): number[] {
  const [first, ...others] = earlier;
  let [room, places] = [MAX_BYTES - (first?.bytes ?? 0), MAX_VERSIONS - 2];
  const gone: number[] = [];
  for (const { number, bytes } of others.reverse()) {
    [room, places] = [room - bytes, places - 1];
    if (room < 0 || places < 0) gone.push(number);
  }
  return gone.reverse();
}
