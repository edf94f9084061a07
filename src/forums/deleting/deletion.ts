import type { CohortActor } from '../../common/actor.js';
import { DAY } from '../../common/times/clock.js';
import type { PostRow } from '../post.schema.js';
import type { TopicRow } from '../topic.schema.js';

/** So long what was deleted can be restored; then it is gone for good. */
export const KEPT = 30 * DAY;

/** What of a deletion says who may take it back; ids as texts. */
export interface Deletion {
  authorId: string;
  /** Null for one from before this was kept. */
  byId: string | null;
  /** Since when its words are kept; null once they are gone. */
  keptSince: Date | null;
  /** It was hidden because it was flagged: who wrote it does not decide that, be they staff. */
  hidden?: boolean;
  /** Its topic is gone, too, and it was staff who deleted that. */
  topicRemoved?: boolean;
}

/** Can anybody take it back? */
export const isKept = ({ keptSince }: Pick<Deletion, 'keptSince'>, now: Date): boolean =>
  keptSince !== null && now.getTime() - keptSince.getTime() <= KEPT;

/** Staff restore what anybody deleted, authors what they deleted themselves, for 30 days. */
export function mayRestore(actor: CohortActor, deletion: Deletion, now: Date): boolean {
  const { authorId, byId, hidden = false, topicRemoved = false } = deletion;
  const isAuthor = authorId === actor.userId;
  if (hidden && isAuthor) return false;
  const isOwn = isAuthor && byId === actor.userId && !topicRemoved;
  return isKept(deletion, now) && (actor.role === 'staff' || isOwn);
}

/** Does a post that one may restore bring its deleted topic back? For staff, for who deleted the topic, and for who asks with a question of their own. */
export function mayRevive(
  actor: CohortActor,
  { ended }: Pick<TopicRow, 'ended'>,
  { number, authorId }: Pick<PostRow, 'number' | 'authorId'>,
): boolean {
  const isOwnQuestion = number === 1 && String(authorId) === actor.userId;
  return actor.role === 'staff' || String(ended?.byId) === actor.userId || isOwnQuestion;
}
