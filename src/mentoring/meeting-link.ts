import { randomBytes } from 'node:crypto';

/** 128 bits: a room's name that nobody can guess, in letters that every meeting service takes. */
const ROOM_BYTES = 16;

/**
 * Where a session meets, by the cohort's pattern: `{session}` becomes a new room's name for Jitsi and BigBlueButton, a fixed room is
 * itself, and null leaves it to the coach.
 */
export function meetingLink(meeting: { kind: string; pattern?: string | null | undefined }): string | null {
  if (meeting.kind === 'none' || !meeting.pattern) return null;
  if (meeting.kind === 'fixed') return meeting.pattern;
  return meeting.pattern.replaceAll('{session}', `cordee-${randomBytes(ROOM_BYTES).toString('hex')}`);
}
