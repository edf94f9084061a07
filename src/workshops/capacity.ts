import type { AttendanceMode, RegistrationStatus } from '../contracts/workshops.js';

/** The places of one way to take part. `capacity` may lie below `going`: lowering it throws nobody out. */
export interface Pool {
  capacity: number;
  going: number;
  waitlisted: number;
}

/** A workshop as far as its places go. `lastOrder` is the highest place in line ever given. */
export interface Places {
  state: 'open' | 'draft' | 'cancelled' | 'started' | 'over';
  pools: Record<AttendanceMode, Pool>;
  offersOnline: boolean;
  hosts: ReadonlySet<string>;
  lastOrder: number;
}

/** Where one person stands. */
export interface Standing {
  userId: string;
  status: RegistrationStatus;
  mode: AttendanceMode;
  order: number;
}

/** `mode` null: as I am, or on site. */
export type Ask = { kind: 'join'; userId: string; mode: AttendanceMode | null } | { kind: 'leave'; userId: string };

/** Why an ask changed nothing; each is the code of a 409, but `not_offered` (422 for the mode). */
export type Refusal = 'not_published' | 'cancelled' | 'started' | 'over' | 'hosting' | 'full' | 'not_offered';

/** `position` is null where the asker waited before this batch: ask the line. */
export type Answer =
  | { kind: 'stands'; status: RegistrationStatus; mode: AttendanceMode; position: number | null }
  | { kind: 'left' }
  | { kind: 'refused'; because: Refusal };

/** One person's registration before and after. */
export interface Change {
  userId: string;
  from: RegistrationStatus | null;
  to: RegistrationStatus;
  mode: AttendanceMode;
  order: number;
  promoted: boolean;
}

/** What is to be written. `short`: a free place was left since not enough of the line was given; give more of it and decide again. */
export interface Settlement {
  answers: Answer[];
  changes: Change[];
  pools: Record<AttendanceMode, Pool>;
  lastOrder: number;
  short: boolean;
}

const NOT_OPEN: Record<Exclude<Places['state'], 'open'>, Refusal> = {
  draft: 'not_published',
  cancelled: 'cancelled',
  started: 'started',
  over: 'over',
};
const HOLDS_A_PLACE: ReadonlySet<RegistrationStatus> = new Set(['going', 'offered', 'attended', 'absent', 'excused']);

/**
 * One decision over a batch of asks, in their order, then over the places that are free: the longest waiting get them, each once.
 * Nobody is promoted after the start, nor anybody in `gone` (no member any more: out of the line).
 *
 * @param standings where the askers stand now
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
  private readonly promoted = new Set<string>();
  private lastOrder: number;
  private short = false;

  constructor(
    private readonly places: Places,
    standings: readonly Standing[],
    line: readonly Standing[],
    private readonly gone: ReadonlySet<string>,
  ) {
    this.pools = { onsite: { ...places.pools.onsite }, online: { ...places.pools.online } };
    this.lastOrder = places.lastOrder;
    this.before = new Map([...line, ...standings].map((one) => [one.userId, one]));
    this.now = new Map(this.before);
    this.waiting = {
      onsite: line.filter((one) => one.mode === 'onsite'),
      online: line.filter((one) => one.mode === 'online'),
    };
  }

  settle(asks: readonly Ask[]): Settlement {
    this.fill();
    const answers = asks.map((ask) => (ask.kind === 'join' ? this.join(ask.userId, ask.mode) : this.leave(ask.userId)));
    return {
      answers: answers.map((answer, index) => this.atLast(answer, asks[index]?.userId ?? '')),
      changes: this.changes(),
      pools: this.pools,
      lastOrder: this.lastOrder,
      short: this.short,
    };
  }

  private join(userId: string, wish: AttendanceMode | null): Answer {
    const { state, offersOnline, hosts } = this.places;
    if (state === 'cancelled' || state === 'draft') return refused(NOT_OPEN[state]);
    const current = this.standing(userId);
    const mode = wish ?? current?.mode ?? 'onsite';
    if (current?.mode === mode) return stands(current);
    if (mode === 'online' && !offersOnline) return refused('not_offered');
    if (state !== 'open') return refused(NOT_OPEN[state]);
    if (hosts.has(userId)) return refused('hosting');
    const pool = this.pools[mode];
    const hasRoom = pool.going < pool.capacity && pool.waitlisted === 0;
    if (current && HOLDS_A_PLACE.has(current.status) && !hasRoom) return refused('full');
    if (current) this.release(current);
    const standing: Standing = {
      userId,
      mode,
      status: hasRoom ? 'going' : 'waitlisted',
      order: (this.lastOrder += 1),
    };
    this.place(standing);
    this.fill();
    return stands(standing);
  }

  private leave(userId: string): Answer {
    const current = this.standing(userId);
    if (!current) return { kind: 'left' };
    if (this.places.state === 'over' || this.places.state === 'cancelled') return refused(NOT_OPEN[this.places.state]);
    this.release(current);
    this.now.set(userId, { ...current, status: 'cancelled' });
    this.fill();
    return { kind: 'left' };
  }

  /** Gives free places to those who wait, in order. */
  private fill(): void {
    if (this.places.state !== 'open') return;
    for (const mode of ['onsite', 'online'] as const) {
      const pool = this.pools[mode];
      while (pool.going < pool.capacity && pool.waitlisted > 0) {
        const next = this.waiting[mode][0];
        if (!next) {
          this.short = true;
          break;
        }
        this.release(next);
        if (this.gone.has(next.userId)) this.now.set(next.userId, { ...next, status: 'cancelled' });
        else {
          this.place({ ...next, status: 'going' });
          this.promoted.add(next.userId);
        }
      }
    }
  }

  private place(standing: Standing): void {
    this.now.set(standing.userId, standing);
    if (standing.status === 'waitlisted') {
      this.pools[standing.mode].waitlisted += 1;
      this.waiting[standing.mode].push(standing);
    } else this.pools[standing.mode].going += 1;
  }

  private release(standing: Standing): void {
    this.promoted.delete(standing.userId);
    if (standing.status === 'waitlisted') {
      this.pools[standing.mode].waitlisted -= 1;
      this.waiting[standing.mode] = this.waiting[standing.mode].filter((one) => one.userId !== standing.userId);
    } else this.pools[standing.mode].going -= 1;
  }

  private standing(userId: string): Standing | null {
    const standing = this.now.get(userId);
    return standing && standing.status !== 'cancelled' ? standing : null;
  }

  /** The answer as things are at the end of the batch: who was promoted within it is told so, and the position is the last one. */
  private atLast(answer: Answer, userId: string): Answer {
    if (answer.kind !== 'stands' || answer.status !== 'waitlisted') return answer;
    const last = this.standing(userId);
    if (last?.status !== 'waitlisted') return last ? stands(last) : answer;
    const isNew = last.order > this.places.lastOrder;
    return { ...stands(last), position: isNew ? this.positionOf(last) : null };
  }

  /** All who joined the line after a newcomer did so in this batch, so they are all known here. */
  private positionOf(standing: Standing): number {
    const behind = this.waiting[standing.mode].filter((one) => one.order > standing.order).length;
    return this.pools[standing.mode].waitlisted - behind;
  }

  private changes(): Change[] {
    return [...this.now.values()].flatMap((now) => {
      const before = this.before.get(now.userId);
      if (before === now || (!before && now.status === 'cancelled')) return [];
      const from = before?.status ?? null;
      const promoted = from === 'waitlisted' && now.status === 'going' && this.promoted.has(now.userId);
      return [{ userId: now.userId, from, to: now.status, mode: now.mode, order: now.order, promoted }];
    });
  }
}

const refused = (because: Refusal): Answer => ({ kind: 'refused', because });

const stands = ({ status, mode }: Standing): Extract<Answer, { kind: 'stands' }> => ({
  kind: 'stands',
  status,
  mode,
  position: null,
});
