import type { AgendaItem } from '../contracts/calendar.js';
import type { AgendaEntry } from './agenda-entry.js';

type Entry = Pick<AgendaEntry, 'kind' | 'id' | 'startsAt' | 'endsAt' | 'status' | 'mine'>;

/** What takes my time: sessions that are to be, and workshops that I host or go to. Waiting for a place takes none. */
const takesTime = ({ kind, status, mine }: Entry): boolean =>
  kind === 'session'
    ? status === 'scheduled'
    : kind === 'workshop' && status === 'published' && (mine === 'going' || mine === 'host');

/** Of each entry of an agenda, by its id, the others that lie over it. Entries come in time order; those that lie over nothing are left out. */
export function overlapsIn(entries: readonly Entry[]): Map<string, AgendaItem['overlaps']> {
  const found = new Map<string, AgendaItem['overlaps']>();
  const note = (one: Entry, other: Entry) =>
    found.set(one.id, [...(found.get(one.id) ?? []), { kind: other.kind, id: other.id }]);
  let running: Entry[] = [];
  for (const entry of entries.filter(takesTime)) {
    running = running.filter(({ endsAt }) => endsAt > entry.startsAt);
    for (const other of running) {
      note(other, entry);
      note(entry, other);
    }
    running.push(entry);
  }
  return found;
}
