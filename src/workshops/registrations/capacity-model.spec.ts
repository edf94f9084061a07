import fc from 'fast-check';
import { settle } from './capacity.js';
import { TEAMS_SPLIT_MS } from './batch-state.js';
import { type Ask, type Places, type Standing, type TeamAsk, peopleOf } from './places.js';

/*
 * The rule against a reference: the same asks on a moving clock, told as a list of people that is walked anew each time, without counters,
 * prefixes of lines or batches.
 */

const OFFER = 30;
/** Some time in which teams wait together, and some in which they do not any more. */
const START = TEAMS_SPLIT_MS + 150;
type Mode = 'onsite' | 'online';
/** Left the cohort: out of the line when it is their turn. Guests never were in it. */
const GONE: ReadonlySet<string> = new Set(['p12', 'p13', 'p14', 'g0', 'g1', 'g2', 'g0+1', 'g1+1', 'g2+1']);
interface Person {
  guest?: true | undefined;
  userId: string;
  mode: Mode;
  status: 'going' | 'offered' | 'waitlisted' | 'excused';
  order: number;
  until: number | null;
  party: number | null;
}

class Reference {
  people: Person[] = [];
  last = 0;
  constructor(
    readonly capacity: Record<Mode, number>,
    readonly offers: boolean,
    public reserved: number,
  ) {}

  at(now: number): void {
    this.people = this.people.filter((one) => one.until === null || one.until > now);
    this.give(now);
  }

  do(ask: Ask, now: number): void {
    this.at(now);
    if (ask.kind === 'look') return;
    const one = this.people.find(({ userId }) => userId === ask.userId);
    const both = 'others' in ask ? [ask.userId, ...(ask.others ?? [])] : [ask.userId];
    if (ask.kind === 'leave') this.leave(both, now);
    else if (ask.kind === 'accept') {
      for (const other of this.people)
        if (both.includes(other.userId) && other.status === 'offered')
          Object.assign(other, { status: 'going', until: null });
    } else if (ask.kind === 'join_team' && now < START) this.joinTeam(ask);
    else if (ask.kind === 'admit' && now < START) this.admit(ask.userId, one);
    else if (ask.kind === 'join' && now < START)
      this.join(ask.userId, ask.mode ?? one?.mode ?? 'onsite', one, ask.guest);
    this.give(now);
  }

  private leave(userIds: readonly string[], now: number): void {
    const leaving = this.people.filter(({ userId }) => userIds.includes(userId));
    const kept = now < START ? [] : leaving.filter(({ status }) => status === 'going' || status === 'excused');
    for (const one of kept) Object.assign(one, { status: 'excused', party: null });
    this.people = this.people.filter((one) => kept.includes(one) || !leaving.includes(one));
  }

  private join(userId: string, mode: Mode, one: Person | undefined, guest?: true): void {
    if (one?.mode === mode) return;
    const free = this.room(mode) > 0 && !this.waits(mode);
    if (one && one.status !== 'waitlisted' && !free) return;
    this.people = this.people.filter((other) => other !== one);
    this.people.push({
      userId,
      mode,
      status: free ? 'going' : 'waitlisted',
      order: free && one ? one.order : ++this.last,
      until: null,
      party: null,
      guest: one?.guest ?? guest,
    });
  }

  private joinTeam({ userId, others, mode: wish, guest }: TeamAsk): void {
    const find = (id: string) => this.people.find((one) => one.userId === id);
    const mode = wish ?? find(userId)?.mode ?? 'onsite';
    const fresh = [userId, ...others].filter((id) => !find(id));
    if (fresh.length > 1 && fresh.length > this.capacity[mode] - (mode === 'onsite' ? this.reserved : 0)) return;
    const free = this.room(mode) >= fresh.length && !this.waits(mode);
    const party = free || fresh.length === 1 ? null : this.last + 1;
    for (const id of fresh)
      this.people.push({
        ...{ userId: id, mode, status: free ? 'going' : 'waitlisted', order: ++this.last, until: null, party },
        guest,
      });
  }

  private admit(userId: string, one: Person | undefined): void {
    if (this.reserved === 0 || one?.status === 'going') return;
    this.reserved -= 1;
    this.people = this.people.filter((other) => other !== one);
    const order = one?.order ?? ++this.last;
    this.people.push({ userId, mode: 'onsite', status: 'going', order, until: null, party: null, guest: one?.guest });
  }

  private give(now: number): void {
    if (now >= START) return;
    for (const mode of ['onsite', 'online'] as const)
      for (;;) {
        const line = this.people
          .filter((one) => one.mode === mode && one.status === 'waitlisted')
          .sort((a, b) => a.order - b.order);
        const [next] = line;
        if (!next || this.room(mode) <= 0) break;
        const isGone = ({ userId, guest }: Person) => !guest && GONE.has(userId);
        if (isGone(next)) {
          this.people = this.people.filter((one) => one !== next);
          continue;
        }
        const team = line.filter((one) => one.party === next.party && !isGone(one));
        const fits = team.length <= this.capacity[mode] - (mode === 'onsite' ? this.reserved : 0);
        const together = next.party !== null && now < START - TEAMS_SPLIT_MS && fits ? team : [next];
        if (together.length > this.room(mode)) break;
        for (const one of together)
          if (this.offers) Object.assign(one, { status: 'offered', until: Math.min(now + OFFER, START), party: null });
          else Object.assign(one, { status: 'going', party: null });
      }
  }

  private waits(mode: Mode): boolean {
    return this.people.some((one) => one.mode === mode && one.status === 'waitlisted');
  }

  private room(mode: Mode): number {
    return this.capacity[mode] - (mode === 'onsite' ? this.reserved : 0) - this.taken(mode);
  }

  private taken(mode: Mode): number {
    return this.people.filter((one) => one.mode === mode && one.status !== 'waitlisted').length;
  }
}

/** The rule as the desk calls it: a batch, the askers, whose offers are over, and only the first few of each line. */
class Ours {
  readonly all = new Map<string, Standing>();
  places: Places;
  constructor(capacity: Record<Mode, number>, offers: boolean, reserved: number) {
    const pool = (mode: Mode) => ({
      ...{ capacity: capacity[mode], reserved: mode === 'onsite' ? reserved : 0, going: 0, offered: 0, waitlisted: 0 },
    });
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
    const askers = new Set(asks.flatMap(peopleOf));
    const standings = [...this.all.values()].filter(
      ({ userId, status, until }) => askers.has(userId) || (status === 'offered' && until !== null && until <= now),
    );
    const first = (mode: Mode, limit: number) =>
      [...this.all.values()]
        .filter((one) => one.status === 'waitlisted' && one.mode === mode)
        .sort((a, b) => a.order - b.order)
        .slice(0, limit);
    const decide = (limit: number) =>
      settle(this.places, standings, [...first('onsite', limit), ...first('online', limit)], asks, GONE);
    const tried = decide(most);
    const result = tried.short ? decide(1_000) : tried;
    for (const { userId, to, mode, order, until, party, guest } of result.changes)
      this.all.set(userId, { userId, status: to, mode, order, until, party, guest });
    this.places = { ...this.places, pools: result.pools, lastOrder: result.lastOrder };
    return [...this.all.values()].filter((one) => one.status !== 'cancelled');
  }
}

const someone = fc.integer({ min: 0, max: 14 }).map((number) => `p${number}`);
const mode = fc.constantFrom('onsite' as const, 'online' as const, null);
/** A guest, who comes alone or brings somebody along: their places are given, taken and given up together. */
const aGuest = fc.integer({ min: 0, max: 2 }).map((number) => `g${number}`);
const guestAsk: fc.Arbitrary<Ask> = fc.oneof(
  fc.record({ userId: aGuest, mode, two: fc.boolean() }).map(({ two, ...who }): Ask => {
    const joins = { ...who, fits: true, guest: true } as const;
    return two ? { kind: 'join_team', ...joins, others: [`${who.userId}+1`] } : { kind: 'join', ...joins };
  }),
  aGuest.map((userId): Ask => ({ kind: 'leave', userId, others: [`${userId}+1`] })),
  aGuest.map((userId): Ask => ({ kind: 'accept', userId, others: [`${userId}+1`] })),
);
const anAsk: fc.Arbitrary<Ask> = fc.oneof(
  { weight: 5, arbitrary: guestAsk },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('join' as const),
      userId: someone,
      mode,
      fits: fc.constant(true),
    }),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ team: fc.integer({ min: 0, max: 4 }), by: fc.integer({ min: 0, max: 2 }), mode })
      .map(({ team, by, mode }): Ask => {
        const [userId = '', ...others] = [0, 1, 2].map((index) => `p${team * 3 + ((by + index) % 3)}`);
        return { kind: 'join_team', userId, others, mode, fits: true };
      }),
  },
  { weight: 1, arbitrary: someone.map((userId): Ask => ({ kind: 'admit', userId, byId: 'host' })) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('accept' as const), userId: someone }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('leave' as const), userId: someone }) },
  { weight: 1, arbitrary: fc.constant<Ask>({ kind: 'look' }) },
);
const schedule = fc.array(
  fc.record({
    // Now and then so long that teams go one by one, or that it has started.
    wait: fc.oneof(
      { weight: 12, arbitrary: fc.integer({ min: 0, max: 20 }) },
      { weight: 1, arbitrary: fc.constant(TEAMS_SPLIT_MS - 20) },
    ),
    asks: fc.array(anAsk, { minLength: 1, maxLength: 8 }),
    most: fc.integer({ min: 0, max: 4 }),
  }),
  { maxLength: 25 },
);
const capacities = fc.record({ onsite: fc.integer({ min: 1, max: 6 }), online: fc.integer({ min: 1, max: 6 }) });

it.each([true, false])(
  'given any schedule (offers: %s), then everybody stands where the reference has them',
  (offers) => {
    fc.assert(
      fc.property(capacities, fc.integer({ min: 0, max: 2 }), schedule, (capacity, kept, steps) => {
        const reserved = Math.min(kept, capacity.onsite);
        const [ours, reference] = [new Ours(capacity, offers, reserved), new Reference(capacity, offers, reserved)];
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
      { numRuns: 400 },
    );
  },
);
