import type { PutNotices } from '../../../../src/contracts/notifications/notifications';
import type { Notification } from '../../api/types';

/** The server takes so many at once. */
const AT_ONCE = 200;

/** Where notices are put; a snooze has its end. */
export type Move = { place: 'inbox' | 'done' } | { place: 'snoozed'; until: string };

/** What is sent to put some notices somewhere. */
export function putsOf(ids: readonly string[], move: Move): PutNotices[] {
  const puts: PutNotices[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) puts.push({ ...move, ids: ids.slice(from, from + AT_ONCE) });
  return puts;
}

/** What takes a move back: each of these notices stands again where it stood; one whose snooze would be over by now, in the inbox. */
export function undoOf(notices: readonly Notification[], now = Date.now()): PutNotices[] {
  const moves = new Map<string, { move: Move; ids: string[] }>();
  for (const { id, place, at } of notices) {
    const move = whereItStood(place, at, now);
    const key = move.place === 'snoozed' ? move.until : move.place;
    const known = moves.get(key);
    if (known) known.ids.push(id);
    else moves.set(key, { move, ids: [id] });
  }
  return [...moves.values()].flatMap(({ move, ids }) => putsOf(ids, move));
}

function whereItStood(place: Notification['place'], at: string, now: number): Move {
  if (place !== 'snoozed') return { place };
  return Date.parse(at) > now ? { place, until: at } : { place: 'inbox' };
}
