import { endOfPin, heldPin } from './pinning.js';

const PARIS = 'Europe/Paris';
const now = new Date('2026-10-24T22:30:00Z');

describe('until when a topic is pinned', () => {
  it.each([
    ['today, which is the next day there', '2026-10-25', '2026-10-25T23:00:00.000Z'],
    ['over the night in which clocks change', '2026-10-26', '2026-10-26T23:00:00.000Z'],
    ['a year ahead', '2027-10-26', '2027-10-26T22:00:00.000Z'],
  ])('%s', (_name, day, end) => expect((endOfPin(day, PARIS, now) as Date).toISOString()).toBe(end));

  it.each([
    ['yesterday', '2026-10-24', 'past'],
    ['more than a year ahead', '2027-10-27', 'too_far'],
  ])('not %s', (_name, day, problem) => expect(endOfPin(day, PARIS, now)).toBe(problem));

  it('ends by itself', () => {
    const pin = { until: now };
    expect(heldPin(pin, new Date(now.getTime() - 1))).toBe(pin);
    expect(heldPin(pin, now)).toBeNull();
    expect(heldPin(undefined, now)).toBeNull();
  });
});
