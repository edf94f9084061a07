import 'temporal-polyfill/global';
import { byDay, hourThere, isOtherHour, spanWords, untilBegun } from './times';

const times = ['2026-11-23T23:30:00.000Z', '2026-11-23T08:00:00.000Z', '2026-11-23T09:20:00.000Z'].map((startsAt) => ({
  startsAt,
}));

it('given times, then they stand by the day of the zone in which one reads', () => {
  const in_ = (zone: string) =>
    byDay(times, zone).map(({ day, times: all }) => [day, all.map(({ startsAt }) => startsAt.slice(11, 16))]);
  expect(in_('UTC')).toEqual([['2026-11-23', ['08:00', '09:20', '23:30']]]);
  expect(in_('Europe/Paris')).toEqual([
    ['2026-11-23', ['08:00', '09:20']],
    ['2026-11-24', ['23:30']],
  ]);
});

it('given another zone, then its hour is said where it is another one', () => {
  const at = times[1]!.startsAt;
  expect(hourThere(at, 'Europe/Paris', 'America/Guadeloupe', 'en')).toBe('04:00 (America/Guadeloupe)');
  expect(hourThere(at, 'Europe/Paris', 'Europe/Berlin', 'en')).toBeNull();
  expect(isOtherHour(at, 'Europe/Paris', 'UTC')).toBe(true);
});

it('given a span, then its day and both hours are said', () => {
  expect(spanWords('2026-11-23T08:40:00.000Z', '2026-11-23T09:10:00.000Z', 'Europe/Paris', 'en')).toContain(
    '09:40–10:10',
  );
});

it.each([
  ['2026-11-23T07:59:50.000Z', 11_000],
  ['2026-11-23T08:00:00.000Z', 20_000],
  ['2026-11-23T08:00:59.999Z', 20_000],
  ['2026-11-23T08:01:00.000Z', 3_600_000],
  ['2026-11-23T09:10:00.000Z', 601_000],
  ['2026-11-24T08:00:00.000Z', false],
])('given it is %s, then it is asked again in %s ms what can be done', (now, ms) => {
  expect(untilBegun(['2026-11-23T09:20:00.000Z', '2026-11-23T08:00:00.000Z'], Date.parse(now))).toBe(ms);
  expect(untilBegun([], Date.parse(now))).toBe(false);
});
