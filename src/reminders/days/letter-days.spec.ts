import fc from 'fast-check';
import { plusDays } from '../../common/times/zoned.js';
import type { ClosedOn } from '../../cohorts/timeline/closed-days.js';
import { lastingOf, lettersOf } from './letter-days.js';

const open: ClosedOn = () => null;
const closed =
  (from: string, to: string): ClosedOn =>
  (day) =>
    from <= day && day <= to ? { kind: 'pause', name: 'Winter' } : null;

const days = (what: 'week' | 'month', startsOn: string, endsOn: string, from = startsOn) =>
  lettersOf({ startsOn, endsOn }, from, open)
    .filter((letter) => letter.what === what)
    .map(({ on }) => on);

describe('the letters of a residency', () => {
  it.each([
    ['from Tuesday on: the Monday after it', '2026-09-01', ['2026-09-07', '2026-09-14', '2026-09-21']],
    ['from Monday on: not on the first day, which has words of its own', '2026-09-07', ['2026-09-14', '2026-09-21']],
    ['from Sunday on: the day after', '2026-09-06', ['2026-09-07', '2026-09-14', '2026-09-21']],
  ])('given one %s, then each Monday until its last day', (_, startsOn, expected) => {
    expect(days('week', startsOn, '2026-09-21')).toEqual(expected);
  });

  it('given ten months, then the first of each month but the first one', () => {
    expect(days('month', '2026-09-01', '2027-06-30')).toEqual([
      '2026-10-01',
      '2026-11-01',
      '2026-12-01',
      '2027-01-01',
      '2027-02-01',
      '2027-03-01',
      '2027-04-01',
      '2027-05-01',
      '2027-06-01',
    ]);
    expect(days('month', '2026-09-15', '2026-10-01')).toEqual(['2026-10-01']);
    expect(days('month', '2026-09-15', '2026-09-30')).toEqual([]);
  });

  it('given a day within, then what is before it is over', () => {
    expect(days('week', '2026-09-01', '2026-09-30', '2026-09-15')).toEqual(['2026-09-21', '2026-09-28']);
    expect(days('week', '2026-09-01', '2026-09-30', '2026-09-21')).toEqual(['2026-09-21', '2026-09-28']);
  });

  it('given a week or a month without any working day, then it has no letter', () => {
    const inWinter = lettersOf(
      { startsOn: '2026-12-01', endsOn: '2027-02-15' },
      '2026-12-02',
      closed('2026-12-19', '2027-01-31'),
    );
    expect(inWinter.map(({ what, on }) => `${what} ${on}`)).toEqual([
      ...['2026-12-07', '2026-12-14', '2027-02-01', '2027-02-08', '2027-02-15'].map((on) => `week ${on}`),
      'month 2027-02-01',
    ]);
  });

  it('given one falls into a pause that leaves days of it, then it is worth reading until the first of them', () => {
    const winter = closed('2026-12-19', '2027-01-07');
    expect(lettersOf({ startsOn: '2026-12-01', endsOn: '2027-02-15' }, '2027-01-01', winter)[0]).toEqual({
      ...{ what: 'week', on: '2027-01-04' },
    });
    expect(lastingOf({ what: 'week', on: '2027-01-04' }, winter)).toBe(5);
    expect(lastingOf({ what: 'month', on: '2027-01-01' }, winter)).toBe(8);
    expect(lastingOf({ what: 'week', on: '2027-01-11' }, winter)).toBe(3);
  });

  it('given any residency, then each letter once, within it, on its weekday or first', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(500), (begins, lasts) => {
        const startsOn = plusDays('2026-01-01', begins);
        const letters = lettersOf({ startsOn, endsOn: plusDays(startsOn, lasts) }, startsOn, open);
        expect(new Set(letters.map(({ what, on }) => what + on)).size).toBe(letters.length);
        for (const { what, on } of letters) {
          expect(on > startsOn && on <= plusDays(startsOn, lasts)).toBe(true);
          if (what === 'week') expect(new Date(on).getUTCDay()).toBe(1);
          else expect(on.slice(8)).toBe('01');
        }
      }),
    );
  });
});
