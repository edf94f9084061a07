import fc from 'fast-check';
import { settle } from './capacity.js';
import type { Ask, Places, Standing } from './places.js';

/*
 * The rule against a reference: the same asks on a moving clock, told as a list of people that is walked anew each time, without counters,
 * prefixes of lines or batches.
 */

const OFFER = 30;
const START = 300;
type Mode = 'onsite' | 'online';
interface Person {
  userId: string;
  mode: Mode;
  status: 'going' | 'offered' | 'waitlisted';
  order: number;
  until: number | null;
}

class Reference {
  people: Person[] = [];
  last = 0;
  constructor(
    readonly capacity: Record<Mode, number>,
    readonly offers: boolean,
  ) {}

  at(now: number): void {
    this.people = this.people.filter((one) => one.until === null || one.until > now);
    this.give(now);
  }

  do(ask: Ask, now: number): void {
    this.at(now);
    if (ask.kind === 'look') return;
    const one = this.people.find(({ userId }) => userId === ask.userId);
    if (ask.kind === 'leave') this.people = this.people.filter((other) => other !== one);
    else if (ask.kind === 'accept' && one?.status === 'offered') Object.assign(one, { status: 'going', until: null });
    else if (ask.kind === 'join' && now < START) this.join(ask.userId, ask.mode ?? one?.mode ?? 'onsite', one);
    this.give(now);
  }

  private join(userId: string, mode: Mode, one: Person | undefined): void {
    if (one?.mode === mode) return;
    const free =
      this.taken(mode) < this.capacity[mode] && !this.people.some((p) => p.mode === mode && p.status === 'waitlisted');
    if (one && one.status !== 'waitlisted' && !free) return;
    this.people = this.people.filter((other) => other !== one);
    this.people.push({
      userId,
      mode,
      status: free ? 'going' : 'waitlisted',
      order: one?.order ?? ++this.last,
      until: null,
    });
  }

  private give(now: number): void {
    if (now >= START) return;
    for (const mode of ['onsite', 'online'] as const)
      while (this.taken(mode) < this.capacity[mode]) {
        const [next] = this.people
          .filter((one) => one.mode === mode && one.status === 'waitlisted')
          .sort((a, b) => a.order - b.order);
        if (!next) break;
        if (this.offers) Object.assign(next, { status: 'offered', until: Math.min(now + OFFER, START) });
        else next.status = 'going';
      }
  }

  private taken(mode: Mode): number {
    return this.people.filter((one) => one.mode === mode && one.status !== 'waitlisted').length;
  }
}

/** The rule as the desk calls it: a batch, the askers, whose offers are over, and only the first few of each line. */
class Ours {
  readonly all = new Map<string, Standing>();
  places: Places;
  constructor(capacity: Record<Mode, number>, offers: boolean) {
    const pool = (mode: Mode) => ({ capacity: capacity[mode], going: 0, offered: 0, waitlisted: 0 });
    this.places = {
      ...{
        state: 'open',
        now: 0,
        startsAt: START,
        endsAt: 2 * START,
        offersOnline: true,
        offerMs: offers ? OFFER : null,
      },
      ...{ opensAt: null, closesAt: null, hosts: new Set(), lastOrder: 0 },
      pools: { onsite: pool('onsite'), online: pool('online') },
    };
  }

  batch(asks: Ask[], now: number, most: number): Standing[] {
    this.places = { ...this.places, now, state: now < START ? 'open' : 'started' };
    const askers = new Set(asks.flatMap((ask) => (ask.kind === 'look' ? [] : ask.userId)));
    const standings = [...this.all.values()].filter(
      ({ userId, status, until }) => askers.has(userId) || (status === 'offered' && until !== null && until <= now),
    );
    const first = (mode: Mode, limit: number) =>
      [...this.all.values()]
        .filter((one) => one.status === 'waitlisted' && one.mode === mode)
        .sort((a, b) => a.order - b.order)
        .slice(0, limit);
    const decide = (limit: number) =>
      settle(this.places, standings, [...first('onsite', limit), ...first('online', limit)], asks);
    const tried = decide(most);
    const result = tried.short ? decide(1_000) : tried;
    for (const { userId, to, mode, order, until } of result.changes)
      this.all.set(userId, { userId, status: to, mode, order, until });
    this.places = { ...this.places, pools: result.pools, lastOrder: result.lastOrder };
    return [...this.all.values()].filter((one) => one.status !== 'cancelled');
  }
}

const someone = fc.integer({ min: 0, max: 14 }).map((number) => `p${number}`);
const anAsk: fc.Arbitrary<Ask> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('join' as const),
      userId: someone,
      mode: fc.constantFrom('onsite' as const, 'online' as const, null),
      fits: fc.constant(true),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('accept' as const), userId: someone }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('leave' as const), userId: someone }) },
  { weight: 1, arbitrary: fc.constant<Ask>({ kind: 'look' }) },
);
const schedule = fc.array(
  fc.record({
    wait: fc.integer({ min: 0, max: 20 }),
    asks: fc.array(anAsk, { minLength: 1, maxLength: 8 }),
    most: fc.integer({ min: 0, max: 4 }),
  }),
  { maxLength: 25 },
);
const capacities = fc.record({ onsite: fc.integer({ min: 1, max: 4 }), online: fc.integer({ min: 1, max: 4 }) });

it.each([true, false])(
  'given any schedule (offers: %s), then everybody stands where the reference has them',
  (offers) => {
    fc.assert(
      fc.property(capacities, schedule, (capacity, steps) => {
        const [ours, reference] = [new Ours(capacity, offers), new Reference(capacity, offers)];
        let now = 0;
        for (const { wait, asks, most } of steps) {
          now += wait;
          const standing = ours.batch(asks, now, most);
          for (const ask of asks) reference.do(ask, now);
          const sorted = (people: readonly Pick<Standing, 'userId' | 'order'>[]) =>
            [...people].sort((a, b) => a.userId.localeCompare(b.userId));
          expect(sorted(standing)).toEqual(sorted(reference.people));
        }
      }),
      { numRuns: 300 },
    );
  },
);
