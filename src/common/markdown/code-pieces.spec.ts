import fc from 'fast-check';
import { changeOutsideCode, codePieces, withoutCode } from './code-pieces.js';

const codeIn = (text: string) => codePieces(text).flatMap(({ text: piece, isCode }) => (isCode ? [piece] : []));

describe('code in a text', () => {
  it.each([
    ['none at all', []],
    ['a `span` and ``one ` more``', ['`span`', '``one ` more``']],
    ['a ` alone and `` two', []],
    ['an \\`escaped` one', []],
    ['```\n@team\n```\nafter', ['```\n@team\n```\n']],
    ['~~~ts\nopen `to` the end', ['~~~ts\nopen `to` the end']],
    ['```` \n```\n````', ['```` \n```\n````']],
    ['``` not a fence ``` here', ['``` not a fence ```']],
    ['`not over\n\na paragraph`', []],
    ['> ```\n> quoted\n> ```\nprose', ['> ```\n> quoted\n> ```\n']],
  ])('%j: %j', (text, code) => {
    expect(codeIn(text)).toEqual(code);
  });

  it('given any text, then its pieces are the text, and changing nothing changes nothing', () => {
    const marks = fc.array(fc.constantFrom('`', '``', '```', '~~~', '\n', ' ', 'a', '> ', '@team'), { maxLength: 40 });
    fc.assert(
      fc.property(marks, (parts) => {
        const text = parts.join('');
        expect(
          codePieces(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
        expect(changeOutsideCode(text, (prose) => prose)).toBe(text);
      }),
    );
  });

  // To look for the end of each opening as far as the text goes would take minutes here.
  it.each([
    ['6,000 runs of backticks, each longer', Array.from({ length: 6000 }, (_, n) => '`'.repeat(n + 1)).join(' ')],
    ['300,000 backticks that are escaped', '\\`a'.repeat(300_000)],
  ])('given %s, then there is no code', (_, text) => {
    expect(withoutCode(text) === text).toBe(true);
  });
});
