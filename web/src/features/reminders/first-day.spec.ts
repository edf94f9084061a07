import 'temporal-polyfill/global';
import { firstDayOf, startOf } from './first-day';

const TODAY = '2026-03-15';

describe('the day from which reminders are listed', () => {
  it.each([
    [{}, TODAY],
    [{ state: 'planned' as const }, TODAY],
    [{ state: 'sent' as const }, TODAY],
    [{ state: 'failed' as const }, '2026-02-13'],
    [{ state: 'dropped' as const }, '2026-02-13'],
    [{ state: 'failed' as const, day: '2026-03-01' }, '2026-03-01'],
    [{ day: '2026-04-01' }, '2026-04-01'],
  ])('given %j, then %s', (filters, day) => {
    expect(firstDayOf(filters, TODAY)).toBe(day);
  });

  it('given a zone, then its own midnight', () => {
    expect(startOf('2026-03-29', 'Europe/Paris')).toBe('2026-03-28T23:00:00Z');
  });
});
