import { askedFor, withHint } from './asked';

const channels = [
  { channel: { id: 'a'.repeat(24) }, name: 'métier-design' },
  { channel: { id: 'b'.repeat(24) }, name: 'Inès Carpentier' },
];

describe('what the server is asked', () => {
  it.each([
    ['plan dans:métier-design budget', `plan in:${'a'.repeat(24)} budget`],
    ['in:#METIER-DESIGN in:"@Inès Carpentier"', `in:${'a'.repeat(24)} in:${'b'.repeat(24)}`],
    ['-in:métier-design plan', `-in:${'a'.repeat(24)} plan`],
    ['in:elsewhere from:métier-design', 'in:elsewhere from:métier-design'],
  ])('given %s, then %s', (q, asked) => expect(askedFor(q, channels)).toBe(asked));
});

describe('a hint that was pressed', () => {
  it.each([
    ['', 'from:name', 'from:'],
    ['plan ', 'après:01/10/2026', 'plan après:'],
    ['plan', '"exact phrase"', 'plan ""'],
    ['plan', '-word', 'plan -'],
  ])('given "%s" and %s, then the field says "%s"', (q, hint, next) => expect(withHint(q, hint)).toBe(next));
});
