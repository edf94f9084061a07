import { type Problem, conflict, forbidden } from '../../common/problem.js';
import type { CohortActor } from '../../common/actor.js';
import type { ClosedHow } from '../../contracts/forum-states.js';
import type { TopicKind } from '../../contracts/forums.js';

/** What of a topic says what may be done with it; ids as texts. */
export interface TopicStanding {
  authorId: string;
  kind: TopicKind;
  closed: { how: ClosedHow; byId: string; why: string | null } | null;
}

/** What is done with a topic itself. */
export type TopicDeed = 'close' | 'reopen' | 'lock' | 'pin' | 'slow' | 'move' | 'merge' | 'duplicate';

const STAFF_ONLY = new Set<TopicDeed>(['lock', 'pin', 'slow', 'move', 'merge']);

/**
 * Why somebody may not do something with a topic; null where they may. Staff do all of it. Its author closes and reopens it, though not what staff closed, and says of which question
 * theirs is a duplicate.
 */
export function refusalOf(deed: TopicDeed, actor: CohortActor, topic: TopicStanding): Problem | null {
  const isStaff = actor.role === 'staff';
  if (!isStaff && (STAFF_ONLY.has(deed) || topic.authorId !== actor.userId)) return forbidden();
  const { closed } = topic;
  switch (deed) {
    case 'close':
      return closed && closedProblem(closed);
    case 'lock':
      return closed?.how === 'locked' ? closedProblem(closed) : null;
    case 'reopen':
      if (!closed) return conflict('topic_open', 'This topic is open already.');
      return isStaff || (closed.how !== 'locked' && closed.byId === actor.userId) ? null : forbidden();
    case 'duplicate':
      if (topic.kind !== 'question') return conflict('not_a_question', 'A discussion is no duplicate of a question.');
      return closed && (!isStaff || closed.how !== 'closed') ? closedProblem(closed) : null;
    case 'pin':
    case 'slow':
    case 'move':
    case 'merge':
      return null;
  }
}

/** Who replies to it: all while it is open, staff also where they locked it. */
export const mayReply = ({ role }: CohortActor, closed: TopicStanding['closed']): boolean =>
  closed === null || (closed.how === 'locked' && role === 'staff');

/** Who edits, deletes, votes and reacts in it: in a locked one, staff alone. */
export const mayTouch = ({ role }: CohortActor, closed: Pick<NonNullable<TopicStanding['closed']>, 'how'> | null) =>
  closed?.how !== 'locked' || role === 'staff';

/** 409 for a topic that is closed, with the reason that was given. */
export const closedProblem = ({ how, why }: Pick<NonNullable<TopicStanding['closed']>, 'how' | 'why'>): Problem =>
  how === 'locked'
    ? conflict('topic_locked', 'The programme team locked this topic.', { why })
    : conflict('topic_closed', 'This topic is closed.', { why });
