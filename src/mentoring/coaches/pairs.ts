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

/** The fellows of some pairs, each once. */
export const fellowsOf = (pairs: readonly string[]): string[] => [
  ...new Set(pairs.flatMap((pair) => pair.split(':')[1] ?? [])),
];

/** The coaches who handed a session over, in that order. */
export const formerCoachesOf = ({ history }: { history: readonly { fromCoachId?: Types.ObjectId | null }[] }) =>
  history.flatMap(({ fromCoachId }) => (fromCoachId ? [fromCoachId] : []));

/** The pairs of a session with those of the coaches who handed it over: what was written in it is found under these. */
export const pairsEver = (
  session: Coached & {
    participantIds: readonly Types.ObjectId[];
    history: readonly { fromCoachId?: Types.ObjectId | null }[];
  },
): string[] => [
  ...pairsOf(session),
  ...formerCoachesOf(session).flatMap((coachId) => session.participantIds.map((fellow) => pairOf(coachId, fellow))),
];

/** The pairs of a session: each coach with each participant. */
export function pairsOf(session: Coached & { participantIds: readonly Types.ObjectId[] }): string[] {
  const coaches = [session.coachId, ...(session.second ? [session.second.coachId] : [])];
  return coaches.flatMap((coachId) => session.participantIds.map((fellowId) => pairOf(coachId, fellowId)));
}
