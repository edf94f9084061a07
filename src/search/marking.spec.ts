import { parseQuery } from '../common/texts/search-query.js';
import { wordsIn } from '../common/texts/search-words.js';
import { wantedOf } from './ask.js';
import { marked, plainOf, scoreOf, snippetOf } from './marking.js';

const wanted = (q: string) => wantedOf(parseQuery(q));
const shown = (q: string, text: string) =>
  marked(text, wanted(q))
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join('');

describe('what was asked for, marked', () => {
  it.each([
    ['evenement', 'Des Événements, un évènement', 'Des [Événements], un [évènement]'],
    ['"plan de charge"', 'Le plan de charge, le plan', 'Le [plan de charge], le plan'],
    ['"plan de" charge', 'Plan  de charge', '[Plan  de] [charge]'],
    ['coeur', 'Un cœur 🧗 de cœurs', 'Un [cœur] 🧗 de [cœurs]'],
    ['the', 'See the end', 'See [the] end'],
    ['<b>', 'a <b> c', 'a <[b]> c'],
    ['x', '', ''],
  ])('given %s in "%s"', (q, text, result) => expect(shown(q, text)).toBe(result));

  it('given a long text, then the part around the hit is shown, cut between words', () => {
    const text = `${'before it '.repeat(80)}événement ${'after it '.repeat(80)}`.trim();
    const pieces = snippetOf(text, wanted('evenements'));
    expect(pieces.map((piece) => piece.text).join('').length).toBeLessThan(260);
    expect(pieces.at(0)).toEqual({ text: '… ', hit: false });
    expect(pieces.at(-1)).toEqual({ text: ' …', hit: false });
    expect(pieces.filter((piece) => piece.hit)).toEqual([{ text: 'événement', hit: true }]);
  });

  it('given emoji where it is cut, then none is cut in two', () => {
    const pieces = snippetOf('🧗'.repeat(300), wanted('x'));
    expect(pieces.map((piece) => piece.text).join('')).toMatch(/^(🧗)+ …$/u);
  });

  it.each([
    ['**bold** and `code`', 'bold and code'],
    ['![plan](/files/1) [site](https://a.example/b_c)', 'plan site'],
    ['# Title\n> quoted\n- one', 'Title quoted - one'],
    ['https://a.example', 'https://a.example'],
  ])('reads %s as plain words', (body, plain) => expect(plainOf(body)).toBe(plain));

  it.each([
    ['[', false],
    ['[a](', false],
    ['![[', false],
    ['*', true],
  ])('reads two million characters of %s, for which quadratic time would be an hour', (once, isMark) => {
    const text = once.repeat(2_000_000 / once.length);
    expect(plainOf(text) === (isMark ? '' : text)).toBe(true);
  });
});

describe('what answers best', () => {
  it.each([
    ['the form as typed', 'plan', 'le plan', 'les plans'],
    ['a short text', 'plan', 'le plan', `le plan ${'et encore autre chose '.repeat(20)}`],
    ['words that follow each other', 'plan charge', 'a plan charge b', 'a charge b plan'],
    ['the beginning', 'plan', 'plan one two three four', 'one two three four plan'],
  ])('%s comes first', (_name, q, better, worse) => {
    expect(scoreOf(wordsIn(better), wanted(q))).toBeGreaterThan(scoreOf(wordsIn(worse), wanted(q)));
  });
});
