import { formatDate, formatInstant, formatSpan } from './instants.js';

describe('the first of a month', () => {
  const [from, to] = [new Date('2026-12-01T08:00:00Z'), new Date('2026-12-01T09:30:00Z')];

  it('is said as an ordinal in French, and as a number in English', () => {
    expect(formatInstant(from, 'Europe/Paris', 'fr')).toBe('mardi 1er décembre à 09:00 (Paris)');
    expect(formatInstant(from, 'Europe/Paris', 'en')).toBe('Tuesday 1 December at 09:00 (Paris)');
    expect(formatSpan(from, to, 'Europe/Paris', 'fr')).toBe('mardi 1er décembre à 09:00–10:30 (Paris)');
    expect(formatDate('2026-12-01', 'fr')).toBe('mardi 1er décembre');
  });

  it('is not seen in any other day', () => {
    expect(formatInstant(new Date('2026-12-21T08:00:00Z'), 'Europe/Paris', 'fr')).toBe(
      'lundi 21 décembre à 09:00 (Paris)',
    );
  });
});
