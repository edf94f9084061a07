import { DAY } from '../../common/times/clock.js';
import type { AttendanceMode } from '../../contracts/workshops/workshops.js';
import { type Change, type Places, type Pool, type Standing, countOf } from './places.js';

const MODES = ['onsite', 'online'] as const;
/** So long before the start a team that waits moves up one by one: no place stays empty for it. */
export const TEAMS_SPLIT_MS = DAY;

/**
 * Who stands where, and the counters of the places, while a batch is decided. It gives free places to the longest waiting, each once: at
 * once, or held for them until they accept, never beyond the start.
 *
 * @see settle for what it is given
 */
export class BatchState {
  readonly pools: Record<AttendanceMode, Pool>;
  lastOrder: number;
  /** A free place was left since not enough of the line is known. */
  short = false;
  private readonly before: Map<string, Standing>;
  private readonly now: Map<string, Standing>;
  private readonly waiting: Record<AttendanceMode, Standing[]>;
  /** Up to which order the line is known; who waits behind that may have others before them. */
  private readonly known: Record<AttendanceMode, number>;
  private readonly lapsed = new Set<string>();
  private readonly registeredBy = new Map<string, string>();

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

  /** Where somebody stands; null for who does not, or left. */
  standing(userId: string): Standing | null {
    const standing = this.now.get(userId);
    return standing && standing.status !== 'cancelled' ? standing : null;
  }

  /** Places for who asks: those that hosts keep are not. */
  open(mode: AttendanceMode): number {
    return this.pools[mode].capacity - this.pools[mode].reserved;
  }

  /** Those of them that are free. */
  free(mode: AttendanceMode): number {
    const { going, offered } = this.pools[mode];
    return Math.max(0, this.open(mode) - going - offered);
  }

  /** How many more guests may have a place or wait for one, of whom some came in this batch. */
  guestRoom(mode: AttendanceMode): number {
    if (!this.places.guestRoom) return Infinity;
    const came = [...this.now.values()].filter((one) => one.guest && one.mode === mode && this.isNew(one));
    return this.places.guestRoom[mode] - came.length;
  }

  /** The next place in line. */
  nextOrder(): number {
    return (this.lastOrder += 1);
  }

  /** Another person did this for them. */
  note(userId: string, byId: string): void {
    this.registeredBy.set(userId, byId);
  }

  place(standing: Standing): void {
    const { mode, status, order } = standing;
    this.now.set(standing.userId, standing);
    this.pools[mode][countOf(status)] += 1;
    if (status !== 'waitlisted' || order > this.known[mode]) return;
    const behind = this.waiting[mode].findIndex((one) => one.order > order);
    this.waiting[mode].splice(behind === -1 ? this.waiting[mode].length : behind, 0, standing);
  }

  release(standing: Standing): void {
    this.pools[standing.mode][countOf(standing.status)] -= 1;
    this.waiting[standing.mode] = this.waiting[standing.mode].filter((one) => one.userId !== standing.userId);
  }

  drop(standing: Standing): void {
    this.release(standing);
    this.now.set(standing.userId, { ...standing, status: 'cancelled', until: null, party: null });
  }

  /**
   * Who did not answer in time is out of the line; an earlier start leaves less time. Of what was called off there is nothing to lose: who
   * was offered a place stays who they were, so that they hear of that and still find it, and only the clock of the offer ends.
   */
  lapse(): void {
    const { now, startsAt, state } = this.places;
    for (const one of this.before.values()) {
      if (one.status !== 'offered' || one.until === null) continue;
      const until = Math.min(one.until, startsAt);
      if (until > now) {
        if (until < one.until) this.now.set(one.userId, { ...one, until });
        continue;
      }
      if (state === 'cancelled') {
        this.now.set(one.userId, { ...one, until: null });
        continue;
      }
      this.drop(one);
      this.lapsed.add(one.userId);
    }
  }

  /** Gives free places to those who wait, in order: a team together, so what is free waits for it until there is enough. */
  fill(): void {
    if (this.places.state !== 'open') return;
    for (const mode of MODES) {
      for (let next = this.next(mode); next.length > 0 && next.length <= this.free(mode); next = this.next(mode))
        next.forEach((one) => this.promote(one));
    }
  }

  /** Who gets the next free places together; nobody where none is free or nobody (known) waits. */
  private next(mode: AttendanceMode): Standing[] {
    if (this.free(mode) === 0 || this.pools[mode].waitlisted === 0) return [];
    const [first] = this.waiting[mode];
    if (!first) {
      this.short = true;
      return [];
    }
    if (this.isGone(first)) {
      this.drop(first);
      return this.next(mode);
    }
    if (!this.keepsTogether(first)) return [first];
    const team = this.waiting[mode].filter(({ party }) => party === first.party);
    if (this.waiting[mode].length < this.pools[mode].waitlisted && team.at(-1) === this.waiting[mode].at(-1)) {
      this.short = true;
      return [];
    }
    const there = team.filter((one) => !this.isGone(one));
    // Where there are fewer by now than they are, none waits for the others.
    return there.length > this.open(mode) ? [first] : there;
  }

  /** A guest never was a member. */
  private isGone({ userId, guest }: Standing): boolean {
    return !guest && this.gone.has(userId);
  }

  private keepsTogether({ party }: Standing): boolean {
    return party !== null && this.places.now < this.places.startsAt - TEAMS_SPLIT_MS;
  }

  private promote(next: Standing): void {
    const { now, startsAt, offerMs } = this.places;
    this.release(next);
    const moved = { ...next, party: null };
    if (offerMs === null) this.place({ ...moved, status: 'going', until: null });
    else this.place({ ...moved, status: 'offered', until: Math.min(now + offerMs, startsAt) });
  }

  /** Whether they came into the line in this batch. */
  isNew({ order }: Standing): boolean {
    return order > this.places.lastOrder;
  }

  /** All who joined the line after a newcomer did so in this batch, so they are all known here. */
  positionOf({ mode, order }: Standing): number {
    const behind = [...this.now.values()].filter(
      (one) => one.status === 'waitlisted' && one.mode === mode && one.order > order,
    );
    return this.pools[mode].waitlisted - behind.length;
  }

  changes(): Change[] {
    return [...this.now.values()].flatMap((now) => {
      const before = this.before.get(now.userId);
      if (before === now || (!before && now.status === 'cancelled')) return [];
      const from = before?.status ?? null;
      const isSamePlace = before?.mode === now.mode && before.order === now.order;
      const promoted = from === 'waitlisted' && now.status === 'going' && isSamePlace;
      const byId = this.registeredBy.get(now.userId) ?? null;
      return [{ ...now, from, to: now.status, promoted, lapsed: this.lapsed.has(now.userId), byId }];
    });
  }
}
