import type { Notification } from '../../api/types';
import { dayOf } from '../../time/format';
import { isUnread } from './inbox';

/** The server takes so many at once. */
const MAX_READ = 200;

/** What happened to one thing on one day: one line of the inbox. */
export interface Entry {
  /** Stays the same when a notice joins. */
  key: string;
  latest: Notification;
  /** What came before it on that day, newest first. */
  earlier: Notification[];
}

/**
 * The notices, newest first as they come, folded by day (of a zone) and by what they are about; an entry stands where its latest stands.
 * What is about nothing in particular stands by itself.
 */
export function entriesOf(notices: readonly Notification[], zone: string): Entry[] {
  const entries = new Map<string, Entry>();
  for (const notice of notices) {
    const { id, subject, at } = notice;
    const key = subject === null ? id : `${dayOf(at, zone).toString()} ${subject}`;
    const entry = entries.get(key);
    if (entry) entry.earlier.push(notice);
    else entries.set(key, { key, latest: notice, earlier: [] });
  }
  return [...entries.values()];
}

/** The ids of those that are not read yet, no more than are marked at once. */
export function unreadOf({ latest, earlier }: Entry): string[] {
  return [latest, ...earlier]
    .filter(isUnread)
    .slice(0, MAX_READ)
    .map(({ id }) => id);
}
