import fc from 'fast-check';
import { HOUR } from '../../common/times/clock.js';
import { dayNumber, weekOf } from '../../common/times/zone-offsets.js';
import { noHours } from '../availability/availability.rules.js';
import { byTurn, inTurn, sharedOut } from './fair-share.js';
import type { CoachCalendar } from './slots.js';

const MONDAY = Date.parse('2026-10-19T07:00:00Z');
const WEEK = weekOf(dayNumber('2026-10-19'));

const coach = (coachId: string, sessions: number, cap = 12): CoachCalendar => ({
  coachId,
  availability: { ...noHours('Europe/Paris'), maxPerWeek: cap },
  busy: [],
  elsewhere: [],
  perDay: new Map(),
  perWeek: new Map([[WEEK, sessions]]),
});
const slot = (coachId: string, from = MONDAY) => ({ coachId, from, to: from + HOUR });

describe('whose turn it is', () => {
  it.each([
    ['the emptier one', [coach('a', 3), coach('b', 1)], ['b', 'a']],
    ['the emptier one relative to the cap', [coach('a', 2, 4), coach('b', 4, 12)], ['b', 'a']],
    ['of two alike the one with fewer sessions', [coach('a', 4, 8), coach('b', 2, 4)], ['b', 'a']],
    ['of two quite alike the first id', [coach('b', 2), coach('a', 2)], ['a', 'b']],
  ])('given coaches, then %s', (_name, calendars, order) => {
    expect(inTurn(calendars, MONDAY)).toEqual(order);
  });

  it('given a name that was shown, then that coach comes first, if they are free at all', () => {
    const calendars = [coach('a', 0), coach('b', 5)];
    expect(inTurn(calendars, MONDAY, 'b')).toEqual(['b', 'a']);
    expect(inTurn(calendars, MONDAY, 'c')).toEqual(['a', 'b']);
  });

  it('given any loads, then the order is one and the same whatever the coaches came in', () => {
    const load = fc.record({
      coachId: fc.stringMatching(/^[a-f]{1,3}$/),
      sessions: fc.nat(20),
      cap: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(load, { selector: (one) => one.coachId, maxLength: 8 }), (loads) => {
        const there = [...loads].sort(byTurn);
        const back = [...loads].reverse().sort(byTurn);
        expect(back).toEqual(there);
        for (const [at, one] of there.slice(1).entries()) {
          const before = there[at]!;
          expect(before.sessions / before.cap).toBeLessThanOrEqual(one.sessions / one.cap + 1e-9);
        }
      }),
    );
  });
});

describe('one list for all coaches of a craft', () => {
  it('given several free at one start, then it is there once, with whose turn it is', () => {
    const later = MONDAY + HOUR;
    const free = [slot('a'), slot('b'), slot('a', later)];
    expect(sharedOut(free, [coach('a', 3), coach('b', 1)])).toEqual([slot('b'), slot('a', later)]);
    expect(sharedOut([], [])).toEqual([]);
  });
});
