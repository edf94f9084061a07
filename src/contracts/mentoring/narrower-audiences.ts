import type { NoteAudience } from './mentoring.js';

/** The audiences that an audience may become: those whose readers are among its own. Without schemas, so that a page does not load the library of these for a table. */
export const NARROWER_AUDIENCES: Record<NoteAudience, readonly NoteAudience[]> = {
  me: ['me'],
  participants: ['participants', 'me'],
  team_and_coach: ['team_and_coach', 'participants', 'me'],
  staff: ['staff', 'me'],
};
