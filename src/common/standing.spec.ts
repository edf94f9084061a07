import { quietNow, statusNow } from './standing.js';

const NOW = new Date('2026-10-13T09:45:00.000Z');

describe('what ends by itself', () => {
  it.each([
    ['none', null, false],
    ['one without an end', { until: null }, true],
    ['a row that lasts', { until: new Date('2026-10-13T09:45:00.001Z') }, true],
    ['a row at its end', { until: NOW }, false],
    ['what a browser holds, while it lasts', { until: '2026-10-13T10:00:00.000Z' }, true],
    ['what a browser holds, after it', { until: '2026-10-13T09:00:00.000Z' }, false],
  ])('a status: %s', (_, status, holds) => {
    expect(statusNow(status, NOW)).toBe(holds ? status : null);
    expect(statusNow(status, NOW.getTime())).toBe(holds ? status : null);
  });

  it('given quiet until an instant, then it is over at that instant', () => {
    const until = '2026-10-13T09:45:00.001Z';
    expect(quietNow(until, NOW)).toBe(until);
    expect([quietNow(NOW, NOW), quietNow(null, NOW), quietNow(undefined, NOW)]).toEqual([null, null, null]);
  });
});
