import { formatDate, formatFullDay, formatInstant, formatSpan, withOrdinal } from './instants.js';

describe('the first of a month', () => {
  const [from, to] = [new Date('2026-12-01T08:00:00Z'), new Date('2026-12-01T09:30:00Z')];

  it('is said as an ordinal in French, and as a number in English', () => {
    expect(formatInstant(from, 'Europe/Paris', 'fr')).toBe('mardi 1er décembre à 09:00 (Paris)');
    expect(formatInstant(from, 'Europe/Paris', 'en')).toBe('Tuesday 1 December at 09:00 (Paris)');
    expect(formatSpan(from, to, 'Europe/Paris', 'fr')).toBe('mardi 1er décembre, 09:00–10:30 (Paris)');
    expect(formatDate('2026-12-01', 'fr')).toBe('mardi 1er décembre');
    expect(formatFullDay(from, 'Europe/Paris', 'fr')).toBe('1er décembre 2026');
    expect(formatFullDay(from, 'Europe/Paris', 'en')).toBe('1 December 2026');
    expect(withOrdinal('26 octobre – 1 novembre', 'fr')).toBe('26 octobre – 1er novembre');
  });

  it('is not seen in any other day', () => {
    expect(formatInstant(new Date('2026-12-21T08:00:00Z'), 'Europe/Paris', 'fr')).toBe(
      'lundi 21 décembre à 09:00 (Paris)',
    );
    expect(formatFullDay(new Date('2026-12-11T01:01:00Z'), 'Europe/Paris', 'fr')).toBe('11 décembre 2026');
  });
});
