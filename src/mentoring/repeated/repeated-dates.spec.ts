import fc from 'fast-check';
import { dayOf, daysBetween, zonedOf } from '../../common/times/zoned.js';
import { idInSeries, repeatedStarts, withinResidency } from './repeated-dates.js';

const starts = (first: string, timeZone: string, weeks: number, count: number) =>
  repeatedStarts(new Date(first), timeZone, { weeks, count }).map((start) => start.toISOString());

describe('the dates of a session that comes again', () => {
  it('given a week over the autumn night of Paris, then it stays at nine on the wall', () => {
    expect(starts('2026-10-20T07:00:00Z', 'Europe/Paris', 1, 3)).toEqual([
      '2026-10-20T07:00:00.000Z',
      '2026-10-27T08:00:00.000Z',
      '2026-11-03T08:00:00.000Z',
    ]);
  });

  it('given four weeks over the spring night, then it stays at nine on the wall', () => {
    expect(starts('2027-03-02T08:00:00Z', 'Europe/Paris', 4, 3)).toEqual([
      '2027-03-02T08:00:00.000Z',
      '2027-03-30T07:00:00.000Z',
      '2027-04-27T07:00:00.000Z',
    ]);
  });

  it('given an hour that the spring night skips, then it moves on by the gap there, and stays elsewhere', () => {
    expect(starts('2027-03-21T01:30:00Z', 'Europe/Paris', 1, 3)).toEqual([
      '2027-03-21T01:30:00.000Z',
      '2027-03-28T01:30:00.000Z',
      '2027-04-04T00:30:00.000Z',
    ]);
  });

  it('given the second of two hours that the autumn night has, then the first date is that one, as it was chosen', () => {
    expect(starts('2026-10-25T01:30:00Z', 'Europe/Paris', 1, 2)).toEqual([
      '2026-10-25T01:30:00.000Z',
      '2026-11-01T01:30:00.000Z',
    ]);
  });

  it('given an evening of the day before in the zone of the coach, then its weekday there counts', () => {
    expect(starts('2026-10-14T02:00:00Z', 'America/Guadeloupe', 2, 2)).toEqual([
      '2026-10-14T02:00:00.000Z',
      '2026-10-28T02:00:00.000Z',
    ]);
  });

  it('is so many weeks apart on the wall, at the same hour, in any zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2026, 0, 1) / 300_000, max: Date.UTC(2028, 0, 1) / 300_000 }),
        fc.constantFrom('Europe/Paris', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata', 'UTC'),
        fc.constantFrom(1, 2, 4),
        fc.integer({ min: 2, max: 12 }),
        (tick, timeZone, weeks, count) => {
          const first = new Date(tick * 300_000);
          const all = repeatedStarts(first, timeZone, { weeks, count });
          expect(all).toHaveLength(count);
          all.forEach((start, index) => {
            expect(daysBetween(dayOf(first, timeZone), dayOf(start, timeZone))).toBe(index * 7 * weeks);
            const [hour, wanted] = [start, first].map((one) => zonedOf(one, timeZone).toPlainTime());
            // Only an hour that does not exist on that day is another one.
            if (hour!.hour !== wanted!.hour) expect(hour!.hour - wanted!.hour).toBe(1);
            expect(hour!.minute).toBe(wanted!.minute);
          });
        },
      ),
    );
  });

  it('given the last day of a residency, then what lies after it is counted and left out', () => {
    const all = repeatedStarts(new Date('2027-06-16T22:30:00Z'), 'UTC', { weeks: 1, count: 4 });
    const { within, beyond } = withinResidency(all, { endsOn: '2027-06-30', timeZone: 'Europe/Paris' });
    expect([within.map((one) => one.toISOString().slice(0, 10)), beyond]).toEqual([['2027-06-16', '2027-06-23'], 2]);
  });

  it('names each of a series by an id of its own', () => {
    const ids = Array.from({ length: 12 }, (_, index) => idInSeries('a'.repeat(24), index + 1));
    expect(new Set(ids).size).toBe(12);
    expect(ids[0]).toMatch(/^[0-9a-f]{24}$/);
  });
});
