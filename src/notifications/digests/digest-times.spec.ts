import fc from 'fast-check';
import { DAY, HOUR } from '../../common/times/clock.js';
import { KEPT_BACK, dayOfMails, digestBefore, nextDigestAt } from './digest-times.js';

const daily = (at: string) => ({ every: 'day', at, weekday: 1 }) as const;
const weekly = (at: string, weekday: number) => ({ every: 'week', at, weekday }) as const;

describe('the next digest', () => {
  it.each([
    ['later on the same day', daily('08:30'), 'Europe/Paris', '2026-10-13T05:00:00Z', '2026-10-13T06:30:00Z'],
    [
      'at that very instant: the one after it',
      daily('08:30'),
      'Europe/Paris',
      '2026-10-13T06:30:00Z',
      '2026-10-14T06:30:00Z',
    ],
    ['a moment before', daily('08:30'), 'Europe/Paris', '2026-10-13T06:29:59.999Z', '2026-10-13T06:30:00Z'],
    ['in the zone of the person', daily('08:30'), 'Pacific/Noumea', '2026-10-13T09:00:00Z', '2026-10-13T21:30:00Z'],
    ['on a weekday to come', weekly('17:00', 5), 'Europe/Paris', '2026-10-13T05:00:00Z', '2026-10-16T15:00:00Z'],
    ['on this weekday, later', weekly('17:00', 2), 'Europe/Paris', '2026-10-13T05:00:00Z', '2026-10-13T15:00:00Z'],
    ['on this weekday, over', weekly('06:00', 2), 'Europe/Paris', '2026-10-13T05:00:00Z', '2026-10-20T04:00:00Z'],
    [
      'on the first day of the week',
      weekly('08:00', 1),
      'Europe/Paris',
      '2026-10-18T12:00:00Z',
      '2026-10-19T06:00:00Z',
    ],
    ['over the autumn night', daily('08:30'), 'Europe/Paris', '2026-10-24T07:00:00Z', '2026-10-25T07:30:00Z'],
    [
      'in the hour that autumn repeats: the first',
      daily('02:30'),
      'Europe/Paris',
      '2026-10-24T23:00:00Z',
      '2026-10-25T00:30:00Z',
    ],
    [
      'in that hour, the second time: it was there',
      daily('02:30'),
      'Europe/Paris',
      '2026-10-25T00:45:00Z',
      '2026-10-26T01:30:00Z',
    ],
    [
      'in the hour that spring skips: after it',
      daily('02:30'),
      'Europe/Paris',
      '2027-03-27T23:00:00Z',
      '2027-03-28T01:30:00Z',
    ],
  ])('%s', (_, rhythm, zone, after, expected) => {
    expect(nextDigestAt(rhythm, zone, new Date(after))).toEqual(new Date(expected));
  });

  it('given any rhythm and zone, then there is one within its length, and none between it and now', () => {
    const rhythms = fc.record({
      every: fc.constantFrom('day' as const, 'week' as const),
      at: fc.constantFrom('00:00', '02:30', '08:30', '23:59'),
      weekday: fc.integer({ min: 1, max: 7 }),
    });
    const zones = fc.constantFrom('Europe/Paris', 'America/Cayenne', 'America/New_York', 'Pacific/Auckland');
    const instants = fc.date({ min: new Date('2026-09-01'), max: new Date('2027-07-01'), noInvalidDate: true });
    fc.assert(
      fc.property(rhythms, zones, instants, (rhythm, zone, now) => {
        const next = nextDigestAt(rhythm, zone, now);
        const longest = rhythm.every === 'week' ? 7 * DAY : DAY;
        expect(next.getTime()).toBeGreaterThan(now.getTime());
        expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(longest + HOUR);
        expect(nextDigestAt(rhythm, zone, new Date(next.getTime() - 1))).toEqual(next);
      }),
    );
  });

  it('given a quiet weekend, then a daily one waits for Monday, and a weekly one has its day', () => {
    const friday = new Date('2026-10-16T10:00:00Z');
    const next = (rhythm: Parameters<typeof nextDigestAt>[0], quiet?: boolean) =>
      nextDigestAt(rhythm, 'Europe/Paris', friday, quiet).toISOString();
    expect(next(KEPT_BACK, true)).toBe('2026-10-19T06:30:00.000Z');
    expect(next(KEPT_BACK, false)).toBe('2026-10-17T06:30:00.000Z');
    expect(next({ ...KEPT_BACK, every: 'week', weekday: 6 }, true)).toBe('2026-10-17T06:30:00.000Z');
    // Saturday's evening in Paris, Sunday's in Auckland: each has their own Monday.
    const saturday = new Date('2026-10-17T18:00:00Z');
    expect(nextDigestAt(KEPT_BACK, 'Pacific/Auckland', saturday, true).toISOString()).toBe('2026-10-18T19:30:00.000Z');
  });

  it('given no choice, then what was kept back comes the next morning', () => {
    expect(nextDigestAt(KEPT_BACK, 'Europe/Paris', new Date('2026-10-13T20:00:00Z'))).toEqual(
      new Date('2026-10-14T06:30:00Z'),
    );
  });
});

describe('the day on which mails are counted', () => {
  it('is the one that the person’s calendar shows', () => {
    const instant = new Date('2026-10-13T22:30:00Z');
    expect([dayOfMails(instant, 'Europe/Paris'), dayOfMails(instant, 'America/Cayenne')]).toEqual([
      '2026-10-14',
      '2026-10-13',
    ]);
  });
});

describe('the digest before', () => {
  it.each([
    ['a daily one', daily('08:30'), false, '2026-10-13T06:30:02Z', '2026-10-12T06:30:00Z'],
    ['a daily one that leaves hours late', daily('08:30'), false, '2026-10-13T16:00:00Z', '2026-10-12T06:30:00Z'],
    ['a daily one after a quiet weekend', daily('08:30'), true, '2026-10-12T06:30:02Z', '2026-10-09T06:30:00Z'],
    ['a weekly one', weekly('08:30', 2), false, '2026-10-13T06:30:02Z', '2026-10-06T06:30:00Z'],
    ['one that is looked at between two', weekly('08:30', 2), false, '2026-10-16T10:00:00Z', '2026-10-13T06:30:00Z'],
  ] as const)('%s', (_name, rhythm, quietWeekend, at, expected) => {
    expect(digestBefore(rhythm, 'Europe/Paris', new Date(at), quietWeekend)).toEqual(new Date(expected));
  });
});
