import 'temporal-polyfill/global';
import { formatAbsolute, formatRelative } from './format';
import { formatDates, formatDayOfYear, formatShortDate } from './seldom';

/** `Intl` sets a thin space around the dash. */
const plain = (text: string) => text.replace(/\u2009/g, ' ');

describe('the first of a month', () => {
  it('is said as an ordinal in French, wherever a day is written', () => {
    expect(formatAbsolute('2026-11-01T13:00:00Z', 'Europe/Paris', 'fr')).toMatch(
      /^dimanche 1er novembre 2026 à 14:00, /,
    );
    expect(formatShortDate('2026-11-01', 'fr')).toBe('1er nov.');
    expect(formatDayOfYear('2026-11-01T13:00:00Z', 'Europe/Paris', 'fr')).toBe('dim. 1er nov. 2026, 14:00');
    expect(formatDates('2026-11-01', '2026-11-07', 'fr')).toBe('1er–7 novembre');
    expect(plain(formatDates('2026-10-26', '2026-11-01', 'fr'))).toBe('26 octobre – 1er novembre');
  });

  it('is a number in English, and no other day is taken for it', () => {
    expect(formatShortDate('2026-11-01', 'en')).toBe('1 Nov');
    expect(formatDayOfYear('2026-11-01T13:00:00Z', 'Europe/Paris', 'en')).toBe('Sun 1 Nov 2026, 14:00');
    expect(formatDates('2026-11-21', '2026-11-27', 'fr')).toBe('21–27 novembre');
    expect(formatAbsolute('2026-11-11T01:01:00Z', 'UTC', 'fr')).toMatch(/^mercredi 11 novembre 2026 à 01:01, /);
  });
});

describe('what has just been', () => {
  const at = '2026-11-01T13:00:00Z';
  const said = (secondsLater: number) =>
    (['fr', 'en'] as const).map((locale) =>
      formatRelative(at, 'Europe/Paris', locale, Date.parse(at) + secondsLater * 1_000),
    );

  it('is not said to be now in French, which means what begins', () => {
    expect(said(10)).toEqual(['à l’instant', 'now']);
    // The clock of the page is a moment behind.
    expect(said(-10)).toEqual(['à l’instant', 'now']);
    expect(said(120)).toEqual(['il y a 2 minutes', '2 minutes ago']);
  });
});
