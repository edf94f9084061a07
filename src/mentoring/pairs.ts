import type { Types } from 'mongoose';

/** The name under which what a coach and a fellow have together is found again: `<coachId>:<fellowId>`. */
export const pairOf = (coachId: Types.ObjectId, fellowId: Types.ObjectId) => `${String(coachId)}:${String(fellowId)}`;

/** The pairs of a session: the coach with each participant. */
export function pairsOf(session: { coachId: Types.ObjectId; participantIds: readonly Types.ObjectId[] }): string[] {
  return session.participantIds.map((fellowId) => pairOf(session.coachId, fellowId));
}
