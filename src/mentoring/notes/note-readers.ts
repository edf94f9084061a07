import type { NoteAudience } from '../../contracts/mentoring/mentoring.js';
import { NARROWER_AUDIENCES } from '../../contracts/mentoring/narrower-audiences.js';

/** The people a note can be for, in ids, as they are at this moment. */
export interface Circle {
  authorId: string;
  /** One, or two together. */
  coachIds: readonly string[];
  participantIds: readonly string[];
  /** The fellows of the participants' projects: never hosts. */
  teamIds: readonly string[];
  staffIds: readonly string[];
}

/** Who reads a note of an audience; the author always does. Frozen when the note is saved. */
export function readersOf(audience: NoteAudience, circle: Circle): string[] {
  const { authorId, coachIds, participantIds, teamIds, staffIds } = circle;
  const readers: Record<NoteAudience, readonly string[]> = {
    me: [authorId],
    participants: [authorId, ...coachIds, ...participantIds],
    team_and_coach: [authorId, ...coachIds, ...participantIds, ...teamIds],
    staff: [authorId, ...staffIds],
  };
  return [...new Set(readers[audience])];
}

/**
 * The readers after a change of audience: those of the new one who were readers already, so that nobody is ever added. Null when the
 * audience would grow. The same audience keeps its readers.
 */
export function narrowed(
  from: { audience: NoteAudience; readers: readonly string[] },
  to: NoteAudience,
  circle: Circle,
): string[] | null {
  if (!NARROWER_AUDIENCES[from.audience].includes(to)) return null;
  if (from.audience === to) return [...from.readers];
  const allowed = new Set(readersOf(to, circle));
  return from.readers.filter((reader) => allowed.has(reader));
}
