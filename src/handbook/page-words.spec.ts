import { mergedWords, pageTokens, wordsOf } from './page-words.js';

const words = (title: string, body: string) => ({ title, body });

describe('what two write in one language of a page', () => {
  it.each([
    ['only one changed something', words('T', 'mine'), words('T', 'a'), words('T', 'a'), words('T', 'mine')],
    ['only the other did', words('T', 'a'), words('T', 'a'), words('T', 'theirs'), words('T', 'theirs')],
    ['one the title, the other the text', words('Mine', 'a'), words('T', 'a'), words('T', 'b'), words('Mine', 'b')],
    ['both added it, the same', words('T', 'a'), null, words('T', 'a'), words('T', 'a')],
    ['one takes the language away', null, words('T', 'a'), words('T', 'a'), null],
  ])('given %s, then both stand together', (_name, mine, seen, theirs, expected) => {
    expect(mergedWords(mine, seen, theirs)).toEqual({ words: expected });
  });

  it('given one paragraph that both changed, or the title, then both are shown', () => {
    expect(mergedWords(words('T', 'mine\n\nc'), words('T', 'a\n\nc'), words('T', 'theirs\n\nc'))).toEqual({
      conflict: { title: null, pieces: [{ mine: 'mine', theirs: 'theirs' }, { text: 'c' }] },
    });
    expect(mergedWords(words('Mine', 'a'), words('T', 'a'), words('Theirs', 'a'))).toEqual({
      conflict: { title: { mine: 'Mine', theirs: 'Theirs' }, pieces: [{ text: 'a' }] },
    });
  });

  it('given a language that one takes away and the other writes in, then what was written is shown', () => {
    expect(mergedWords(null, words('T', 'a'), words('T', 'b'))).toMatchObject({
      conflict: { pieces: [{ mine: '', theirs: 'b' }] },
    });
  });
});

describe('what a page says', () => {
  it('is nothing without a title', () => expect([wordsOf(words('', 'x')), wordsOf(null)]).toEqual([null, null]));
  it('is found by the words of both languages', () =>
    expect(pageTokens({ en: words('Licences', ''), fr: words('', 'des événements') })).toEqual(
      expect.arrayContaining(['licenc', 'even']),
    ));
});
