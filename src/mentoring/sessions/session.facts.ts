import type { SessionFact } from '../mentoring.events.js';
import type { Subject } from '../mentoring.policy.js';
import type { Session } from './sessions.repository.js';

/** What events say of a session. */
export function factOf(session: Session, byId: string): SessionFact {
  return {
    cohortId: String(session.cohortId),
    sessionId: String(session._id),
    coachId: String(session.coachId),
    participantIds: session.participantIds.map(String),
    revision: session.revision,
    startsAt: session.startsAt.toISOString(),
    byId,
  };
}

/** What the policy asks of a session. */
export function subjectOf(session: Session): Subject {
  return {
    coachId: String(session.coachId),
    secondCoachId: session.second ? String(session.second.coachId) : null,
    participantIds: session.participantIds.map(String),
    status: session.status,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
  };
}
