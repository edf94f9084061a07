import { HOUR, MINUTE } from '../../common/times/clock.js';
import type { AttendanceMark } from '../../contracts/workshops/workshops.js';
import {
  type Answer,
  type AttendanceAsk,
  HOLDS_A_PLACE,
  type Places,
  type Standing,
  refused,
} from '../registrations/places.js';

type Verdict = { kind: 'is'; status: AttendanceMark } | Extract<Answer, { kind: 'refused' }>;

/** When the code counts, in ms: from 15 minutes before the start until an hour after the end (not in it). */
export function checkInWindow({ startsAt, endsAt }: Pick<Places, 'startsAt' | 'endsAt'>): {
  from: number;
  until: number;
} {
  return { from: startsAt - 15 * MINUTE, until: endsAt + HOUR };
}

/**
 * When a mark was made, in ms by our clock. A device says when it made it (`at`) and when it sends it (`sentAt`), both by its own clock: only
 * the time between them counts. Without them: now.
 */
export function madeAt({ at, sentAt }: { at?: string | undefined; sentAt?: string | undefined }, now: Date): number {
  if (at === undefined || sentAt === undefined) return now.getTime();
  return now.getTime() - Math.max(0, Date.parse(sentAt) - Date.parse(at));
}

/**
 * How a place was used, or why that cannot be said.
 *
 * - Who gives the code was there: with a place, while the code counts, even if marked absent before.
 * - Who shows a pass to a host has the place that it was made for: no other one, and none that they gave back.
 * - To excuse oneself keeps the place in the books, unlike leaving, which gives it to the next. So one leaves while others wait for it
 *   before the start; else one may excuse oneself until the end, unless somebody has said before how it was, and take it back.
 * - Staff and hosts say it of anybody, without an end (lists are often written up later): who came from 15 minutes before the start on;
 *   who has no place and came gets one.
 */
export function attendance(places: Places, ask: AttendanceAsk, current: Standing | null): Verdict {
  if (places.state === 'draft') return refused('not_published');
  if (places.state === 'cancelled') return refused('cancelled');
  if (!current && places.hosts.has(ask.userId)) return refused('hosting');
  if (ask.kind === 'check_in') return checkedIn(places, current);
  if (ask.kind === 'scan') return scanned(places, ask.order, current);
  return ask.kind === 'excuse' ? excused(places, ask.excused, current) : marked(places, ask.as, current);
}

function checkedIn(places: Places, current: Standing | null): Verdict {
  const { from, until } = checkInWindow(places);
  if (places.now < from) return refused('too_early');
  if (places.now >= until) return refused('too_late');
  return hasPlace(current) ? is('attended') : refused('no_place');
}

function scanned(places: Places, order: number | null, current: Standing | null): Verdict {
  if (places.now < checkInWindow(places).from) return refused('too_early');
  if (!current || (order !== null && current.order !== order)) return refused('given_back');
  return hasTaken(current) ? is('attended') : refused('no_place');
}

function excused({ state, pools }: Places, yes: boolean, current: Standing | null): Verdict {
  if (state === 'over') return refused('over');
  if (!hasTaken(current)) return refused('no_place');
  if (current?.status === 'attended' || current?.status === 'absent') return refused('already_marked');
  if (!yes) return is('going');
  const others = current ? pools[current.mode].waitlisted : 0;
  return state === 'open' && current?.status === 'going' && others > 0 ? refused('others_wait') : is('excused');
}

function marked(places: Places, as: AttendanceMark, current: Standing | null): Verdict {
  const tellsWhoCame = as === 'attended' || as === 'absent';
  if (tellsWhoCame && places.now < checkInWindow(places).from) return refused('too_early');
  return as === 'attended' || hasTaken(current) ? is(as) : refused('no_place');
}

const hasPlace = (current: Standing | null): boolean => current !== null && HOLDS_A_PLACE.has(current.status);

/** A place that is held is nobody's yet: who was offered one can only have come. */
const hasTaken = (current: Standing | null): boolean => hasPlace(current) && current?.status !== 'offered';

const is = (status: AttendanceMark): Verdict => ({ kind: 'is', status });
