import { ageOf } from './age';

describe('the age of what waits', () => {
  it.each([
    [0, 'hours', 0],
    [0.99, 'hours', 0],
    [47.9, 'hours', 47],
    [48, 'days', 2],
    [71.9, 'days', 2],
    [168, 'days', 7],
    [-1, 'hours', 0],
  ])('given %s hours', (hours, unit, count) => {
    const since = '2026-10-13T09:00:00Z';
    expect(ageOf(since, Date.parse(since) + hours * 3_600_000)).toEqual({ unit, count });
  });
});
