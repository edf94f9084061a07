import { type BusyOfIcs, type Reading, busyOf } from './busy-of-ics.js';

/** What runs on a thread: {@link busyOf}, of a text that somebody elsewhere wrote. `host`: that of our own entries. */
export const busyIn = ({
  text,
  host,
  ...of
}: Pick<Reading, 'look' | 'zone'> & { text: string; host: string }): BusyOfIcs =>
  busyOf(text, { ...of, isOwn: (uid) => isOwn(uid, host) });

/** What we sent there by invitation or feed comes back with our own names. */
const isOwn = (uid: string, host: string): boolean =>
  /^(workshop|session|milestone)-[0-9a-f]{24}@/.test(uid) && uid.endsWith(`@${host}`);
