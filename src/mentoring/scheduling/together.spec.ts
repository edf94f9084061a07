import fc from 'fast-check';
import { MINUTE } from '../../common/times/clock.js';
import type { Availability } from '../../contracts/mentoring/mentoring.js';
import { type Plan, placeAll } from './placing.js';
import { type CoachCalendar, type SlotQuery, refusalOf } from './slots.js';
import { togetherOf } from './together.js';

const HOURS: Availability = {
  timeZone: 'Europe/Paris',
  weekly: [{ weekday: 3, start: '09:00', end: '12:00' }],
  exceptions: [],
  slotMinutes: 45,
  bufferMinutes: 15,
  minNoticeHours: 0,
  horizonDays: 60,
  maxPerDay: 3,
  maxPerWeek: 9,
};
const coach = (coachId: string, hours: Partial<Availability> = {}, busy: [string, string][] = []): CoachCalendar => ({
  coachId,
  availability: { ...HOURS, ...hours },
  busy: busy.map(([from, to]) => ({ from: at(from), to: at(to) })),
  elsewhere: [],
  perDay: new Map(),
  perWeek: new Map(),
});
/** On Wednesday 14 October 2026. */
const at = (time: string) => Date.parse(`2026-10-14T${time}:00Z`);
const LOOK: SlotQuery = { now: at('00:00'), from: at('00:00'), to: at('23:00'), mine: [] };
const times = (first: CoachCalendar, second: CoachCalendar, look: Partial<SlotQuery> = {}) =>
  togetherOf(first, second, { ...LOOK, ...look }).map(({ from }) => new Date(from).toISOString().slice(11, 16));
const wednesday = (start: string, end: string) => ({ weekly: [{ weekday: 3, start, end }] });

describe('when two coaches are free together', () => {
  it.each<[string, CoachCalendar, CoachCalendar, string[]]>([
    ['the same hours', coach('a'), coach('b'), ['07:00', '08:00', '09:00']],
    ['hours that only meet', coach('a'), coach('b', wednesday('10:00', '11:00')), ['08:00']],
    ['hours that never meet', coach('a'), coach('b', wednesday('14:00', '17:00')), []],
    ['a slot of the second alone', coach('a'), coach('b', wednesday('09:30', '10:15')), ['07:30']],
    ['one who is taken', coach('a'), coach('b', {}, [['08:00', '08:45']]), ['07:00', '09:00']],
    ['one whose day is full', coach('a'), { ...coach('b'), perDay: dayFull() }, []],
    ['one with a longer pause', coach('a'), coach('b', { bufferMinutes: 60 }, [['07:00', '07:45']]), ['09:00']],
  ])('given %s, then', (_name, first, second, expected) => {
    expect(times(first, second)).toEqual(expected);
  });

  it('given who looks is busy, then not at that time', () => {
    expect(times(coach('a'), coach('b'), { mine: [{ from: at('08:10'), to: at('08:20') }] })).toEqual([
      '07:00',
      '09:00',
    ]);
  });

  it('given any hours, then each slot is free for both, none overlaps another, and it can be placed', () => {
    const minutes = fc.integer({ min: 0, max: 11 }).map((step) => step * 15);
    const wall = (from: number) =>
      `${String(9 + Math.floor(from / 60)).padStart(2, '0')}:${String(from % 60).padStart(2, '0')}`;
    const hours = fc
      .record({ start: minutes, bufferMinutes: fc.constantFrom(0, 15, 30), slotMinutes: fc.constantFrom(30, 45, 60) })
      .map(({ start, ...more }) => ({ ...more, ...wednesday(wall(start), '15:00') }));
    const [one, two, fellow] = ['a'.repeat(24), 'b'.repeat(24), 'c'.repeat(24)];
    fc.assert(
      fc.property(hours, hours, (mine, theirs) => {
        const [first, second] = [coach(one, mine), coach(two, theirs)];
        const slots = togetherOf(first, second, LOOK);
        for (const [index, { from, to }] of slots.entries()) {
          expect(refusalOf(first, LOOK, from, to)).toBeNull();
          expect(refusalOf(second, LOOK, from, to)).toBeNull();
          expect(slots[index + 1]?.from ?? Infinity).toBeGreaterThanOrEqual(to);
          const plan: Plan = {
            coachId: one,
            second: { coachId: two, availability: second.availability },
            participantIds: [fellow],
            from,
            minutes: (to - from) / MINUTE,
          };
          const [outcome] = placeAll([plan], { sessions: [], otherwise: [] }, first.availability, LOOK.now);
          const claims = outcome && 'placement' in outcome ? outcome.placement.claims : [];
          expect(claims.filter((claim) => claim.startsWith('cap:'))).toHaveLength(4);
          expect(new Set(claims).size).toBe(claims.length);
        }
      }),
      { numRuns: 50 },
    );
  });
});

function dayFull(): ReadonlyMap<number, number> {
  return new Map([[Math.floor(at('12:00') / 86_400_000), 3]]);
}
