import { type Problem, conflict } from '../../common/problem.js';
import type { SessionNow } from '../../contracts/mentoring/hand-overs.js';
import { type Asking, partIn } from '../mentoring.policy.js';
import { subjectOf } from './session.facts.js';
import type { Session } from './sessions.repository.js';

/**
 * Whether somebody hears what a session is by now: its people, staff, and the coach from whom it went over, as long as that is all that
 * happened since the revision `seen` on which they act. What became of it afterwards is not for them.
 */
export function hearsOf(asking: Asking, session: Session, seen: number | undefined): boolean {
  if (partIn(asking, subjectOf(session))) return true;
  const last = session.history.at(-1);
  return (
    last?.act === 'handed_over' && Boolean(last.fromCoachId?.equals(asking.userId)) && seen === session.revision - 1
  );
}

/** 409 `stale` for who acts on a session that is another by now, with what it is: `now`. */
export function staleFor(session: Session | null): Problem {
  return conflict('stale', 'It was changed meanwhile. Look again.', session ? { now: nowOf(session) } : {});
}

function nowOf({ coachId, status, startsAt, endsAt, revision }: Session): SessionNow {
  return {
    coachId: String(coachId),
    status,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    revision,
  };
}
