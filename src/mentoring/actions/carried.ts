import type { CohortActor } from '../../common/actor.js';
import type { ActionRow } from './action.schema.js';
import { pairsOf } from '../coaches/pairs.js';
import type { Session } from '../sessions/sessions.repository.js';

/**
 * Whether an action of another session is carried into this one: still open, written before this one began, by the same coach with one
 * of its participants, and owned by somebody who is there.
 */
export function carriedInto(
  action: Pick<ActionRow, 'sessionId' | 'state' | 'createdAt' | 'pairs' | 'ownerId'>,
  session: Pick<Session, '_id' | 'coachId' | 'second' | 'participantIds' | 'people' | 'startsAt' | 'status'>,
): boolean {
  return (
    action.state === 'open' &&
    !action.sessionId.equals(session._id) &&
    session.status !== 'cancelled' &&
    action.createdAt < session.startsAt &&
    session.people.some((person) => person.equals(action.ownerId)) &&
    pairsOf(session).some((pair) => action.pairs.includes(pair))
  );
}

/**
 * Whether somebody sees an action, and so may count it: who was in its session, and staff. A session of several people carries what is open
 * of each pair of them, of which the others were not.
 */
export const seesAction = (
  reader: Pick<CohortActor, 'userId'> & Partial<Pick<CohortActor, 'role'>>,
  action: Pick<ActionRow, 'people'>,
): boolean => reader.role === 'staff' || action.people.some((person) => person.equals(reader.userId));
