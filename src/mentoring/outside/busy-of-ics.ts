import ICAL from 'ical.js';
import { cutAt } from '../../common/texts/cut.js';
import { type Stretch, merged } from '../availability/hours.js';
import { type IcsEntry, entryOf } from './ics-entries.js';
import { piecesOf } from './ics-pieces.js';
import { IcsZones } from './ics-zones.js';
import { blockedBy } from './occurrences.js';

/** What came of reading a calendar. */
export type BusyOfIcs =
  | { problem: 'not_a_calendar' | 'malformed' | 'too_much' }
  | {
      problem: null;
      /** What the calendar calls itself. */
      name: string | null;
      /** In time order, apart from each other, within the stretch asked for. */
      busy: Stretch[];
      /** Entries that could not be understood: they block nothing. */
      unreadable: number;
    };

/** For whom a calendar is read: `zone` is that of times without one; entries whose UID `isOwn` says are ours already count. */
export interface Reading {
  look: Stretch;
  zone: string;
  isOwn: (uid: string) => boolean;
}

const MAX_EVENTS = 20_000;
const MAX_STRETCHES = 50_000;

class TooMuch extends Error {}

/**
 * The times that an iCalendar text blocks (RFC 5545): several zones, recurrences with dates taken out, moved and added, whole days.
 * What is transparent or cancelled blocks nothing. One rule can be endless work, of an entry as of a zone: runs on a thread (`busy-thread.ts`).
 */
export function busyOf(text: string, { look, zone, isOwn }: Reading): BusyOfIcs {
  try {
    const pieces = piecesOf(text);
    if (!pieces) return { problem: 'not_a_calendar' };
    if (pieces.events.length > MAX_EVENTS) return { problem: 'too_much' };
    const name = nameIn(pieces.head);
    const zones = new IcsZones(zone, pieces.zones);
    const byUid = new Map<string, IcsEntry[]>();
    let unreadable = 0;
    for (const [index, block] of pieces.events.entries()) {
      try {
        const entry = entryOf(block, zones);
        const key = entry.uid || `nameless ${index}`;
        if (isOwn(entry.uid)) continue;
        const same = byUid.get(key);
        if (same) same.push(entry);
        else byUid.set(key, [entry]);
      } catch {
        unreadable += 1;
      }
    }
    const found: Stretch[] = [];
    for (const entries of byUid.values()) {
      try {
        found.push(...blockedBy(entries, look));
      } catch {
        unreadable += entries.length;
      }
      if (found.length > MAX_STRETCHES) throw new TooMuch();
    }
    if (unreadable > 0 && unreadable === pieces.events.length) return { problem: 'malformed' };
    return { problem: null, name, busy: tidy(found, look), unreadable };
  } catch (error) {
    return { problem: error instanceof TooMuch ? 'too_much' : 'malformed' };
  }
}

/** Whoever owns the calendar decides what it is called. */
const MAX_NAME = 200;

function nameIn(head: string): string | null {
  const name = new ICAL.Component(ICAL.parse(head) as unknown[]).getFirstPropertyValue('x-wr-calname');
  return typeof name === 'string' && name.trim() !== '' ? cutAt(name.trim(), MAX_NAME) : null;
}

const tidy = (found: readonly Stretch[], look: Stretch): Stretch[] => [
  ...merged(
    found
      .map(({ from, to }) => ({ from: Math.max(from, look.from), to: Math.min(to, look.to) }))
      .sort((a, b) => a.from - b.from),
  ),
];
