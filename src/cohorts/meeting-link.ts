import { randomBytes } from 'node:crypto';

/** 128 bits: a room's name that nobody can guess, in letters that every meeting service takes. */
const ROOM_BYTES = 16;

/** The name of a new room. */
export const newRoom = () => `cordee-${randomBytes(ROOM_BYTES).toString('hex')}`;

const ROOM = new RegExp(`cordee-[0-9a-f]{${2 * ROOM_BYTES}}`, 'g');

/** The same place with a new room, for those who stay when somebody was taken out and knows the old one; a link that people set by hand, or a fixed room, stays. */
export function inNewRoom(link: string): string {
  const room = newRoom();
  return link.replace(ROOM, () => room);
}

/**
 * Where people meet, by the cohort's pattern: `{session}` becomes the room's name for Jitsi and BigBlueButton, a fixed room is itself,
 * and null leaves it to them.
 */
export function meetingLink(
  meeting: { kind: string; pattern?: string | null | undefined },
  room = newRoom(),
): string | null {
  if (meeting.kind === 'none' || !meeting.pattern) return null;
  if (meeting.kind === 'fixed') return meeting.pattern;
  return meeting.pattern.replaceAll('{session}', room);
}
