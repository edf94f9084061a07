import { lineFrom, textFrom } from './imported-texts.js';

describe('texts of elsewhere', () => {
  it.each([
    ['a line break', 'Eve\r\nBcc: all', 'Eve Bcc: all'],
    ['marks that turn the direction', 'a\u202eb\u2066', 'a b'],
    ['nothing to see', '\u202e \n', ''],
    ['half a sign', 'a\ud83d', 'a\ufffd'],
    ['more than fits', 'abc '.repeat(1000), 'abc abc abc'],
  ])('given a name with %s, then it is one line', (_, given, line) => expect(lineFrom(given, 12)).toBe(line));

  it('given a text, then without what has no place in one, cut where it is too long, and never gone for its length', () => {
    expect(textFrom('a\u0000\r\nb', 10)).toBe('a\nb');
    expect(textFrom('a'.repeat(100), 10)).toBe(`${'a'.repeat(9)}…`);
    // Each of these becomes two.
    expect(textFrom('\u0958'.repeat(20), 10)).toHaveLength(9);
  });
});
