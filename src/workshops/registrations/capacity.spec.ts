import fc from 'fast-check';
import { settle } from './capacity.js';
import type { Ask, Places, Standing } from './places.js';

const MINUTE = 60_000;

const placesOf = (capacity: number, online: number | null = null, state: Places['state'] = 'open'): Places => ({
  state,
  pools: {
    onsite: { capacity, reserved: 0, going: 0, offered: 0, waitlisted: 0 },
    online: { capacity: online ?? 0, reserved: 0, going: 0, offered: 0, waitlisted: 0 },
  },
  now: 0,
  startsAt: 100 * MINUTE,
  endsAt: 200 * MINUTE,
  offerMs: null,
  opensAt: null,
  closesAt: null,
  offersOnline: online !== null,
  hosts: new Set(),
  lastOrder: 0,
});
const join = (userId: string, mode: 'onsite' | 'online' | null = null): Extract<Ask, { kind: 'join' }> => ({
  kind: 'join',
  userId,
  mode,
  fits: true,
});
const leave = (userId: string): Ask => ({ kind: 'leave', userId });

/** A workshop with all its registrations, as the database keeps it. */
class World {
  readonly all = new Map<string, Standing>();
  constructor(public places: Places) {}

  get line() {
    return [...this.all.values()].filter((one) => one.status === 'waitlisted').sort((a, b) => a.order - b.order);
  }

  ask(asks: Ask[], gone: ReadonlySet<string> = new Set()) {
    const askers = new Set(asks.map((ask) => ('userId' in ask ? ask.userId : null)));
    const isHeld = ({ status }: Standing) => status === 'offered';
    const standings = [...this.all.values()].filter((one) => askers.has(one.userId) || isHeld(one));
    const result = settle(this.places, standings, this.line, asks, gone);
    for (const { userId, to, mode, order, until, party } of result.changes)
      this.all.set(userId, { userId, status: to, mode, order, until, party });
    this.places = { ...this.places, pools: result.pools, lastOrder: result.lastOrder };
    return result;
  }

  count(status: Standing['status'], mode: 'onsite' | 'online') {
    return [...this.all.values()].filter((one) => one.status === status && one.mode === mode).length;
  }
}

describe('settling registrations', () => {
  it('given 5 who ask for 2 places, then 2 go and 3 wait at positions 1 to 3', () => {
    const { answers } = new World(placesOf(2)).ask(['a', 'b', 'c', 'd', 'e'].map((id) => join(id)));
    expect(answers.map((one) => one.kind === 'stands' && [one.status, one.position])).toEqual([
      ['going', null],
      ['going', null],
      ['waitlisted', 1],
      ['waitlisted', 2],
      ['waitlisted', 3],
    ]);
  });

  it('given somebody who asks again, then nothing changes', () => {
    const world = new World(placesOf(1));
    world.ask([join('a'), join('b')]);
    const again = world.ask([join('a'), join('b')]);
    expect(again.changes).toEqual([]);
    expect(again.answers).toMatchObject([{ status: 'going' }, { status: 'waitlisted', position: null }]);
  });

  it('given one leaves, then the longest waiting is promoted, and who comes back is last', () => {
    const world = new World(placesOf(1));
    world.ask([join('a'), join('b'), join('c')]);
    expect(world.ask([leave('a')]).changes).toMatchObject([
      { userId: 'b', from: 'waitlisted', to: 'going', promoted: true },
      { userId: 'a', from: 'going', to: 'cancelled', promoted: false },
    ]);
    expect(world.ask([join('a')]).answers).toMatchObject([{ status: 'waitlisted', position: 2 }]);
  });

  it('given the next in line is no member any more, then the one after gets the place', () => {
    const world = new World(placesOf(1));
    world.ask([join('a'), join('b'), join('c')]);
    world.ask([leave('a')], new Set(['b']));
    expect([...world.all.values()].map((one) => [one.userId, one.status])).toEqual([
      ['a', 'cancelled'],
      ['b', 'cancelled'],
      ['c', 'going'],
    ]);
  });

  it('given it has started, then who leaves is excused, nobody is promoted and nobody joins', () => {
    const world = new World(placesOf(1));
    world.ask([join('a'), join('b')]);
    world.places = { ...world.places, state: 'started' };
    const { answers, changes } = world.ask([leave('a'), join('c'), join('b')]);
    expect(answers).toMatchObject([
      { kind: 'left' },
      { kind: 'refused', because: 'started' },
      { kind: 'stands', status: 'waitlisted' },
    ]);
    expect(changes).toMatchObject([{ userId: 'a', to: 'excused' }]);
    expect(world.ask([leave('a'), leave('b')]).changes).toMatchObject([{ userId: 'b', to: 'cancelled' }]);
    expect(world.places.pools.onsite).toMatchObject({ going: 1, waitlisted: 0 });
  });

  it('given it has started, then who becomes a host has no place any more, excused or not, unless they were seen', () => {
    const world = new World(placesOf(3));
    world.ask(['a', 'b', 'c'].map((id) => join(id)));
    world.places = { ...world.places, state: 'started' };
    world.all.set('c', { ...world.all.get('c')!, status: 'attended' });
    world.ask([leave('b')]);
    const toHost = (userId: string): Ask => ({ kind: 'leave', userId, toHost: true });
    const { answers, changes } = world.ask(['a', 'b', 'c'].map(toHost));
    expect(answers).toMatchObject([{ kind: 'left' }, { kind: 'left' }, { because: 'already_marked' }]);
    expect(changes).toMatchObject([
      { userId: 'a', from: 'going', to: 'cancelled' },
      { userId: 'b', from: 'excused', to: 'cancelled' },
    ]);
    expect(world.places.pools.onsite.going).toBe(1);
  });

  it.each([
    ['draft', 'not_published'],
    ['cancelled', 'cancelled'],
    ['over', 'over'],
  ] as const)('given it is %s, then joining is refused as %s', (state, because) => {
    expect(new World(placesOf(1, null, state)).ask([join('a')]).answers).toEqual([{ kind: 'refused', because }]);
  });

  it('given a host asks, then refused: a host needs no place', () => {
    const world = new World({ ...placesOf(1), hosts: new Set(['h']) });
    expect(world.ask([join('h')]).answers).toEqual([{ kind: 'refused', because: 'hosting' }]);
  });

  it('given capacity is lowered, then nobody is thrown out; raised, then the line moves up', () => {
    const world = new World(placesOf(2));
    world.ask(['a', 'b', 'c', 'd'].map((id) => join(id)));
    const raise = (capacity: number) => {
      const { onsite, online } = world.places.pools;
      world.places = { ...world.places, pools: { onsite: { ...onsite, capacity }, online } };
      return world.ask([]).changes;
    };
    expect(raise(1)).toEqual([]);
    expect(raise(3)).toMatchObject([{ userId: 'c', promoted: true }]);
  });

  it('given two ways to take part, then each has its own places, and a full one keeps you where you are', () => {
    const world = new World(placesOf(1, 1));
    world.ask([join('a'), join('b', 'online'), join('c', 'online')]);
    expect(world.ask([join('a', 'online')]).answers).toEqual([{ kind: 'refused', because: 'full' }]);
    expect(world.all.get('a')).toMatchObject({ status: 'going', mode: 'onsite' });
    world.ask([leave('a')]);
    expect(world.ask([join('c', 'onsite')]).answers).toMatchObject([{ status: 'going', mode: 'onsite' }]);
    expect(new World(placesOf(1)).ask([join('a', 'online')]).answers).toEqual([
      { kind: 'refused', because: 'not_offered' },
    ]);
  });

  it('given one who goes over to the line of the other way, then they stand behind who waits there', () => {
    const world = new World(placesOf(1, 1));
    world.ask([join('a'), join('b', 'online'), join('c'), join('d', 'online'), join('e', 'online')]);
    const answer = { status: 'waitlisted', mode: 'online', position: 3 };
    expect(world.ask([join('c', 'online')]).answers).toMatchObject([answer]);
    expect(world.ask([leave('b')]).changes).toMatchObject([
      { userId: 'd', to: 'going', promoted: true },
      { userId: 'b', to: 'cancelled' },
    ]);
  });

  it.each([
    ['waits', null, 'clash'],
    ['was offered a place', 30 * MINUTE, 'clash'],
    ['has a place', null, null],
  ] as const)(
    'given one who %s and has something else then, then going over is asked about or not',
    (how, offerMs, because) => {
      const world = new World({ ...placesOf(1, 1), offerMs });
      world.ask(how === 'has a place' ? [join('b')] : [join('a'), join('b')]);
      if (offerMs !== null) world.ask([leave('a')]);
      const over = { ...join('b', 'online'), over: new Set(['b']) };
      const goes = { kind: 'stands', status: 'going', mode: 'online' };
      expect(world.ask([over]).answers).toMatchObject([because ? { kind: 'refused', because } : goes]);
      expect(world.ask([{ ...over, over: new Set() }]).answers).toMatchObject([goes]);
    },
  );

  it.each([
    ['before it opens', { opensAt: 10 }, 9, 'not_open_yet'],
    ['when it opens', { opensAt: 10 }, 10, null],
    ['a moment before it closes', { closesAt: 10 }, 9, null],
    ['once it has closed', { closesAt: 10 }, 10, 'registration_closed'],
  ] as const)('given a time to join, then %s one may, or not', (_name, window, now, because) => {
    const world = new World({ ...placesOf(1), ...window, now });
    const [answer] = world.ask([join('a')]).answers;
    expect(answer).toMatchObject(because ? { kind: 'refused', because } : { kind: 'stands', status: 'going' });
  });

  it('given who is not whom it is for, then refused; who stands already stays', () => {
    const world = new World(placesOf(1));
    expect(world.ask([{ ...join('a'), fits: false }]).answers).toEqual([{ kind: 'refused', because: 'not_for_you' }]);
    world.ask([join('b')]);
    expect(world.ask([{ ...join('b'), fits: false }]).answers).toMatchObject([{ status: 'going' }]);
  });

  it('given too little of the line, then says so', () => {
    const world = new World(placesOf(1));
    world.ask([join('a'), join('b')]);
    const result = settle(world.places, [world.all.get('a')!], [], [leave('a')]);
    expect(result.short).toBe(true);
  });
});

describe('places that are offered', () => {
  const offering = (capacity: number) => ({ ...placesOf(capacity), offerMs: 30 * MINUTE });
  const accept = (userId: string): Ask => ({ kind: 'accept', userId });
  const at = (world: World, minutes: number) => (world.places = { ...world.places, now: minutes * MINUTE });
  const look: Ask = { kind: 'look' };

  it('given one leaves, then the place is held for the next, who accepts; again: the same', () => {
    const world = new World(offering(1));
    world.ask([join('a'), join('b'), join('c')]);
    expect(world.ask([leave('a')]).changes).toMatchObject([
      { userId: 'b', from: 'waitlisted', to: 'offered', until: 30 * MINUTE, promoted: false },
      { userId: 'a', to: 'cancelled' },
    ]);
    expect(world.ask([join('d')]).answers).toMatchObject([{ status: 'waitlisted', position: 2 }]);
    at(world, 29);
    expect(world.ask([accept('b'), accept('b')]).answers).toMatchObject([{ status: 'going' }, { status: 'going' }]);
    expect(world.places.pools.onsite).toMatchObject({ going: 1, offered: 0, waitlisted: 2 });
  });

  it('given no answer in time, then it lapses and goes to the next, and the late one is told so', () => {
    const world = new World(offering(1));
    world.ask([join('a'), join('b'), join('c')]);
    world.ask([leave('a')]);
    at(world, 30);
    const { answers, changes } = world.ask([accept('b')]);
    expect(answers).toEqual([{ kind: 'refused', because: 'offer_lapsed' }]);
    expect(changes).toMatchObject([
      { userId: 'c', to: 'offered', until: 60 * MINUTE },
      { userId: 'b', to: 'cancelled', lapsed: true },
    ]);
  });

  it('given who declines, then the next is asked', () => {
    const world = new World(offering(1));
    world.ask([join('a'), join('b'), join('c')]);
    world.ask([leave('a')]);
    expect(world.ask([leave('b')]).changes).toMatchObject([
      { userId: 'c', to: 'offered' },
      { userId: 'b', to: 'cancelled', lapsed: false },
    ]);
  });

  it('never holds a place beyond the start, and offers none after it', () => {
    const world = new World(offering(1));
    world.ask([join('a'), join('b'), join('c')]);
    at(world, 90);
    expect(world.ask([leave('a')]).changes).toMatchObject([{ userId: 'b', until: 100 * MINUTE }, {}]);
    at(world, 100);
    world.places = { ...world.places, state: 'started' };
    const { answers, changes } = world.ask([look, accept('b')]);
    expect(answers[1]).toEqual({ kind: 'refused', because: 'offer_lapsed' });
    expect(changes).toMatchObject([{ userId: 'b', to: 'cancelled', lapsed: true }]);
  });

  it('given it is moved to an earlier start, then what is held is held until then at most', () => {
    const world = new World(offering(1));
    world.ask([join('a'), join('b')]);
    world.ask([leave('a')]);
    world.places = { ...world.places, startsAt: 20 * MINUTE };
    expect(world.ask([look]).changes).toMatchObject([
      { userId: 'b', from: 'offered', to: 'offered', until: 20 * MINUTE },
    ]);
    at(world, 20);
    world.places = { ...world.places, state: 'started' };
    expect(world.ask([accept('b')]).answers).toEqual([{ kind: 'refused', because: 'offer_lapsed' }]);
  });

  it('given it is cancelled, then who was offered a place keeps the offer, its clock ends, and nobody else is asked', () => {
    const world = new World(offering(1));
    world.ask([join('a'), join('b'), join('c')]);
    world.ask([leave('a')]);
    world.places = { ...world.places, state: 'cancelled' };
    expect(world.ask([look]).changes).toEqual([]);
    at(world, 30);
    expect(world.ask([look]).changes).toMatchObject([
      { userId: 'b', from: 'offered', to: 'offered', until: null, lapsed: false },
    ]);
    expect(world.ask([look]).changes).toEqual([]);
    expect(world.places.pools.onsite).toMatchObject({ offered: 1, waitlisted: 1 });
  });

  it('given a held place, then nobody new gets it, though nobody waits', () => {
    const world = new World(offering(1));
    world.ask([join('a'), join('b')]);
    world.ask([leave('a')]);
    expect(world.ask([join('c')]).answers).toMatchObject([{ status: 'waitlisted', position: 1 }]);
  });
});

describe('whatever people ask', () => {
  const someone = fc.integer({ min: 0, max: 11 }).map((number) => `p${number}`);
  const anAsk = fc.oneof(
    fc.record({
      kind: fc.constant('join' as const),
      userId: someone,
      mode: fc.constantFrom('onsite' as const, 'online' as const, null),
      fits: fc.constant(true),
    }),
    fc.record({ kind: fc.constant('leave' as const), userId: someone }),
  );
  const batches = fc.array(fc.array(anAsk, { maxLength: 8 }), { maxLength: 12 });
  const capacities = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.option(fc.integer({ min: 1, max: 5 })));

  it('no place is given twice, none stays free while somebody waits, and the counters are right', () => {
    fc.assert(
      fc.property(capacities, batches, ([onsite, online], all) => {
        const world = new World(placesOf(onsite, online));
        for (const asks of all) {
          const result = world.ask(asks);
          expect(result.short).toBe(false);
          expect(result.answers).toHaveLength(asks.length);
          for (const mode of ['onsite', 'online'] as const) {
            const pool = world.places.pools[mode];
            expect(pool.going).toBe(world.count('going', mode));
            expect(pool.waitlisted).toBe(world.count('waitlisted', mode));
            expect(pool.going).toBeLessThanOrEqual(pool.capacity);
            if (pool.waitlisted > 0) expect(pool.going).toBe(pool.capacity);
          }
        }
      }),
    );
  });

  it('whoever is promoted waited before everybody who still waits for the same', () => {
    fc.assert(
      fc.property(capacities, batches, ([onsite, online], all) => {
        const world = new World(placesOf(onsite, online));
        for (const asks of all) {
          for (const change of world.ask(asks).changes.filter((one) => one.promoted)) {
            const rest = world.line.filter((one) => one.mode === change.mode);
            expect(rest.every((one) => one.order > change.order)).toBe(true);
          }
        }
      }),
    );
  });

  it('one batch decides as one ask after the other would', () => {
    fc.assert(
      fc.property(capacities, batches, ([onsite, online], all) => {
        const together = new World(placesOf(onsite, online));
        const apart = new World(placesOf(onsite, online));
        for (const asks of all) {
          together.ask(asks);
          for (const ask of asks) apart.ask([ask]);
        }
        expect(Object.fromEntries(together.all)).toEqual(
          Object.fromEntries([...apart.all].filter(([id]) => together.all.has(id))),
        );
        expect(together.places.pools).toEqual(apart.places.pools);
      }),
    );
  });

  it('after the start nobody is promoted', () => {
    fc.assert(
      fc.property(capacities, batches, batches, ([onsite, online], before, after) => {
        const world = new World(placesOf(onsite, online));
        for (const asks of before) world.ask(asks);
        world.places = { ...world.places, state: 'started' };
        for (const asks of after) {
          const { changes } = world.ask(asks);
          expect(changes.every(({ to }) => to === 'cancelled' || to === 'excused')).toBe(true);
        }
      }),
    );
  });
});
