import { laterAt, laterTimes } from './later';

const at = (now: string, zone: string) =>
  Object.fromEntries(laterTimes(Date.parse(now), zone).map((one) => [one.key, one.at]));

describe('times for sending later', () => {
  it.each([
    // A Wednesday.
    ['2026-11-25T10:00:00Z', 'Europe/Paris', '2026-11-26T08:00:00.000Z', '2026-11-30T08:00:00.000Z'],
    // A Sunday evening in Paris is a Monday morning in Auckland.
    ['2026-11-29T21:00:00Z', 'Europe/Paris', '2026-11-30T08:00:00.000Z', undefined],
    ['2026-11-29T21:00:00Z', 'Pacific/Auckland', '2026-11-30T20:00:00.000Z', '2026-12-06T20:00:00.000Z'],
    // Over both nights on which the clock changes, nine stays nine.
    ['2026-10-24T10:00:00Z', 'Europe/Paris', '2026-10-25T08:00:00.000Z', '2026-10-26T08:00:00.000Z'],
    ['2027-03-27T10:00:00Z', 'Europe/Paris', '2027-03-28T07:00:00.000Z', '2027-03-29T07:00:00.000Z'],
  ])('%s in %s: %s and %s', (now, zone, tomorrow, monday) => {
    const hour = new Date(Date.parse(now) + 3_600_000).toISOString();
    expect(at(now, zone)).toEqual({ hour, tomorrow, ...(monday && { monday }) });
  });
});

describe('a day and a time', () => {
  const now = Date.parse('2026-10-24T10:00:00Z');
  it.each([
    ['2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['2027-03-28', '02:30', '2027-03-28T01:30:00.000Z'],
    ['2026-10-24', '12:00', null],
    ['2026-10-24', '12:05', '2026-10-24T10:05:00.000Z'],
    ['', '12:00', null],
    ['2026-10-25', '', null],
  ])('%s %s in Paris: %s', (day, time, instant) => {
    expect(laterAt(day, time, 'Europe/Paris', now)).toBe(instant);
  });
});
