import { Temporal } from 'temporal-polyfill';
import { TimeZone, zoneNameOf } from './time-zone.js';

const known = Intl.supportedValuesOf('timeZone');
const inOddCase = (name: string) =>
  Array.from(name, (sign, at) => (at % 3 ? sign.toLowerCase() : sign.toUpperCase())).join('');

describe('a zone', () => {
  it.each(['Europe/Paris', 'America/Cayenne', 'Asia/Kolkata', 'Europe/Kyiv', 'UTC', 'Etc/GMT+5', 'EST5EDT', 'CET'])(
    '%s is one, and keeps its name',
    (zone) => {
      expect(TimeZone.parse(zone)).toBe(zone);
    },
  );

  it.each([
    ['aMERICA/nUUK', 'America/Nuuk'],
    ['america/argentina/comodrivadavia', 'America/Argentina/ComodRivadavia'],
    ['AMERICA/PORT-AU-PRINCE', 'America/Port-au-Prince'],
    ['utc', 'UTC'],
  ])('%s is kept as %s', (typed, name) => {
    expect(TimeZone.parse(typed)).toBe(name);
  });

  it.each(['Mars/Olympus', '+01:00', '-08', '', ' ', 'Europe/Paris\u0000', 'Factory', 'x'.repeat(100_000)])(
    '%j is none',
    (zone) => {
      expect(TimeZone.safeParse(zone).success).toBe(false);
    },
  );

  it('every name that the engine lists is one, under that name', () => {
    expect(known.length).toBeGreaterThan(400);
    expect(known.filter((zone) => TimeZone.parse(zone) !== zone)).toEqual([]);
    expect(known.filter((zone) => zoneNameOf(inOddCase(zone)) !== zone)).toEqual([]);
  });

  it('is whatever three letters mean to all that computes with it, in capitals or not, and nothing else', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
    const words = letters.flatMap((a) => letters.flatMap((b) => ['T', 'C', 'D'].map((c) => a + b + c)));
    const isOne = (zone: string) => {
      try {
        return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId === zone;
      } catch {
        return false;
      }
    };
    const taken = words.filter((word) => TimeZone.safeParse(word).success);
    expect(taken).toEqual(words.filter(isOne));
    expect(taken).toEqual(expect.arrayContaining(['EST', 'UTC']));
    expect(taken).not.toContain('PST');
    expect(words.filter((word) => TimeZone.safeParse(word.toLowerCase()).success)).toEqual(taken);
  });
});
