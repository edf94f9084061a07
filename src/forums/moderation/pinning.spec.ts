import { endOfPin, heldPin, sinceSamePins } from './pinning.js';

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

  it.each([PARIS, 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Chatham'])(
    'given a pin that ends with a day in %s, then it holds as long as at the instant that a list notes',
    (zone) => {
      const end = endOfPin('2026-10-26', zone, now) as Date;
      for (const ms of [-900_001, -1, 0, 1, 899_999]) {
        const at = new Date(end.getTime() + ms);
        expect(heldPin({ until: end }, sinceSamePins(at)) === null).toBe(heldPin({ until: end }, at) === null);
      }
    },
  );

  it('ends by itself', () => {
    const pin = { until: now };
    expect(heldPin(pin, new Date(now.getTime() - 1))).toBe(pin);
    expect(heldPin(pin, now)).toBeNull();
    expect(heldPin(undefined, now)).toBeNull();
  });
});
