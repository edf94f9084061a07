import { presentStanding, quietProblem, statusEndOf } from './standing-ends.js';

describe('when a status ends', () => {
  it.each([
    ['30m', '2026-10-13T09:45:00Z', 'Europe/Paris', '2026-10-13T10:15:00Z'],
    ['1h', '2026-10-13T09:45:00Z', 'Europe/Paris', '2026-10-13T10:45:00Z'],
    ['4h', '2026-10-13T09:45:00Z', 'Europe/Paris', '2026-10-13T13:45:00Z'],
    ['today', '2026-10-13T21:30:00Z', 'Europe/Paris', '2026-10-13T22:00:00Z'],
    ['today', '2026-10-13T22:30:00Z', 'Europe/Paris', '2026-10-14T22:00:00Z'],
    ['today', '2026-10-13T22:30:00Z', 'America/Cayenne', '2026-10-14T03:00:00Z'],
    ['today', '2026-10-25T00:30:00Z', 'Europe/Paris', '2026-10-25T23:00:00Z'],
    ['week', '2026-10-13T09:45:00Z', 'Europe/Paris', '2026-10-18T22:00:00Z'],
    ['week', '2026-10-18T12:00:00Z', 'Europe/Paris', '2026-10-18T22:00:00Z'],
    ['week', '2026-10-19T12:00:00Z', 'Europe/Paris', '2026-10-25T23:00:00Z'],
  ] as const)('given %s at %s in %s, then %s', (clears, now, zone, end) => {
    expect(statusEndOf(clears, new Date(now), zone)).toEqual(new Date(end));
  });

  it('given a day that begins at one in the morning, then it ends as that one begins', () => {
    expect(statusEndOf('today', new Date('2026-09-05T12:00:00Z'), 'America/Santiago')).toEqual(
      new Date('2026-09-06T04:00:00Z'),
    );
  });

  it('given never, then it stays', () => {
    expect(statusEndOf('never', new Date(), 'Europe/Paris')).toBeNull();
  });
});

describe('how long one may be left in peace', () => {
  const now = new Date('2026-10-13T09:45:00Z');
  it.each([
    ['2026-10-13T09:45:00Z', 'past'],
    ['2026-10-13T09:45:01Z', null],
    ['2026-10-20T09:45:00Z', null],
    ['2026-10-20T09:45:01Z', 'too_far'],
  ])('until %s: %s', (until, problem) => {
    expect(quietProblem(new Date(until), now)).toBe(problem);
  });

  it('given both have ended, then nothing of them goes out', () => {
    const status = { emoji: '🌴', text: '', away: true, until: now };
    expect(presentStanding({ status, quietUntil: now }, now)).toEqual({ status: null, quietUntil: null });
  });
});
