import type { Types } from 'mongoose';

/** The name under which what a coach and a fellow have together is found again: `<coachId>:<fellowId>`. */
export const pairOf = (coachId: Types.ObjectId, fellowId: Types.ObjectId) => `${String(coachId)}:${String(fellowId)}`;

/** Who coaches a session: one, or two together. */
interface Coached {
  coachId: Types.ObjectId;
  second?: { coachId: Types.ObjectId } | null;
}

/** The ids of the coaches of a session, the first one first. */
export const coachIdsOf = ({ coachId, second }: Coached): string[] => [
  String(coachId),
  ...(second ? [String(second.coachId)] : []),
];

/** The pairs of a session: each coach with each participant. */
export function pairsOf(session: Coached & { participantIds: readonly Types.ObjectId[] }): string[] {
  const coaches = [session.coachId, ...(session.second ? [session.second.coachId] : [])];
  return coaches.flatMap((coachId) => session.participantIds.map((fellowId) => pairOf(coachId, fellowId)));
}
