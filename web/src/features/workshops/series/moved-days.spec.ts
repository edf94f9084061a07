import 'temporal-polyfill/global';
import { movedDays } from './moved-days';

const date = (workshopId: string, day: string, more: object = {}) => ({
  ...{ workshopId, recurrenceId: `${day}T09:00:00.000Z`, startsAt: `${day}T09:00:00.000Z` },
  ...{ timeZone: 'Europe/Paris', status: 'published' as const, ...more },
});
const DATES = [
  date('past', '2026-12-01'),
  date('one', '2026-12-08'),
  date('two', '2026-12-15'),
  date('off', '2026-12-22', { status: 'cancelled' }),
  date('moved', '2026-12-29', { startsAt: '2026-12-30T23:30:00.000Z' }),
];
const NOW = Date.parse('2026-12-02T00:00:00Z');
const to = (startsAt: string) => ({ startsAt, timeZone: 'Europe/Paris' });

describe('the days to which dates of a series move', () => {
  it.each([
    ['all', 'two', to('2026-12-17T09:00:00Z'), ['2026-12-10', '2026-12-17', '2027-01-02']],
    ['following', 'two', to('2026-12-14T09:00:00Z'), ['2026-12-14', '2026-12-30']],
    ['all', 'one', to('2026-12-08T13:00:00Z'), []],
    ['all', 'one', to(''), []],
  ] as const)('given %s, edited at %s to %j, then %j', (scope, workshopId, after, days) => {
    expect(movedDays(DATES, { scope, workshopId, after }, NOW)).toEqual(days);
  });
});
