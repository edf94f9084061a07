import { readWish } from './remind';

// A Wednesday, 17:40 in Paris.
const NOW = Date.parse('2026-11-25T16:40:00Z');
const read = (typed: string, zone = 'Europe/Paris', now = NOW) => {
  const wish = readWish(typed, zone, now);
  return wish && [wish.at, wish.text];
};

describe('what somebody wants to be reminded of', () => {
  it.each([
    ['me in 20 min to call Léo', '2026-11-25T17:00:00.000Z', 'call Léo'],
    [
      'me tomorrow at 9 to prepare the 15 October meeting',
      '2026-11-26T08:00:00.000Z',
      'prepare the 15 October meeting',
    ],
    ['me to call Léo in 2 hours', '2026-11-25T18:40:00.000Z', 'call Léo'],
    ['tomorrow water the plants', '2026-11-26T08:00:00.000Z', 'water the plants'],
    ['on monday at 14:30: slides', '2026-11-30T13:30:00.000Z', 'slides'],
    ['dans 20 min appeler Léo', '2026-11-25T17:00:00.000Z', 'appeler Léo'],
    ['moi dans une demi-heure de sortir', '2026-11-25T17:10:00.000Z', 'sortir'],
    ['demain à 9 h appeler Léo', '2026-11-26T08:00:00.000Z', 'appeler Léo'],
    ['demain à 9\u202fh\u202f: appeler', '2026-11-26T08:00:00.000Z', 'appeler'],
    ['le 15 décembre à 10h d’envoyer le bilan', '2026-12-15T09:00:00.000Z', 'envoyer le bilan'],
    ['appeler Léo lundi', '2026-11-30T08:00:00.000Z', 'appeler Léo'],
    ['in 20 min', '2026-11-25T17:00:00.000Z', ''],
  ])('%s: %s, %s', (typed, at, text) => {
    expect(read(typed)).toEqual([at, text]);
  });

  it.each(['', 'me to call Léo', 'call Léo yesterday at 9'])('%j has no time to come', (typed) => {
    expect(read(typed)).toBeNull();
  });

  it('given the nights on which the clock changes, then nine stays nine, and an hour an hour', () => {
    const before = Date.parse('2026-10-24T22:00:00Z');
    expect(read('tomorrow at 9 x', 'Europe/Paris', Date.parse('2026-10-24T10:00:00Z'))?.[0]).toBe(
      '2026-10-25T08:00:00.000Z',
    );
    expect(read('tomorrow at 9 x', 'Europe/Paris', Date.parse('2027-03-27T10:00:00Z'))?.[0]).toBe(
      '2027-03-28T07:00:00.000Z',
    );
    expect(read('in 4 hours x', 'Europe/Paris', before)?.[0]).toBe('2026-10-25T02:00:00.000Z');
  });

  it('given another zone, then its clock counts', () => {
    expect(read('tomorrow at 9 x', 'America/Montreal')?.[0]).toBe('2026-11-26T14:00:00.000Z');
  });
});
