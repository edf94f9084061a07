import fc from 'fast-check';
import { DAY, HOUR, MINUTE } from '../../common/times/clock.js';
import { afterQuiet, afterQuietBefore, afterQuietHours, quietOf } from './quiet.js';

const NIGHT = { start: '20:00', end: '08:00' };

describe('quiet hours', () => {
  it.each([
    ['in the evening', '2026-10-13T19:30:00Z', NIGHT, 'Europe/Paris', '2026-10-14T06:00:00Z'],
    ['after midnight', '2026-10-13T23:30:00Z', NIGHT, 'Europe/Paris', '2026-10-14T06:00:00Z'],
    ['as they begin', '2026-10-13T18:00:00Z', NIGHT, 'Europe/Paris', '2026-10-14T06:00:00Z'],
    ['as they end', '2026-10-14T06:00:00Z', NIGHT, 'Europe/Paris', '2026-10-14T06:00:00Z'],
    ['by day', '2026-10-13T10:00:00Z', NIGHT, 'Europe/Paris', '2026-10-13T10:00:00Z'],
    ['in the zone of the person', '2026-10-13T10:00:00Z', NIGHT, 'America/Cayenne', '2026-10-13T11:00:00Z'],
    [
      'within one day',
      '2026-10-13T11:15:00Z',
      { start: '13:00', end: '14:00' },
      'Europe/Paris',
      '2026-10-13T12:00:00Z',
    ],
    [
      'before those of one day begin',
      '2026-10-13T10:59:00Z',
      { start: '13:00', end: '14:00' },
      'Europe/Paris',
      '2026-10-13T10:59:00Z',
    ],
    [
      'as those of one day begin',
      '2026-10-13T11:00:00Z',
      { start: '13:00', end: '14:00' },
      'Europe/Paris',
      '2026-10-13T12:00:00Z',
    ],
    [
      'as those of one day end',
      '2026-10-13T12:00:00Z',
      { start: '13:00', end: '14:00' },
      'Europe/Paris',
      '2026-10-13T12:00:00Z',
    ],
    [
      'after those of one day',
      '2026-10-13T12:01:00Z',
      { start: '13:00', end: '14:00' },
      'Europe/Paris',
      '2026-10-13T12:01:00Z',
    ],
    [
      'equal ends are none',
      '2026-10-13T11:15:00Z',
      { start: '13:00', end: '13:00' },
      'Europe/Paris',
      '2026-10-13T11:15:00Z',
    ],
    ['none at all', '2026-10-13T23:30:00Z', null, 'Europe/Paris', '2026-10-13T23:30:00Z'],
    ['over the autumn night, one hour longer', '2026-10-24T20:00:00Z', NIGHT, 'Europe/Paris', '2026-10-25T07:00:00Z'],
    ['over the spring night, one hour shorter', '2027-03-27T20:00:00Z', NIGHT, 'Europe/Paris', '2027-03-28T06:00:00Z'],
    [
      'ending in the hour that spring skips',
      '2027-03-27T23:00:00Z',
      { start: '23:00', end: '02:30' },
      'Europe/Paris',
      '2027-03-28T01:30:00Z',
    ],
    [
      'ending in the hour that autumn repeats',
      '2026-10-24T22:00:00Z',
      { start: '23:00', end: '02:30' },
      'Europe/Paris',
      '2026-10-25T00:30:00Z',
    ],
    [
      'in that hour, the second time: they are over, and nothing goes back in time',
      '2026-10-25T01:10:00Z',
      { start: '23:00', end: '02:30' },
      'Europe/Paris',
      '2026-10-25T01:10:00Z',
    ],
  ])('%s', (_, instant, quiet, zone, expected) => {
    expect(afterQuietHours(new Date(instant), quiet, zone)).toEqual(new Date(expected));
  });
});

describe('a quiet weekend', () => {
  const quiet = { timeZone: 'Europe/Paris', quietHours: NIGHT, quietWeekend: true };

  it.each([
    ['on Friday evening', '2026-10-16T18:30:00Z', '2026-10-19T06:00:00Z'],
    ['before it begins', '2026-10-16T17:59:00Z', '2026-10-16T17:59:00Z'],
    ['on Saturday at noon', '2026-10-17T10:00:00Z', '2026-10-19T06:00:00Z'],
    ['as Sunday ends', '2026-10-18T21:59:00Z', '2026-10-19T06:00:00Z'],
    ['on Monday by day', '2026-10-19T06:00:00Z', '2026-10-19T06:00:00Z'],
    ['over the autumn night', '2026-10-24T10:00:00Z', '2026-10-26T07:00:00Z'],
  ])('%s', (_, instant, expected) => {
    expect(afterQuiet(new Date(instant), quiet)).toEqual(new Date(expected));
  });

  it('given no quiet hours, then it ends with the first minute of Monday', () => {
    const only = { ...quiet, quietHours: null };
    expect(afterQuiet(new Date('2026-10-17T10:00:00Z'), only)).toEqual(new Date('2026-10-18T22:00:00Z'));
  });

  it('given it is not wanted, then Saturday is a day like others', () => {
    const at = new Date('2026-10-17T10:00:00Z');
    expect(afterQuiet(at, { ...quiet, quietWeekend: false })).toEqual(at);
  });

  it.each([
    ['Monday is early enough', '2026-10-17T10:00:00Z', '2026-10-19T09:00:00Z', '2026-10-19T06:00:00Z'],
    ['Monday is too late to be of use', '2026-10-17T10:00:00Z', '2026-10-19T08:59:59Z', '2026-10-17T10:00:00Z'],
    ['Monday is too late: after the night', '2026-10-17T20:00:00Z', '2026-10-19T06:00:00Z', '2026-10-18T06:00:00Z'],
    [
      'nobody is up before it is nearly too late',
      '2026-10-18T20:00:00Z',
      '2026-10-19T07:00:00Z',
      '2026-10-19T06:00:00Z',
    ],
    ['by day it is not kept at all then', '2026-10-17T10:00:00Z', '2026-10-18T06:00:00Z', '2026-10-17T10:00:00Z'],
    ['the morning is too late as well', '2026-10-17T20:00:00Z', '2026-10-18T06:00:00Z', '2026-10-17T20:00:00Z'],
    ['nothing presses', '2026-10-17T20:00:00Z', null, '2026-10-19T06:00:00Z'],
  ])('given %s, then what can wait so long leaves in time', (_, instant, until, expected) => {
    expect(afterQuietBefore(new Date(instant), quiet, until === null ? null : new Date(until))).toEqual(
      new Date(expected),
    );
  });
});

describe('"do not disturb" that lasts longer than something can wait', () => {
  const quiet = {
    timeZone: 'Europe/Paris',
    quietHours: { start: '20:00', end: '08:00' },
    quietUntil: new Date('2026-10-23T06:00:00Z'),
  };

  it.each([
    [
      'over an hour before it is too late, then it waits for that all the same',
      '2026-10-20T20:00:00Z',
      '2026-10-23T07:00:00Z',
      '2026-10-23T06:00:00Z',
      'dnd',
    ],
    [
      'at night, then it leaves in the morning',
      '2026-10-20T20:00:00Z',
      '2026-10-21T10:00:00Z',
      '2026-10-21T06:00:00Z',
      'night',
    ],
    ['by day, then at its own time', '2026-10-20T10:00:00Z', '2026-10-20T18:00:00Z', '2026-10-20T10:00:00Z', null],
    ['and then it can wait after all', '2026-10-20T20:00:00Z', '2026-10-23T06:00:01Z', '2026-10-23T06:00:00Z', 'dnd'],
  ])('given it is %s', (_, instant, until, expected, by) => {
    const leaves = afterQuietBefore(new Date(instant), quiet, new Date(until));
    expect(leaves).toEqual(new Date(expected));
    expect(quietOf(new Date(instant), leaves, quiet)).toBe(by);
  });
});

describe('"do not disturb" that is over', () => {
  it.each(['2026-10-13T18:30:00Z', '2026-10-13T19:00:00Z'])(
    'given it ended at %s, then it is the night that holds',
    (end) => {
      const quiet = { timeZone: 'Europe/Paris', quietHours: NIGHT, quietUntil: new Date(end) };
      const meant = new Date('2026-10-13T19:00:00Z');
      expect(quietOf(meant, afterQuiet(meant, quiet), quiet)).toBe('night');
    },
  );

  it('given a weekend that cannot be waited for, then the night alone holds, though "do not disturb" was asked for', () => {
    const quiet = { timeZone: 'Europe/Paris', quietHours: NIGHT, quietWeekend: true, quietUntil: null };
    const meant = new Date('2026-10-17T20:00:00Z');
    const leaves = afterQuietBefore(meant, quiet, new Date('2026-10-18T10:00:00Z'));
    expect([leaves.toISOString(), quietOf(meant, leaves, quiet)]).toEqual(['2026-10-18T06:00:00.000Z', 'night']);
  });
});

describe('whatever the quiet of a person', () => {
  const time = fc
    .integer({ min: 0, max: 1439 })
    .map((minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`);
  const quiets = fc.record({
    timeZone: fc.constantFrom(
      'Europe/Paris',
      'America/Cayenne',
      'Pacific/Auckland',
      'America/New_York',
      'Asia/Kolkata',
    ),
    quietHours: fc.option(fc.record({ start: time, end: time })),
    quietWeekend: fc.boolean(),
    quietUntil: fc.option(fc.date({ min: new Date('2026-09-01'), max: new Date('2027-07-01'), noInvalidDate: true })),
  });
  const instants = fc.date({ min: new Date('2026-09-01'), max: new Date('2027-07-01'), noInvalidDate: true });

  it('then what it delays leaves later, outside of it, and would not be delayed again', () => {
    fc.assert(
      fc.property(instants, quiets, (instant, quiet) => {
        const after = afterQuiet(instant, quiet);
        expect(after.getTime()).toBeGreaterThanOrEqual(instant.getTime());
        expect(afterQuiet(after, quiet)).toEqual(after);
        expect(afterQuietHours(after, quiet.quietHours, quiet.timeZone)).toEqual(after);
        const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: quiet.timeZone }).format(after);
        if (quiet.quietWeekend) expect(['Sat', 'Sun']).not.toContain(weekday);
        const begun = Math.max(instant.getTime(), quiet.quietUntil?.getTime() ?? 0);
        expect(after.getTime() - begun).toBeLessThanOrEqual(4 * DAY + 2 * HOUR);
      }),
      { numRuns: 500 },
    );
  });

  it('then what presses leaves before it is too late', () => {
    fc.assert(
      fc.property(instants, quiets, fc.integer({ min: 1, max: 5000 }), (instant, quiet, minutes) => {
        const until = new Date(instant.getTime() + minutes * MINUTE);
        const at = afterQuietBefore(instant, quiet, until);
        expect(at.getTime()).toBeGreaterThanOrEqual(instant.getTime());
        expect(at.getTime()).toBeLessThan(until.getTime());
      }),
      { numRuns: 500 },
    );
  });
});
