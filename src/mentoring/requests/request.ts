import { HOUR } from '../../common/times/clock.js';
import {
  type HelpRequest,
  REQUEST_HOURS,
  type RequestAct,
  type RequestState,
} from '../../contracts/mentoring/requests.js';
import type { Role } from '../../contracts/roles.js';

/** What the rules know of who acts. */
export interface Acting {
  userId: string;
  role: Role | 'admin';
  craft: string | null;
  cohortState?: 'running' | 'closed' | undefined;
}

/** What the rules know of a request. */
export interface Standing {
  askerId: string;
  /** Null: nobody of the craft has taken it, and staff own it. */
  ownerId: string | null;
  craft: string | null;
  state: RequestState;
  askedAt: Date;
  waitingSince: Date;
}

/** Somebody is to act on it. */
export const isWaiting = (state: RequestState): boolean => state === 'open' || state === 'asked_back';

/** Roles that may be asked, ask or take up what is asked of a craft: everybody but hosts. */
export const HELPING_ROLES: readonly Role[] = ['fellow', 'coach', 'staff', 'alumni'];

/** How somebody has to do with a request; null: it does not exist for them. A craft sees what is asked of it while nobody has it. */
export function partOf(acting: Acting, request: Standing): 'asker' | 'owner' | 'craft' | 'staff' | null {
  if (acting.role === 'host' || acting.role === 'admin') return null;
  if (acting.userId === request.askerId) return 'asker';
  if (acting.userId === request.ownerId) return 'owner';
  if (acting.role === 'staff') return 'staff';
  const isOfTheCraft = request.ownerId === null && request.craft !== null && acting.craft === request.craft;
  return isOfTheCraft && isWaiting(request.state) ? 'craft' : null;
}

/**
 * What somebody may do with a request now. Its owner answers it, and so may anybody of its craft while nobody has it (declining for a
 * whole craft is left to staff). Staff pass on what waits or was declined. Who asked may withdraw it while it waits, tell more when
 * asked, and take it to somebody else once it was declined or has waited for seven days. In a closed cohort nothing changes.
 */
export function abilities(acting: Acting, request: Standing, now: Date): HelpRequest['abilities'] {
  const part = acting.cohortState === 'closed' ? null : partOf(acting, request);
  const { state } = request;
  const open = state === 'open';
  const waits = isWaiting(state);
  const staffOwn = part === 'staff' && request.ownerId === null;
  const answers = part === 'owner' || part === 'craft' || staffOwn;
  const isStuck = state === 'declined' || (waits && now.getTime() >= limit(request.askedAt, 'others'));
  return {
    accept: waits && answers,
    decline: waits && (part === 'owner' || staffOwn),
    askBack: open && answers,
    passOn: part === 'staff' ? waits || state === 'declined' : (waits && answers) || (part === 'asker' && isStuck),
    tellMore: state === 'asked_back' && part === 'asker',
    withdraw: waits && part === 'asker',
    seeOthers: isStuck && (part === 'asker' || part === 'staff'),
  };
}

const limit = (from: Date, of: keyof typeof REQUEST_HOURS) => from.getTime() + REQUEST_HOURS[of] * HOUR;

/**
 * When something happens with a waiting request at the latest: its owner is reminded, then staff takes care, then others are offered.
 * The first of these limits that is not past; null when it is answered or all are past.
 */
export function expectedBy({ state, askedAt, waitingSince }: Standing, now: Date): Date | null {
  if (!isWaiting(state)) return null;
  const limits = [limit(waitingSince, 'nudge'), limit(askedAt, 'staff'), limit(askedAt, 'others')];
  const next = limits.filter((at) => at > now.getTime()).sort((a, b) => a - b)[0];
  return next === undefined ? null : new Date(next);
}

/** What an act writes. */
export interface Change {
  state: RequestState;
  waiting: boolean;
  ownerId: string | null;
  askedAt: Date;
  waitingSince: Date;
}

/**
 * A request after an act. Who takes it up or asks back owns it from then on. Taken to somebody else after it was declined, it is asked
 * anew; passed on while it waits, who asked has waited no less.
 */
export function after(
  request: Standing,
  act: Exclude<RequestAct, 'asked'>,
  by: { userId: string; toId?: string | null },
  now: Date,
): Change {
  const states: Record<Exclude<RequestAct, 'asked'>, RequestState> = {
    asked_back: 'asked_back',
    told_more: 'open',
    passed_on: 'open',
    // What waits for the one who asked goes on waiting for them.
    handed_over: request.state,
    accepted: 'accepted',
    declined: 'declined',
    withdrawn: 'withdrawn',
  };
  const takes = act === 'accepted' || act === 'asked_back' || act === 'declined';
  const gives = act === 'passed_on' || act === 'handed_over';
  const state = states[act];
  return {
    state,
    waiting: isWaiting(state),
    ownerId: gives ? (by.toId ?? null) : takes ? by.userId : request.ownerId,
    askedAt: act === 'passed_on' && request.state === 'declined' ? now : request.askedAt,
    waitingSince: now,
  };
}

/** Somebody who could help. `freeAt` is the start of their next free slot, in ms since the epoch. */
export interface Candidate {
  userId: string;
  craft: string | null;
  gives: readonly string[];
  freeAt: number | null;
  load: number;
}

const DAY = 24 * HOUR;
const MOST = 3;

/**
 * Three people at most who could help instead: of the craft asked for (or that of the person asked), or who give something of what that
 * person gives. Those with a free slot come first, by the day of it counted from now, then the least loaded, then the sooner.
 */
export function othersOf<T extends Candidate>(
  candidates: readonly T[],
  wanted: { craft: string | null; gives: readonly string[]; without: readonly string[] },
  now: number,
): T[] {
  const gives = new Set(wanted.gives);
  const fits = (one: T) =>
    !wanted.without.includes(one.userId) &&
    ((wanted.craft !== null && one.craft === wanted.craft) || one.gives.some((what) => gives.has(what)));
  const dayOf = (one: T) => (one.freeAt === null ? Infinity : Math.floor((one.freeAt - now) / DAY));
  const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);
  return candidates
    .filter(fits)
    .sort(
      (a, b) =>
        compare(dayOf(a), dayOf(b)) ||
        compare(a.load, b.load) ||
        compare(a.freeAt ?? Infinity, b.freeAt ?? Infinity) ||
        (a.userId < b.userId ? -1 : 1),
    )
    .slice(0, MOST);
}

/** Somebody who could take over what waits for one who leaves. */
export interface Successor {
  userId: string;
  role: Role;
  isOfTheCraft: boolean;
  load: number;
}

/** Coaches of the same craft come first, then other coaches, then the programme team; of each the least loaded first. Nobody else. */
export function successorsOf<T extends Successor>(members: readonly T[], leaverId: string): T[] {
  const rank = ({ role, isOfTheCraft }: T) => (role === 'staff' ? 2 : isOfTheCraft ? 0 : 1);
  return members
    .filter(({ userId, role }) => userId !== leaverId && (role === 'coach' || role === 'staff'))
    .sort((a, b) => rank(a) - rank(b) || a.load - b.load || (a.userId < b.userId ? -1 : 1));
}
