import { lastNight } from './night.js';

describe('lastNight', () => {
  it.each([
    ['in the morning, that of today', '2026-10-13T07:00:00Z', 'Europe/Paris', '2026-10-13T00:00:00Z'],
    ['as it comes, that very one', '2026-10-13T00:00:00Z', 'Europe/Paris', '2026-10-13T00:00:00Z'],
    ['a moment before, that of yesterday', '2026-10-12T23:59:59Z', 'Europe/Paris', '2026-10-12T00:00:00Z'],
    ['in a zone that is a day ahead, its own', '2026-10-13T13:30:00Z', 'Pacific/Auckland', '2026-10-13T13:00:00Z'],
    ['in a zone that is behind, its own', '2026-10-13T05:00:00Z', 'America/Cayenne', '2026-10-13T05:00:00Z'],
    ['where the spring skips that hour, the one after', '2027-03-28T06:00:00Z', 'Europe/Paris', '2027-03-28T01:00:00Z'],
    ['where the autumn repeats it, the first', '2026-10-25T06:00:00Z', 'Europe/Paris', '2026-10-25T00:00:00Z'],
  ])('given %s', (_, now, timeZone, night) => {
    expect(lastNight(new Date(now), timeZone)).toEqual(new Date(night));
  });
});
