import { byAge } from './request-ages';

const NOW = Date.parse('2026-10-13T10:00:00Z');
const ago = (hours: number) => ({ waitingSince: new Date(NOW - hours * 3_600_000).toISOString() });

describe('requests by age', () => {
  it.each([
    [0, 'fresh'],
    [47.9, 'fresh'],
    [48, 'h48'],
    [95.9, 'h48'],
    [96, 'h96'],
    [168, 'week'],
    [1000, 'week'],
    [-1, 'fresh'],
  ] as const)('given one that waits for %s hours, then it stands at %s', (hours, age) => {
    expect(byAge([ago(hours)], NOW)).toEqual({ ...{ fresh: 0, h48: 0, h96: 0, week: 0 }, [age]: 1 });
  });
});
