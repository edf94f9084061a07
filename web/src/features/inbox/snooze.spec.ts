import { snoozeTimes } from './snooze';

const at = (now: string, zone: string) =>
  Object.fromEntries(snoozeTimes(Date.parse(now), zone).map((one) => [one.key, one.at]));

it.each([
  // A Wednesday.
  ['2026-11-25T10:00:00Z', 'Europe/Paris', '2026-11-25T17:00:00.000Z', '2026-11-26T08:00:00.000Z'],
  // Within the hour before the evening there is none.
  ['2026-11-25T16:00:00Z', 'Europe/Paris', undefined, '2026-11-26T08:00:00.000Z'],
  ['2026-11-25T22:30:00Z', 'Europe/Paris', undefined, '2026-11-26T08:00:00.000Z'],
  // Already Thursday there.
  ['2026-11-25T22:30:00Z', 'Pacific/Auckland', '2026-11-26T05:00:00.000Z', '2026-11-26T20:00:00.000Z'],
  // On the two days on which the clock changes, six in the evening and nine in the morning stay so.
  ['2026-10-24T23:30:00Z', 'Europe/Paris', '2026-10-25T17:00:00.000Z', '2026-10-26T08:00:00.000Z'],
  ['2027-03-27T23:30:00Z', 'Europe/Paris', '2027-03-28T16:00:00.000Z', '2027-03-29T07:00:00.000Z'],
  ['2027-03-27T10:00:00Z', 'Europe/Paris', '2027-03-27T17:00:00.000Z', '2027-03-28T07:00:00.000Z'],
])('%s in %s: this evening %s, tomorrow %s', (now, zone, evening, tomorrow) => {
  const { monday: _, ...times } = at(now, zone);
  expect(times).toEqual({
    hour: new Date(Date.parse(now) + 3_600_000).toISOString(),
    ...(evening && { evening }),
    tomorrow,
  });
});
