import { Tag } from './forums.js';

describe('a tag', () => {
  it.each([
    ['Open-Data', 'open-data'],
    ['Énergie', 'énergie'],
    ['e\u0301nergie', 'énergie'],
    // A capital I with a dot is two characters in lower case.
    ['İ'.repeat(30), 'i'.repeat(30)],
    // Scripts whose vowels are marks.
    ['हिन्दी', 'हिन्दी'],
    ['ไทย-ที่', 'ไทย-ที่'],
  ])('given %j, then it is %j', (typed, tag) => {
    expect(Tag.parse(typed)).toBe(tag);
  });

  it.each(['', '-', 'a-', '-a', 'a--b', 'a b', '\u0301', 'a-\u0301', 'x'.repeat(31), '#a'])(
    'given %j, then it is none',
    (typed) => {
      expect(Tag.safeParse(typed).success).toBe(false);
    },
  );
});
