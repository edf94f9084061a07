import 'temporal-polyfill/global';
import { barsByDay, barsByWeek, countBetween } from './density';

const byDay = [
  { day: '2026-09-01', count: 4 },
  { day: '2026-10-13', count: 8 },
  { day: '2026-10-17', count: 2 },
  { day: '2026-10-25', count: 5 },
  { day: '2026-10-26', count: 3 },
];

describe('the density of reminders', () => {
  it('given days, then two weeks from today, empty ones too, weekends told apart', () => {
    const bars = barsByDay(byDay, '2026-10-13', 14);
    expect(bars).toHaveLength(14);
    expect(bars[0]).toEqual({ day: '2026-10-13', count: 8, height: 100, when: 'now' });
    expect(bars[1]).toEqual({ day: '2026-10-14', count: 0, height: 3, when: 'coming' });
    expect(bars[4]).toEqual({ day: '2026-10-17', count: 2, height: 25, when: 'weekend' });
    expect(bars.at(-1)?.day).toBe('2026-10-26');
  });

  it('given a residency, then its weeks from Monday to Sunday, over the night on which clocks turn', () => {
    const bars = barsByWeek(byDay, '2026-09-01', '2027-06-30', '2026-10-13');
    expect([bars[0]!.day, bars.at(-1)!.day, bars.length]).toEqual(['2026-08-31', '2027-06-28', 44]);
    expect(bars.filter(({ count }) => count > 0).map(({ day, count, when }) => [day, count, when])).toEqual([
      ['2026-08-31', 4, 'past'],
      ['2026-10-12', 10, 'now'],
      ['2026-10-19', 5, 'coming'],
      ['2026-10-26', 3, 'coming'],
    ]);
  });

  it('counts from a day on, for ever or for some days', () => {
    expect([countBetween(byDay, '2026-10-13'), countBetween(byDay, '2026-10-13', 7)]).toEqual([18, 10]);
  });
});
