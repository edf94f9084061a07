import fc from 'fast-check';
import type { RegistrationStatus } from '../../contracts/workshops/workshops.js';
import { newCode, typedCode } from './attendance-code.js';
import { attendance, checkInWindow, madeAt } from './attendance.js';
import { settle } from '../registrations/capacity.js';
import type { Ask, AttendanceAsk, Places, Standing } from '../registrations/places.js';

const MINUTE = 60_000;
const START = 100 * MINUTE;
const END = 200 * MINUTE;

const at = (now: number, more: Partial<Places> = {}): Places => ({
  state: now < START ? 'open' : now < END ? 'started' : 'over',
  now,
  startsAt: START,
  endsAt: END,
  pools: {
    onsite: { capacity: 1, reserved: 0, going: 0, offered: 0, waitlisted: 0 },
    online: { capacity: 0, reserved: 0, going: 0, offered: 0, waitlisted: 0 },
  },
  offersOnline: false,
  offerMs: null,
  opensAt: null,
  closesAt: null,
  hosts: new Set(['host']),
  lastOrder: 3,
  ...more,
});
const as = (status: RegistrationStatus | null): Standing | null =>
  status && { userId: 'a', status, mode: 'onsite', order: 1, until: null, party: null };
const checkIn: AttendanceAsk = { kind: 'check_in', userId: 'a' };
const scan = (order: number | null = 1): AttendanceAsk => ({ kind: 'scan', userId: 'a', order });
const excuse = (excused: boolean): AttendanceAsk => ({ kind: 'excuse', userId: 'a', excused });
const mark = (status: 'going' | 'attended' | 'absent' | 'excused', userId = 'a'): AttendanceAsk => ({
  kind: 'mark',
  userId,
  as: status,
});
const waiting = at(0, {
  pools: {
    onsite: { capacity: 1, reserved: 0, going: 1, offered: 0, waitlisted: 1 },
    online: { capacity: 0, reserved: 0, going: 0, offered: 0, waitlisted: 0 },
  },
});

describe('how a place was used', () => {
  it.each([
    ['the code, a ms before it counts', at(START - 15 * MINUTE - 1), checkIn, 'going', 'too_early'],
    ['the code, once it counts', at(START - 15 * MINUTE), checkIn, 'going', 'attended'],
    ['the code, again', at(START), checkIn, 'attended', 'attended'],
    ['the code from who was marked absent', at(END), checkIn, 'absent', 'attended'],
    ['the code from who was excused', at(START), checkIn, 'excused', 'attended'],
    ['the code, in its last ms', at(END + 60 * MINUTE - 1), checkIn, 'going', 'attended'],
    ['the code, when it counts no more', at(END + 60 * MINUTE), checkIn, 'going', 'too_late'],
    ['the code from who waits', at(START), checkIn, 'waitlisted', 'no_place'],
    ['the code from who never joined', at(START), checkIn, null, 'no_place'],
    ['the code of a draft', at(START, { state: 'draft' }), checkIn, 'going', 'not_published'],
    ['the code of a cancelled one', at(START, { state: 'cancelled' }), checkIn, 'going', 'cancelled'],
    ['a pass, a ms before it counts', at(START - 15 * MINUTE - 1), scan(), 'going', 'too_early'],
    ['a pass, once it counts', at(START - 15 * MINUTE), scan(), 'going', 'attended'],
    ['a pass, days later', at(END * 100), scan(), 'going', 'attended'],
    ['a pass of who is here', at(START), scan(), 'attended', 'attended'],
    ['a pass of who was missed', at(START), scan(), 'absent', 'attended'],
    ['a pass of who was excused', at(START), scan(), 'excused', 'attended'],
    ['a pass of who left', at(START), scan(), null, 'given_back'],
    ['a pass of the place before', at(START), scan(7), 'going', 'given_back'],
    ['a pass of who waits since', at(START), scan(), 'waitlisted', 'no_place'],
    ['a pass of who was offered a place', at(START), scan(), 'offered', 'no_place'],
    ['a pass of a draft', at(START, { state: 'draft' }), scan(), 'going', 'not_published'],
    ['a pass of a cancelled one', at(START, { state: 'cancelled' }), scan(), 'going', 'cancelled'],
    ['a name from the list', at(START), scan(null), 'going', 'attended'],
    ['a name of who left', at(START), scan(null), null, 'given_back'],
    ['an excuse, long before', at(0), excuse(true), 'going', 'excused'],
    ['an excuse, again', at(0), excuse(true), 'excused', 'excused'],
    ['an excuse, while others wait', waiting, excuse(true), 'going', 'others_wait'],
    ['an excuse again, while others wait', waiting, excuse(true), 'excused', 'excused'],
    ['an excuse, once it runs', { ...waiting, ...at(START), pools: waiting.pools }, excuse(true), 'going', 'excused'],
    ['an excuse, in the last ms', at(END - 1), excuse(true), 'going', 'excused'],
    ['an excuse, after the end', at(END), excuse(true), 'going', 'over'],
    ['an excuse of who waits', at(0), excuse(true), 'waitlisted', 'no_place'],
    ['an excuse of who was offered a place', at(0), excuse(true), 'offered', 'no_place'],
    ['an excuse of who was there', at(START), excuse(true), 'attended', 'already_marked'],
    ['an excuse of who was missed', at(START), excuse(true), 'absent', 'already_marked'],
    ['an excuse taken back', at(START), excuse(false), 'excused', 'going'],
    ['a list too early', at(START - 15 * MINUTE - 1), mark('attended'), 'going', 'too_early'],
    ['absence too early', at(START - 15 * MINUTE - 1), mark('absent'), 'going', 'too_early'],
    ['an excuse by phone', at(0), mark('excused'), 'going', 'excused'],
    ['the list, days later', at(END * 100), mark('absent'), 'attended', 'absent'],
    ['a mark taken back', at(END * 100), mark('going'), 'absent', 'going'],
    ['a walk-in', at(START), mark('attended'), null, 'attended'],
    ['a walk-in from the line', at(START), mark('attended'), 'waitlisted', 'attended'],
    ['absence of who never joined', at(START), mark('absent'), null, 'no_place'],
    ['an excuse for who waits', at(START), mark('excused'), 'waitlisted', 'no_place'],
    ['absence of who was offered a place', at(START - MINUTE), mark('absent'), 'offered', 'no_place'],
    ['a place for who was offered one, by the list', at(0), mark('going'), 'offered', 'no_place'],
    ['who was offered a place and came', at(START - MINUTE), mark('attended'), 'offered', 'attended'],
    ['a host', at(START), mark('attended', 'host'), null, 'hosting'],
  ] as const)('given %s, then it is so or says why not', (_name, places, ask, current, expected) => {
    const verdict = attendance(places, ask, as(current));
    expect(verdict.kind === 'refused' ? verdict.because : verdict.status).toBe(expected);
  });

  it('given a workshop, then the code counts from 15 minutes before it until an hour after', () => {
    expect(checkInWindow({ startsAt: START, endsAt: END })).toEqual({
      from: START - 15 * MINUTE,
      until: END + 60 * MINUTE,
    });
  });
});

describe('two hosts at a door', () => {
  const one: Standing = { userId: 'a', status: 'going', mode: 'onsite', order: 1, until: null, party: null };

  it('given the same pass twice in one batch, then the first says who came, the second since when, and nothing is written twice', () => {
    const { answers, changes } = settle(at(START), [one], [], [scan(), scan()]);
    expect(answers).toMatchObject([
      { kind: 'stands', status: 'attended', was: 'going', markedAt: START },
      { kind: 'stands', status: 'attended', was: 'attended', markedAt: START },
    ]);
    expect(changes).toHaveLength(1);
  });

  it('given who is here already, then nothing changes, and since when stays', () => {
    const here: Standing = { ...one, status: 'attended', markedAt: START };
    const { answers, changes } = settle(at(START + MINUTE), [here], [], [scan()]);
    expect([answers, changes]).toMatchObject([[{ was: 'attended', markedAt: START }], []]);
  });

  it('given a mark by a process whose clock is ahead, then who stands at the door is there all the same', () => {
    const missed: Standing = { ...one, status: 'absent', markedAt: START + 5 };
    const { answers, changes } = settle(at(START), [missed], [], [scan()]);
    expect(answers).toMatchObject([{ status: 'attended', was: 'absent' }]);
    expect(changes).toMatchObject([{ to: 'attended', markedAt: START + 5 }]);
  });

  it('given the place is given back and a pass of it comes in one batch, then it is void', () => {
    const { answers, changes } = settle(at(START - MINUTE), [one], [], [{ kind: 'leave', userId: 'a' }, scan()]);
    expect(answers).toEqual([{ kind: 'left' }, { kind: 'refused', because: 'given_back' }]);
    expect(changes).toMatchObject([{ to: 'cancelled' }]);
  });
});

describe('the books', () => {
  it('given a full workshop and two walk-ins, one from the line, then they are over the places, and the counters say so', () => {
    const places = { ...at(START), pools: waiting.pools };
    const line: Standing[] = [
      { userId: 'b', status: 'waitlisted', mode: 'onsite', order: 2, until: null, party: null },
    ];
    const { changes, pools, lastOrder } = settle(places, line, line, [mark('attended', 'b'), mark('attended', 'c')]);
    expect(pools.onsite).toEqual({ capacity: 1, reserved: 0, going: 3, offered: 0, waitlisted: 0 });
    expect(changes).toMatchObject([
      { userId: 'b', from: 'waitlisted', to: 'attended', order: 2, promoted: false },
      { userId: 'c', from: null, to: 'attended', order: 4 },
    ]);
    expect(lastOrder).toBe(4);
  });

  it('given who was there, then leaving does not undo that while it runs', () => {
    const one = { userId: 'a', status: 'attended', mode: 'onsite', order: 1, until: null, party: null } as const;
    expect(settle(at(START), [one], [], [{ kind: 'leave', userId: 'a' }]).answers).toEqual([
      { kind: 'refused', because: 'already_marked' },
    ]);
  });

  it('given any asks on a moving clock, then the counters are those of the registrations, and nobody has two', () => {
    const person = fc.constantFrom('a', 'b', 'c', 'd', 'host');
    const anAsk: fc.Arbitrary<Ask> = fc.oneof(
      person.map((userId): Ask => ({ kind: 'join', userId, mode: null, fits: true })),
      person.map((userId): Ask => ({ kind: 'leave', userId })),
      person.map((userId): Ask => ({ kind: 'check_in', userId })),
      fc.record({
        kind: fc.constant('scan' as const),
        userId: person,
        order: fc.option(fc.integer({ min: 1, max: 6 })),
      }),
      fc.record({ kind: fc.constant('excuse' as const), userId: person, excused: fc.boolean() }),
      fc.record({
        kind: fc.constant('mark' as const),
        userId: person,
        as: fc.constantFrom('going' as const, 'attended' as const, 'absent' as const, 'excused' as const),
      }),
    );
    const steps = fc.array(fc.record({ wait: fc.nat(40), asks: fc.array(anAsk, { minLength: 1, maxLength: 4 }) }));
    fc.assert(
      fc.property(steps, (some) => {
        const all = new Map<string, Standing>();
        let now = 0;
        let { pools, lastOrder } = at(0);
        for (const { wait, asks } of some) {
          now += wait * MINUTE;
          const standing = () => [...all.values()];
          const line = standing().filter(({ status }) => status === 'waitlisted');
          const result = settle(at(now, { pools, lastOrder }), standing(), line, asks);
          for (const { to, ...one } of result.changes) all.set(one.userId, { ...one, status: to });
          ({ pools, lastOrder } = result);
          const count = (waits: boolean) =>
            standing().filter(({ status }) => status !== 'cancelled' && (status === 'waitlisted') === waits).length;
          expect(pools.onsite).toMatchObject({ going: count(false), waitlisted: count(true), offered: 0 });
          const orders = standing().map(({ order }) => order);
          expect(new Set(orders).size).toBe(orders.length);
        }
      }),
    );
  });
});

describe('marks of two devices', () => {
  const MARKS = ['going', 'attended', 'absent', 'excused'] as const;
  const one: Standing = { userId: 'a', status: 'going', mode: 'onsite', order: 1, until: null, party: null };
  const late = END * 10;
  const taken = (marks: readonly { as: (typeof MARKS)[number]; at: number }[]) => {
    let standing = one;
    for (const { as, at: made } of marks) {
      const { changes } = settle(at(late), [standing], [], [{ kind: 'mark', userId: 'a', as, at: made }]);
      for (const { to, ...rest } of changes) standing = { ...rest, status: to };
    }
    return standing;
  };

  it('given they come in any order, then the one made last stands', () => {
    const some = fc.uniqueArray(
      fc.record({ as: fc.constantFrom(...MARKS), at: fc.integer({ min: START, max: late }) }),
      {
        ...{ minLength: 1, maxLength: 6, selector: (mark: { at: number }) => mark.at },
      },
    );
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.nat()), (marks, random) => {
        const order = marks.map((mark) => ({ mark, key: random.next().value as number }));
        const shuffled = order.sort((a, b) => a.key - b.key).map(({ mark }) => mark);
        const last = [...marks].sort((a, b) => b.at - a.at)[0]!;
        expect(taken(shuffled)).toMatchObject({ status: last.as, markedAt: last.at });
      }),
    );
  });

  it('given a mark from the future, then it counts as made now', () => {
    expect(taken([{ as: 'absent', at: late * 2 }]).markedAt).toBe(late);
  });

  it.each([
    [
      'made a minute before it was sent, by a clock that is wrong',
      '2020-01-01T00:00:00Z',
      '2020-01-01T00:01:00Z',
      -MINUTE,
    ],
    ['sent before it was made', '2020-01-01T00:01:00Z', '2020-01-01T00:00:00Z', 0],
    ['without times', undefined, undefined, 0],
  ])('given a mark %s, then only the time between counts', (_name, made, sentAt, ms) => {
    const now = new Date('2026-10-15T08:00:00Z');
    expect(madeAt({ at: made, sentAt }, now) - now.getTime()).toBe(ms);
  });
});

describe('the code', () => {
  it('given many, then each has six signs that nobody mistakes, and no two are alike', () => {
    const codes = Array.from({ length: 500 }, newCode);
    for (const code of codes) expect(code).toMatch(/^[2-9A-DF-HJKMNP-Z]{6}$/);
    expect(new Set(codes).size).toBeGreaterThan(498);
  });

  it('given it is typed with a space, a dash or in small letters, then it is the same', () => {
    expect([' abc 234', 'ABC-234', 'abc234'].map(typedCode)).toEqual(['ABC234', 'ABC234', 'ABC234']);
  });
});
