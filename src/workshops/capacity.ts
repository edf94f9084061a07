import type { AttendanceMode, RegistrationStatus } from '../contracts/workshops.js';
import { attendance } from './attendance.js';
import {
  type Answer,
  type Ask,
  type AttendanceAsk,
  type Change,
  HOLDS_A_PLACE,
  type Places,
  type Pool,
  type Refusal,
  type Settlement,
  type Standing,
  countOf,
  refused,
  stands,
} from './places.js';

const MODES = ['onsite', 'online'] as const;
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
 * places go to the longest waiting, each once: given at once, or held for them until they accept, never beyond the start. Nobody is
 * promoted after the start, nor anybody in `gone` (no member any more: out of the line). Who goes over to the other way to take part
 * keeps their place in order.
 *
 * @param standings where the askers stand now, and everybody for whom a place is held
 * @param line who waits, in order; as many as may get a place
 */
export function settle(
  places: Places,
  standings: readonly Standing[],
  line: readonly Standing[],
  asks: readonly Ask[],
  gone: ReadonlySet<string> = new Set(),
): Settlement {
  return new Desk(places, standings, line, gone).settle(asks);
}

class Desk {
  private readonly pools: Record<AttendanceMode, Pool>;
  private readonly before: Map<string, Standing>;
  private readonly now: Map<string, Standing>;
  private readonly waiting: Record<AttendanceMode, Standing[]>;
  /** Up to which order the line is known; who waits behind that may have others before them. */
  private readonly known: Record<AttendanceMode, number>;
  private readonly lapsed = new Set<string>();
  private lastOrder: number;
  private short = false;

  constructor(
    private readonly places: Places,
    standings: readonly Standing[],
    line: readonly Standing[],
    private readonly gone: ReadonlySet<string>,
  ) {
    const inLine = (mode: AttendanceMode) => line.filter((one) => one.mode === mode);
    const knownOf = (mode: AttendanceMode) =>
      inLine(mode).length === places.pools[mode].waitlisted ? Infinity : (inLine(mode).at(-1)?.order ?? 0);
    this.pools = { onsite: { ...places.pools.onsite }, online: { ...places.pools.online } };
    this.lastOrder = places.lastOrder;
    this.before = new Map([...line, ...standings].map((one) => [one.userId, one]));
    this.now = new Map(this.before);
    this.waiting = { onsite: inLine('onsite'), online: inLine('online') };
    this.known = { onsite: knownOf('onsite'), online: knownOf('online') };
  }

  settle(asks: readonly Ask[]): Settlement {
    this.lapse();
    this.fill();
    const answers = asks.map((ask) => this.answer(ask));
    return {
      answers: answers.map((answer, index) => this.atLast(answer, asks[index])),
      changes: this.changes(),
      pools: this.pools,
      lastOrder: this.lastOrder,
      short: this.short,
    };
  }

  private answer(ask: Ask): Answer {
    if (ask.kind === 'join') return this.join(ask);
    if (ask.kind === 'accept') return this.accept(ask.userId);
    if (ask.kind === 'leave') return this.leave(ask.userId);
    return ask.kind === 'look' ? { kind: 'left' } : this.attend(ask);
  }

  private join({ userId, mode: wish, fits }: Extract<Ask, { kind: 'join' }>): Answer {
    const { state, offersOnline, hosts } = this.places;
    if (state === 'cancelled' || state === 'draft') return refused(NOT_OPEN[state]);
    const current = this.standing(userId);
    const mode = wish ?? current?.mode ?? 'onsite';
    if (current?.mode === mode) return stands(current);
    if (mode === 'online' && !offersOnline) return refused('not_offered');
    if (state !== 'open') return refused(NOT_OPEN[state]);
    if (hosts.has(userId)) return refused('hosting');
    const barrier = current ? null : this.barrier(fits);
    if (barrier) return refused(barrier);
    const hasRoom = this.hasRoom(mode) && this.pools[mode].waitlisted === 0;
    if (current && HOLDS_A_PLACE.has(current.status) && !hasRoom) return refused('full');
    if (current) this.release(current);
    const order = current?.order ?? (this.lastOrder += 1);
    const standing: Standing = { userId, mode, status: hasRoom ? 'going' : 'waitlisted', order, until: null };
    this.place(standing);
    this.fill();
    return stands(standing);
  }

  /** Why somebody new may not join now. */
  private barrier(fits: boolean): Refusal | null {
    const { now, opensAt, closesAt } = this.places;
    if (!fits) return 'not_for_you';
    if (opensAt !== null && now < opensAt) return 'not_open_yet';
    return closesAt !== null && now >= closesAt ? 'registration_closed' : null;
  }

  /** Takes what is held. Asked again, the same answer. */
  private accept(userId: string): Answer {
    const { state } = this.places;
    if (state === 'cancelled' || state === 'draft') return refused(NOT_OPEN[state]);
    const current = this.standing(userId);
    if (current?.status === 'going') return stands(current);
    if (current?.status !== 'offered') return refused('offer_lapsed');
    this.release(current);
    const going: Standing = { ...current, status: 'going', until: null };
    this.place(going);
    return stands(going);
  }

  private leave(userId: string): Answer {
    const current = this.standing(userId);
    if (!current) return { kind: 'left' };
    const { state } = this.places;
    if (state === 'over' || state === 'cancelled') return refused(NOT_OPEN[state]);
    if (state === 'started' && WAS_SEEN.has(current.status)) return refused('already_marked');
    this.drop(current);
    this.fill();
    return { kind: 'left' };
  }

  /** How the place was used. Who came without one gets one beyond them: the counters tell who was there. */
  private attend(ask: AttendanceAsk): Answer {
    const current = this.standing(ask.userId);
    const verdict = attendance(this.places, ask, current);
    if (verdict.kind === 'refused') return verdict;
    if (current?.status === verdict.status) return stands(current);
    if (current) this.release(current);
    const { mode, order } = current ?? { mode: 'onsite' as const, order: (this.lastOrder += 1) };
    const standing: Standing = { userId: ask.userId, mode, order, status: verdict.status, until: null };
    this.place(standing);
    return stands(standing);
  }

  /** Who did not answer in time is out of the line; an earlier start leaves less time. */
  private lapse(): void {
    const { now, startsAt } = this.places;
    for (const one of this.before.values()) {
      if (one.status !== 'offered' || one.until === null) continue;
      const until = Math.min(one.until, startsAt);
      if (until > now) {
        if (until < one.until) this.now.set(one.userId, { ...one, until });
        continue;
      }
      this.drop(one);
      this.lapsed.add(one.userId);
    }
  }

  /** Gives free places to those who wait, in order. */
  private fill(): void {
    if (this.places.state !== 'open') return;
    for (const mode of MODES) {
      while (this.hasRoom(mode) && this.pools[mode].waitlisted > 0) {
        const next = this.waiting[mode][0];
        if (!next) {
          this.short = true;
          break;
        }
        if (this.gone.has(next.userId)) this.drop(next);
        else this.promote(next);
      }
    }
  }

  private promote(next: Standing): void {
    const { now, startsAt, offerMs } = this.places;
    this.release(next);
    if (offerMs === null) this.place({ ...next, status: 'going', until: null });
    else this.place({ ...next, status: 'offered', until: Math.min(now + offerMs, startsAt) });
  }

  private hasRoom(mode: AttendanceMode): boolean {
    const { capacity, going, offered } = this.pools[mode];
    return going + offered < capacity;
  }

  private place(standing: Standing): void {
    const { mode, status, order } = standing;
    this.now.set(standing.userId, standing);
    this.pools[mode][countOf(status)] += 1;
    if (status !== 'waitlisted' || order > this.known[mode]) return;
    const behind = this.waiting[mode].findIndex((one) => one.order > order);
    this.waiting[mode].splice(behind === -1 ? this.waiting[mode].length : behind, 0, standing);
  }

  private release(standing: Standing): void {
    this.pools[standing.mode][countOf(standing.status)] -= 1;
    this.waiting[standing.mode] = this.waiting[standing.mode].filter((one) => one.userId !== standing.userId);
  }

  private drop(standing: Standing): void {
    this.release(standing);
    this.now.set(standing.userId, { ...standing, status: 'cancelled', until: null });
  }

  private standing(userId: string): Standing | null {
    const standing = this.now.get(userId);
    return standing && standing.status !== 'cancelled' ? standing : null;
  }

  /** The answer as things are at the end of the batch: who was promoted within it is told so, and the position is the last one. */
  private atLast(answer: Answer, ask: Ask | undefined): Answer {
    if (answer.kind !== 'stands' || answer.status !== 'waitlisted' || !ask || ask.kind === 'look') return answer;
    const last = this.standing(ask.userId);
    if (last?.status !== 'waitlisted') return last ? stands(last) : answer;
    return { ...stands(last), position: this.isNew(last) ? this.positionOf(last) : null };
  }

  private isNew({ order }: Standing): boolean {
    return order > this.places.lastOrder;
  }

  /** All who joined the line after a newcomer did so in this batch, so they are all known here. */
  private positionOf({ mode, order }: Standing): number {
    const behind = [...this.now.values()].filter(
      (one) => one.status === 'waitlisted' && one.mode === mode && one.order > order,
    );
    return this.pools[mode].waitlisted - behind.length;
  }

  private changes(): Change[] {
    return [...this.now.values()].flatMap((now) => {
      const before = this.before.get(now.userId);
      if (before === now || (!before && now.status === 'cancelled')) return [];
      const from = before?.status ?? null;
      const isSamePlace = before?.mode === now.mode && before.order === now.order;
      const promoted = from === 'waitlisted' && now.status === 'going' && isSamePlace;
      return [{ ...now, from, to: now.status, promoted, lapsed: this.lapsed.has(now.userId) }];
    });
  }
}
