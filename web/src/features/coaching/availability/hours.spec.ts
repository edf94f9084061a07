import 'temporal-polyfill/global';
import { exceptionLines, firstWeek, nextHours, timeOf, wallOf, withException } from './hours';

const off = (date: string) => ({ date, intervals: [] });
const morning = [{ start: '09:00', end: '12:00' }];

describe('hours in the editor', () => {
  it.each([
    [[], { start: '09:00', end: '12:00' }],
    [morning, { start: '13:00', end: '15:00' }],
    [[{ start: '18:00', end: '22:30' }], { start: '21:00', end: '23:00' }],
  ])('given %j, then the next line begins with %j', (hours, expected) => {
    expect(nextHours(hours)).toEqual(expected);
  });

  it('given midnight as an end, then a time field shows and takes it', () => {
    expect([timeOf('24:00'), wallOf('00:00'), timeOf('12:30'), wallOf('12:30')]).toEqual([
      '00:00',
      '24:00',
      '12:30',
      '12:30',
    ]);
  });

  it('given days off in a row, then they are one line, and other hours stand alone', () => {
    const lines = exceptionLines([
      off('2026-11-03'),
      off('2026-11-02'),
      { date: '2026-11-04', intervals: morning },
      off('2026-11-06'),
    ]);
    expect(lines.map(({ from, to, places }) => [from, to, places])).toEqual([
      ['2026-11-02', '2026-11-03', [1, 0]],
      ['2026-11-04', '2026-11-04', [2]],
      ['2026-11-06', '2026-11-06', [3]],
    ]);
  });

  it('given new days off, then each date is there once, over the end of a month', () => {
    const dates = withException(
      [{ date: '2026-10-31', intervals: morning }, off('2026-12-01')],
      '2026-10-30',
      '2026-11-01',
      [],
    );
    expect(dates).toEqual([off('2026-10-30'), off('2026-10-31'), off('2026-11-01'), off('2026-12-01')]);
  });

  it('given an end before its start, then one day', () => {
    expect(withException([], '2026-10-30', '2026-10-01', [])).toEqual([off('2026-10-30')]);
  });
});

describe('the week that is shown first', () => {
  const weekly = [1, 5].map((weekday) => ({ weekday, start: '09:00', end: '12:00' }));
  it.each([
    ['2026-11-23T06:00', '2026-11-23'],
    ['2026-11-27T11:15', '2026-11-23'],
    ['2026-11-27T11:16', '2026-11-30'],
    ['2026-11-29T17:30', '2026-11-30'],
  ])('given %s, then that of %s', (now, monday) => {
    const at = Temporal.PlainDateTime.from(now).toZonedDateTime('Europe/Paris');
    expect(firstWeek(at, { weekly, slotMinutes: 45 }).toString()).toBe(monday);
  });

  it('given no hours, or hours until midnight, then this week', () => {
    const at = Temporal.PlainDateTime.from('2026-11-29T23:00').toZonedDateTime('Europe/Paris');
    expect(firstWeek(at, { weekly: [], slotMinutes: 45 }).toString()).toBe('2026-11-23');
    const late = [{ weekday: 7, start: '20:00', end: '24:00' }];
    expect(firstWeek(at, { weekly: late, slotMinutes: 60 }).toString()).toBe('2026-11-23');
  });
});
