import fc from 'fast-check';
import { beginningOf, cutAt, cutAtWord, titleFrom } from './cut.js';

const FAMILY = '👨‍👩‍👧‍👦';
const ACCENTED = 'e\u0301';

describe('a text that is cut', () => {
  it.each([
    ['a short one stays', 'Two registers', 20, 'Two registers'],
    ['one as long as may be stays', 'abcde', 5, 'abcde'],
    ['a longer one ends with …', 'abcdef', 5, 'abcd…'],
    ['no space before …', 'abc defgh', 5, 'abc…'],
    ['a family stays whole', `ab${FAMILY}cd`, 2 + FAMILY.length + 1, `ab${FAMILY}…`],
    ['a family that finds no room is left out', `ab${FAMILY}cd`, 2 + FAMILY.length, 'ab…'],
    ['a thumb keeps its colour', `ab👍🏽c`, 6, 'ab…'],
    ['a flag is no half', `ab🇫🇷🇧🇪`, 7, 'ab🇫🇷…'],
    ['a letter keeps its accent', `caf${ACCENTED}s et thés`, 5, 'caf…'],
    ['with its accent it is kept', `caf${ACCENTED}s et thés`, 6, `caf${ACCENTED}…`],
    ['a sign longer than all leaves …', FAMILY, 5, '…'],
  ])('given what is to be %s', (_, text, most, cut) => {
    expect(cutAt(text, most)).toBe(cut);
  });

  it('given any text, then it is never too long, begins as it did, and ends between two signs', () => {
    const sign = fc.constantFrom('a', ' ', '\n', '👍🏽', FAMILY, ACCENTED, '🇫🇷', '\u0300', 'é');
    const signsOf = (text: string) => [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 40 }), fc.integer({ min: 1, max: 60 }), (signs, most) => {
        const text = signs.join('');
        expect(cutAt(text, most).length).toBeLessThanOrEqual(most);
        const kept = signsOf(beginningOf(text, most));
        expect(kept).toEqual(signsOf(text).slice(0, kept.length));
      }),
    );
  });

  it('given a long text, then after a word, if that leaves half of it', () => {
    expect(cutAtWord('one two three', 10)).toBe('one two…');
    expect(cutAtWord('one twothreefour', 12)).toBe('one twothre…');
    expect(cutAtWord(FAMILY.repeat(9), FAMILY.length * 2)).toBe(`${FAMILY}…`);
  });

  it('given several lines, then the first is the title', () => {
    expect(titleFrom('Two registers\nand no key')).toBe('Two registers');
    expect(titleFrom('')).toBe('');
    const title = titleFrom(`${'x'.repeat(118)}${FAMILY} y`);
    expect(title).toBe(`${'x'.repeat(118)}…`);
  });
});
