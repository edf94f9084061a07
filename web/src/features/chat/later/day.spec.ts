import 'temporal-polyfill/global';
import { startOfDay } from './day';

describe('the first instant of a day', () => {
  it.each([
    ['2026-10-24', 'Europe/Paris', '2026-10-23T22:00:00Z'],
    ['2026-10-25', 'Europe/Paris', '2026-10-24T22:00:00Z'],
    ['2026-10-26', 'Europe/Paris', '2026-10-25T23:00:00Z'],
    ['2026-03-29', 'Europe/Paris', '2026-03-28T23:00:00Z'],
    ['2026-03-30', 'Europe/Paris', '2026-03-29T22:00:00Z'],
    // Midnight itself is skipped there.
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00Z'],
  ])('of %s in %s is %s', (date, zone, instant) => {
    expect(startOfDay(date, zone)).toBe(instant);
  });
});
