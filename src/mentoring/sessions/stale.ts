import { type Problem, conflict } from '../../common/problem.js';
import type { SessionNow } from '../../contracts/mentoring/hand-overs.js';
import type { Session } from './sessions.repository.js';

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
