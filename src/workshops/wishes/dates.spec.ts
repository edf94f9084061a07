import fc from 'fast-check';
import { DAY, MINUTE } from '../../common/times/clock.js';
import { ZoneOffsets, dayNumber, weekdayOf } from '../../common/times/zone-offsets.js';
import { type DatesQuestion, suitingDates } from './dates.js';

const at = (instant: string) => Date.parse(instant);
/** Tuesday 13 October 2026, 11:45 in Paris. The clocks change on the 25th. */
const NOW = at('2026-10-13T09:45:00Z');
const question = (more: Partial<DatesQuestion> = {}): DatesQuestion => ({
  people: ['ana', 'ben', 'cleo'],
  givers: new Set(['ana']),
  busy: [],
  avoid: new Set(),
  timeZone: 'Europe/Paris',
  now: NOW,
  minutes: 60,
  ...more,
});
const starts = (more?: Partial<DatesQuestion>, most = 3) =>
  suitingDates(question(more), most).map(({ from, free }) => `${new Date(from).toISOString().slice(0, 16)} ${free}`);

describe('suitingDates', () => {
  it('given everybody is free, then the first hour of the next working days, from the day after tomorrow', () =>
    expect(starts()).toEqual(['2026-10-15T07:00 3', '2026-10-16T07:00 3', '2026-10-19T07:00 3']));

  it('given clocks change, then nine on the wall stays nine', () =>
    expect(starts({}, 20)).toEqual(expect.arrayContaining(['2026-10-23T07:00 3', '2026-10-26T08:00 3'])));

  it('given a milestone, then not on that day', () =>
    expect(starts({ avoid: new Set([dayNumber('2026-10-15')]) }, 1)).toEqual(['2026-10-16T07:00 3']));

  it('given one who is busy all day, then that day comes after the others', () => {
    const busy = [{ userId: 'ben', from: at('2026-10-15T00:00:00Z'), to: at('2026-10-16T00:00:00Z') }];
    const all = starts({ busy }, 40);
    expect(all.at(-1)).toBe('2026-10-15T07:00 2');
  });

  it('given one who is busy till ten past ten, then at half past, when all are free; what touches takes nothing', () => {
    const until = (minute: string) => [
      { userId: 'cleo', from: at('2026-10-15T07:00:00Z'), to: at(`2026-10-15T08:${minute}:00Z`) },
    ];
    expect(starts({ busy: until('10') }, 1)).not.toContain('2026-10-15T07:00 3');
    expect(
      suitingDates(question({ busy: until('10') }), 40).find(({ from }) => from < at('2026-10-16T00:00:00Z'))?.from,
    ).toBe(at('2026-10-15T08:30:00Z'));
    expect(
      suitingDates(question({ busy: until('30') }), 40).find(({ from }) => from < at('2026-10-16T00:00:00Z'))?.from,
    ).toBe(at('2026-10-15T08:30:00Z'));
  });

  it('given who gives is never free, then no date; given nobody gives, then dates all the same', () => {
    const busy = [{ userId: 'ana', from: NOW, to: NOW + 40 * DAY }];
    expect(starts({ busy })).toEqual([]);
    expect(starts({ busy, givers: new Set() }, 1)).toEqual(['2026-10-15T07:00 2']);
  });

  const zones = ['Europe/Paris', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia'];
  const people = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 });
  const stretches = fc.array(
    fc.record({
      userId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'stranger'),
      start: fc.integer({ min: -2 * 24 * 12, max: 30 * 24 * 12 }),
      length: fc.integer({ min: 0, max: 3 * 24 * 12 }),
    }),
    { maxLength: 25 },
  );

  it('given any busy times, then each date is within the hours, counted right, in order, one a day, and none better is left out', () => {
    fc.assert(
      fc.property(
        people,
        fc.subarray(['a', 'b', 'c', 'd', 'e']),
        stretches,
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 400 }),
        fc.constantFrom(30, 45, 60, 90, 240),
        (those, giving, drawn, timeZone, day, minutes) => {
          const now = NOW + day * DAY;
          const busy = drawn.map(({ userId, start, length }) => {
            const from = now + start * 5 * MINUTE;
            return { userId, from, to: from + length * 5 * MINUTE };
          });
          const zone = ZoneOffsets.of(timeZone);
          const asked = question({ people: those, givers: new Set(giving), busy, timeZone, now, minutes });
          const found = suitingDates(asked, 100);
          const isFree = (userId: string, from: number, to: number) =>
            !busy.some((one) => one.userId === userId && one.to > one.from && one.from < to && one.to > from);
          const days = found.map(({ from }) => zone.dayAt(from));
          expect(new Set(days).size).toBe(days.length);
          for (const { from, to, free, giving: givers } of found) {
            const [begin, end] = [zone.wallAt(from), zone.wallAt(to)];
            expect(weekdayOf(begin.day)).toBeLessThan(6);
            expect(begin.minute).toBeGreaterThanOrEqual(9 * 60);
            expect([end.day, end.minute <= 18 * 60]).toEqual([begin.day, true]);
            expect(from).toBeGreaterThan(now + DAY);
            expect(free).toBe(those.filter((id) => isFree(id, from, to)).length);
            expect(givers).toBe(those.filter((id) => giving.includes(id) && isFree(id, from, to)).length);
          }
          const frees = found.map((one) => one.free);
          expect(frees).toEqual([...frees].sort((a, b) => b - a));
          expect(suitingDates(asked, 3)).toEqual(found.slice(0, 3));
        },
      ),
      { numRuns: 150 },
    );
  });
});
