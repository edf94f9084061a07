import type { CohortActor } from '../common/actor.js';
import type { SessionStatus } from '../contracts/mentoring/mentoring.js';
import { abilities } from '../mentoring/mentoring.policy.js';
import type { AgendaEntry } from './agenda-entry.js';

/** Who wants to move something, as they are in its cohort. */
export type Mover = Pick<CohortActor, 'userId' | 'role' | 'cohortState'>;

/**
 * Whether somebody may give an entry another time: a workshop that lies ahead, by staff and its hosts; a session, by whom its own rule lets;
 * a milestone moves where it is made.
 */
export function mayMove(entry: AgendaEntry, mover: Mover, now: Date): boolean {
  if (entry.kind === 'milestone' || mover.cohortState !== 'running') return false;
  const { startsAt, endsAt, status, peopleIds } = entry;
  if (entry.kind === 'workshop') {
    const manages = mover.role === 'staff' || peopleIds.includes(mover.userId);
    return manages && status === 'published' && startsAt > now;
  }
  const [coachId = '', ...participantIds] = peopleIds;
  const subject = { coachId, participantIds, status: status as SessionStatus, startsAt, endsAt };
  return startsAt > now && abilities(mover, subject, now).reschedule;
}
