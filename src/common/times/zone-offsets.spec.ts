import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { dayOf, instantAt } from './zoned.js';
import { ZoneOffsets, dayNumber, mondayOf, plainDateOf, weekOf, weekdayOf } from './zone-offsets.js';

const at = (date: string, minutes: number, zone: string) =>
  new Date(ZoneOffsets.of(zone).instantOf(dayNumber(date), minutes)).toISOString();

describe('wall times by a table of offsets', () => {
  it.each([
    ['a winter morning in Paris', '2026-12-01', 9 * 60, 'Europe/Paris', '2026-12-01T08:00:00.000Z'],
    ['a summer morning in Paris', '2026-07-01', 9 * 60, 'Europe/Paris', '2026-07-01T07:00:00.000Z'],
    ['02:30 in the spring night, which becomes 03:30', '2027-03-28', 150, 'Europe/Paris', '2027-03-28T01:30:00.000Z'],
    ['02:00 in the spring night, which becomes 03:00', '2027-03-28', 120, 'Europe/Paris', '2027-03-28T01:00:00.000Z'],
    ['02:30 in the autumn night, the first', '2026-10-25', 150, 'Europe/Paris', '2026-10-25T00:30:00.000Z'],
    ['03:00 in the autumn night', '2026-10-25', 180, 'Europe/Paris', '2026-10-25T02:00:00.000Z'],
    ['24:00 before the autumn night', '2026-10-24', 1440, 'Europe/Paris', '2026-10-24T22:00:00.000Z'],
    ['a zone of three quarters of an hour', '2026-10-25', 0, 'Asia/Kathmandu', '2026-10-24T18:15:00.000Z'],
    ['a gap of half an hour', '2026-10-04', 135, 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
  ])('given %s, then it is the instant of RFC 5545', (_name, date, minutes, zone, expected) => {
    expect(at(date, minutes, zone)).toBe(expected);
  });

  it('given any wall time in many zones, then it agrees with Temporal both ways', () => {
    const zones = ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Tokyo', 'UTC'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: dayNumber('2024-01-01'), max: dayNumber('2031-12-31') }),
        fc.integer({ min: 0, max: 287 }),
        (zone, day, tick) => {
          const time = `${String(Math.floor(tick / 12)).padStart(2, '0')}:${String((tick % 12) * 5).padStart(2, '0')}`;
          const instant = ZoneOffsets.of(zone).instantOf(day, tick * 5);
          expect(instant).toBe(instantAt(plainDateOf(day), time, zone).getTime());
          expect(plainDateOf(ZoneOffsets.of(zone).dayAt(instant))).toBe(dayOf(new Date(instant), zone));
          const midnight = ZoneOffsets.of(zone).plainMidnightOf(day);
          if (midnight !== null) expect(midnight + tick * 5 * 60_000).toBe(instant);
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each(['PST', 'Mars/Olympus'])(
    'given %s, which is no zone, then each question is refused, and none goes on for ever',
    (zone) => {
      for (let asked = 0; asked < 3; asked += 1) {
        expect(() => ZoneOffsets.of(zone).dayAt(0)).toThrow(RangeError);
        expect(() => ZoneOffsets.of(zone).instantOf(0, 0)).toThrow(RangeError);
        expect(() => ZoneOffsets.of(zone).plainMidnightOf(0)).toThrow(RangeError);
      }
    },
  );

  it('given an instant that is none, then it is refused, and the next one is answered', () => {
    expect(() => ZoneOffsets.of('Europe/Vienna').dayAt(NaN)).toThrow(RangeError);
    expect(ZoneOffsets.of('Europe/Vienna').dayAt(0)).toBe(0);
  });

  it('given a day far beyond, then it is answered by few steps, and near days as before', () => {
    const zone = 'America/Montevideo';
    const near = at('2026-10-25', 540, zone);
    const steps = jest.spyOn(Temporal.ZonedDateTime.prototype, 'getTimeZoneTransition');
    expect(at('9990-06-01', 540, 'Europe/London')).toBe('9990-06-01T08:00:00.000Z');
    expect(ZoneOffsets.of('Europe/London').dayAt(Date.parse('0001-01-02T12:00:00Z'))).toBe(dayNumber('0001-01-02'));
    expect(at('2026-10-24', 540, 'Europe/London')).toBe('2026-10-24T08:00:00.000Z');
    // Each of the three tables has a few changes of the clock; from the first day to the last there are thousands.
    expect(steps.mock.calls.length).toBeLessThan(30);
    steps.mockRestore();
    expect(at('2026-10-25', 540, zone)).toBe(near);
  });

  it.each([
    ['2026-10-12', 1],
    ['2026-10-18', 7],
    ['1970-01-01', 4],
    ['1969-12-31', 3],
  ])('given %s, then it is weekday %i, in the week of its Monday', (date, weekday) => {
    const day = dayNumber(date);
    expect(weekdayOf(day)).toBe(weekday);
    expect(mondayOf(weekOf(day))).toBe(day - weekday + 1);
    expect(plainDateOf(day)).toBe(date);
  });
});
