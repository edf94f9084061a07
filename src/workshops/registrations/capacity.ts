import type { AttendanceMode, RegistrationStatus } from '../../contracts/workshops/workshops.js';
import { attendance } from '../attendance/attendance.js';
import { BatchState } from './batch-state.js';
import {
  type Answer,
  type Ask,
  type AttendanceAsk,
  HOLDS_A_PLACE,
  type Over,
  type Places,
  type Refusal,
  type Settlement,
  type Standing,
  type TeamAsk,
  refused,
  stands,
} from './places.js';

const NOT_OPEN: Record<Exclude<Places['state'], 'open'>, Refusal> = {
  draft: 'not_published',
  cancelled: 'cancelled',
  started: 'started',
  over: 'over',
};
/** Whoever was there, or was missed, does not undo that by leaving. */
const WAS_SEEN: ReadonlySet<RegistrationStatus> = new Set(['attended', 'absent']);

/**
 * One decision over a batch of asks, in their order. First the clock is looked at: offers that were not answered in time lapse. Free
 * places go to the longest waiting, each once: given at once, or held for them until they accept, never beyond the start. A team that
 * waits together moves up together: what is free is kept for it until there is enough for all, up to a day before the start; then each
 * goes alone. Nobody is promoted after the start, nor anybody in `gone` (no member any more: out of the line). Who goes over to the
 * line of the other way to take part stands behind who waits there: it is the later wish for it.
 *
 * @param standings where the askers (and their teams) stand now, and everybody for whom a place is held
 * @param line who waits, in order; as many as may get a place
 */
export function settle(
  places: Places,
  standings: readonly Standing[],
  line: readonly Standing[],
  asks: readonly Ask[],
  gone: ReadonlySet<string> = new Set(),
): Settlement {
  return new BatchDecision(places, new BatchState(places, standings, line, gone)).settle(asks);
}

class BatchDecision {
  constructor(
    private readonly places: Places,
    private readonly state: BatchState,
  ) {}

  settle(asks: readonly Ask[]): Settlement {
    this.state.lapse();
    this.state.fill();
    const answers = asks.map((ask) => this.answer(ask));
    const { pools, lastOrder, short } = this.state;
    return {
      answers: answers.map((answer, index) => this.atLast(answer, asks[index])),
      changes: this.state.changes(),
      pools,
      lastOrder,
      short,
    };
  }

  private answer(ask: Ask): Answer {
    if (ask.kind === 'join') return this.join(ask);
    if (ask.kind === 'join_team') return this.joinTeam(ask);
    if (ask.kind === 'admit') return this.admit(ask);
    if (ask.kind === 'accept') return this.accept(ask);
    if (ask.kind === 'leave') return this.leave(ask);
    return ask.kind === 'look' ? { kind: 'left' } : this.attend(ask);
  }

  private join({ userId, mode: wish, fits, guest, over }: Extract<Ask, { kind: 'join' }>): Answer {
    const { state, offersOnline, hosts } = this.places;
    if (state === 'cancelled' || state === 'draft') return refused(NOT_OPEN[state]);
    const current = this.state.standing(userId);
    const mode = wish ?? current?.mode ?? 'onsite';
    if (current?.mode === mode) return stands(current);
    if (mode === 'online' && !offersOnline) return refused('not_offered');
    if (state !== 'open') return refused(NOT_OPEN[state]);
    if (hosts.has(userId)) return refused('hosting');
    const barrier = current ? null : (this.barrier(fits) ?? this.guestBarrier([userId], mode, guest));
    if (barrier) return refused(barrier);
    // Who waits, or has not accepted yet, may have planned something else since.
    const clash = current && hasPlace(current) ? null : clashOf([userId], over);
    if (clash) return refused(clash);
    const hasRoom = this.hasRoomFor(1, mode);
    if (current && HOLDS_A_PLACE.has(current.status) && !hasRoom) return refused('full');
    if (current) this.state.release(current);
    const order = hasRoom ? (current?.order ?? null) : null;
    return this.seat({ userId, mode, hasRoom, order, party: null, guest: current?.guest ?? guest });
  }

  /** Those of the team who do not stand yet: all get a place, or all wait together. Hosts of the workshop need none. */
  private joinTeam({ userId, others, mode: wish, fits, guest, over }: TeamAsk): Answer {
    const { state, offersOnline, hosts } = this.places;
    const mode = wish ?? this.state.standing(userId)?.mode ?? 'onsite';
    if (state !== 'open') return refused(NOT_OPEN[state]);
    if (mode === 'online' && !offersOnline) return refused('not_offered');
    if (hosts.has(userId)) return refused('hosting');
    const coming = [userId, ...others].filter((one) => !hosts.has(one) && !this.state.standing(one));
    const barrier =
      coming.length > 0
        ? (this.barrier(fits) ?? this.guestBarrier(coming, mode, guest) ?? clashOf(coming, over))
        : null;
    if (barrier) return refused(barrier);
    if (coming.length > 1 && coming.length > this.state.open(mode)) return refused('team_too_large');
    const hasRoom = this.hasRoomFor(coming.length, mode);
    // Its first number names it: who of the team comes later does not pass those in between.
    const party = coming.length === 1 ? null : this.state.lastOrder + 1;
    const standings = coming.map((one) => this.standingOf({ userId: one, mode, hasRoom, order: null, party, guest }));
    standings.forEach((one) => this.state.place(one));
    for (const one of coming) if (one !== userId) this.state.note(one, userId);
    this.state.fill();
    const mine = this.state.standing(userId);
    return mine ? stands(mine) : { kind: 'left' };
  }

  /** One of the places that hosts keep; who waits need wait no more. */
  private admit({ userId, byId }: Extract<Ask, { kind: 'admit' }>): Answer {
    const { state, hosts } = this.places;
    if (state !== 'open') return refused(NOT_OPEN[state]);
    if (hosts.has(userId)) return refused('hosting');
    const current = this.state.standing(userId);
    if (current && hasPlace(current)) return stands(current);
    if (this.state.pools.onsite.reserved === 0) return refused('none_reserved');
    this.state.pools.onsite.reserved -= 1;
    if (current) this.state.release(current);
    this.state.note(userId, byId);
    const kept = { order: current?.order ?? null, guest: current?.guest };
    return this.seat({ userId, mode: 'onsite', hasRoom: true, party: null, ...kept });
  }

  /** Free, and nobody waits for it. */
  private hasRoomFor(count: number, mode: AttendanceMode): boolean {
    return this.state.free(mode) >= count && this.state.pools[mode].waitlisted === 0;
  }

  private seat(seat: Seat): Answer {
    const standing = this.standingOf(seat);
    this.state.place(standing);
    this.state.fill();
    return stands(standing);
  }

  private standingOf({ hasRoom, order, party, ...who }: Seat): Standing {
    const status = hasRoom ? 'going' : 'waitlisted';
    return { ...who, status, order: order ?? this.state.nextOrder(), until: null, party: hasRoom ? null : party };
  }

  /** Why somebody new may not join now. */
  private barrier(fits: boolean): Refusal | null {
    const { now, opensAt, closesAt } = this.places;
    if (!fits) return 'not_for_you';
    if (opensAt !== null && now < opensAt) return 'not_open_yet';
    return closesAt !== null && now >= closesAt ? 'registration_closed' : null;
  }

  /**
   * Guests have no more than their part of the places, or who makes addresses up would have all of them. What they asked for before hosts thought better of it is
   * refused as what is asked now.
   */
  private guestBarrier(coming: readonly string[], mode: AttendanceMode, guest: true | undefined): Refusal | null {
    if (!guest) return null;
    const { guests, plusOne } = this.places.takes ?? { guests: true, plusOne: true };
    if (!guests) return 'no_guests';
    if (coming.length > 1 && !plusOne) return 'no_plus_one';
    return coming.length > this.state.guestRoom(mode) ? 'guests_full' : null;
  }

  /** Takes what is held, for whom they bring along too. Asked again, the same answer. */
  private accept({ userId, others = [], over }: Extract<Ask, { kind: 'accept' }>): Answer {
    const { state } = this.places;
    if (state === 'cancelled' || state === 'draft') return refused(NOT_OPEN[state]);
    const clash = this.state.standing(userId)?.status === 'offered' ? clashOf([userId, ...others], over) : null;
    if (clash) return refused(clash);
    others.forEach((other) => this.take(other));
    const going = this.take(userId);
    return going ? stands(going) : refused('offer_lapsed');
  }

  /** The place that is held for somebody becomes theirs; null where they have none and none is held. */
  private take(userId: string): Standing | null {
    const current = this.state.standing(userId);
    if (current?.status !== 'offered') return current?.status === 'going' ? current : null;
    this.state.release(current);
    const going: Standing = { ...current, status: 'going', until: null };
    this.state.place(going);
    return going;
  }

  private leave({ userId, others = [], toHost, byId }: Extract<Ask, { kind: 'leave' }>): Answer {
    const leaving = [userId, ...others].flatMap((one) => this.state.standing(one) ?? []);
    if (leaving.length === 0) return { kind: 'left' };
    const { state } = this.places;
    if (state === 'over' || state === 'cancelled') return refused(NOT_OPEN[state]);
    const seen = state === 'started' ? leaving.filter(({ status }) => WAS_SEEN.has(status)) : [];
    if (seen.some((one) => one.userId === userId)) return refused('already_marked');
    for (const one of leaving) {
      if (seen.includes(one)) continue;
      this.end(one, toHost === true);
      if (byId !== undefined) this.state.note(one.userId, byId);
    }
    this.state.fill();
    return { kind: 'left' };
  }

  /**
   * Once it has started, a place is nobody else's any more: who leaves is excused, and stays on the list of who was to come. Who becomes a
   * host leaves that list.
   */
  private end(one: Standing, toHost: boolean): void {
    const hadPlace = this.places.state === 'started' && one.status !== 'waitlisted' && one.status !== 'offered';
    if (!hadPlace || toHost) this.state.drop(one);
    else if (one.status === 'going') {
      this.state.release(one);
      this.state.place({ ...one, status: 'excused', until: null, party: null, markedAt: this.places.now });
    }
  }

  /** How the place was used. Who came without one gets one beyond them: the counters tell who was there. */
  private attend(ask: AttendanceAsk): Answer {
    const current = this.state.standing(ask.userId);
    const markedAt = saidAt(ask, this.places.now, current?.markedAt ?? 0);
    if (current && markedAt < (current.markedAt ?? 0)) return stands(current);
    const verdict = attendance(this.places, ask, current);
    if (verdict.kind === 'refused') return verdict;
    // Since when somebody is here is not said anew.
    if (ask.kind === 'scan' && current?.status === 'attended') return { ...stands(current), was: 'attended' };
    if (current) this.state.release(current);
    const { mode, order } = current ?? { mode: 'onsite' as const, order: this.state.nextOrder() };
    const guest = current?.guest ?? (ask.kind === 'mark' ? ask.guest : undefined);
    const used = { status: verdict.status, until: null, party: null, markedAt };
    const standing: Standing = { userId: ask.userId, mode, order, guest, ...used };
    this.state.place(standing);
    return { ...stands(standing), ...(current && { was: current.status }) };
  }

  /** The answer as things are at the end of the batch: who was promoted within it is told so, and the position is the last one. */
  private atLast(answer: Answer, ask: Ask | undefined): Answer {
    if (answer.kind !== 'stands' || answer.status !== 'waitlisted' || !ask || ask.kind === 'look') return answer;
    const last = this.state.standing(ask.userId);
    if (last?.status !== 'waitlisted') return last ? stands(last) : answer;
    return { ...stands(last), position: this.state.isNew(last) ? this.state.positionOf(last) : null };
  }
}

/** Whether the place is theirs: one that is only held for them is not yet. */
const hasPlace = ({ status }: Standing): boolean => status !== 'offered' && HOLDS_A_PLACE.has(status);

/** Whether who would come has something else then, and was not asked. */
const clashOf = (coming: readonly string[], over: Over['over']): Refusal | null =>
  coming.some((one) => over?.has(one)) ? 'clash' : null;

/** When it was said how a place was used: a mark may come later than it was made, never earlier. Who stands at the door is there, whatever a process whose clock is ahead has heard. */
function saidAt(ask: AttendanceAsk, now: number, last: number): number {
  if (ask.kind === 'scan') return Math.max(now, last);
  return ask.kind === 'mark' ? Math.min(ask.at ?? now, now) : now;
}

/** A place or one in line; `order` null: the next one. */
interface Seat {
  userId: string;
  mode: AttendanceMode;
  hasRoom: boolean;
  order: number | null;
  party: number | null;
  guest?: true | undefined;
}
