import fc from 'fast-check';
import { mergedText, wholeOf } from './merging.js';

const merged = (mine: string, seen: string, theirs: string) => wholeOf(mergedText(mine, seen, theirs));

describe('two edits of one text', () => {
  it.each<[string, string, string, string, string]>([
    ['of two paragraphs', 'A\n\nb\n\nc', 'a\n\nb\n\nc', 'a\n\nb\n\nC', 'A\n\nb\n\nC'],
    ['one of which takes a paragraph out', 'a\n\nc', 'a\n\nb\n\nc', 'a\n\nb\n\nc\n\nd', 'a\n\nc\n\nd'],
    ['that say the same', 'a\n\nB', 'a\n\nb', 'a\n\nB', 'a\n\nB'],
    ['that both add at the end', 'a\n\nmine', 'a', 'a\n\ntheirs', 'a\n\ntheirs\n\nmine'],
    ['one of which is none', 'a\n\nb', 'a\n\nb', 'a\n\nB', 'a\n\nB'],
    ['of nothing', 'mine', '', 'theirs', 'theirs\n\nmine'],
  ])('%s stand together', (_name, mine, seen, theirs, whole) => expect(merged(mine, seen, theirs)).toBe(whole));

  it('of one paragraph are both shown, what stands around them once', () => {
    expect(mergedText('a\n\nmine\n\nc', 'a\n\nb\n\nc', 'a\n\ntheirs\n\nc')).toEqual([
      { text: 'a' },
      { mine: 'mine', theirs: 'theirs' },
      { text: 'c' },
    ]);
    expect(mergedText('a', 'a\n\nb', 'a\n\nB')).toEqual([{ text: 'a' }, { mine: '', theirs: 'B' }]);
  });

  it('of a text with very many paragraphs are both shown', () => {
    const many = 'a\n\n'.repeat(600);
    expect(mergedText(`${many}b`, many, `${many}c`)).toEqual([{ mine: `${many}b`, theirs: `${many}c` }]);
  });

  it('of a text whose paragraphs are alike are not compared, and are both shown', () => {
    const alike = Array.from({ length: 499 }, () => 'x').join('\n\n');
    const both = { mine: `m\n\n${alike}`, theirs: `t\n\n${alike}` };
    expect(mergedText(both.mine, alike, both.theirs)).toEqual([both]);
    const lines = Array.from({ length: 240 }, (_, at) => (at % 4 === 0 ? '---' : `Point ${at}.`)).join('\n\n');
    expect(merged(`m\n\n${lines}`, lines, `${lines}\n\nt`)).toBe(`m\n\n${lines}\n\nt`);
  });

  it('given any, then each paragraph that one of them added or changed is there, or shown', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 });
    const added = fc.array(fc.tuple(fc.nat(8), fc.boolean()), { maxLength: 4 });
    const edit = (base: readonly string[], who: string, changes: readonly [number, boolean][]) =>
      changes.reduce<string[]>(
        (now, [at, over], one) => now.toSpliced(Math.min(at, now.length), over ? 1 : 0, `${who}${one}`),
        [...base],
      );
    fc.assert(
      fc.property(text, added, added, (base, mine, theirs) => {
        const [own, other] = [edit(base, 'mine', mine), edit(base, 'theirs', theirs)];
        const pieces = mergedText(own.join('\n\n'), base.join('\n\n'), other.join('\n\n'));
        const shown = JSON.stringify(pieces);
        for (const paragraph of [...own, ...other].filter((one) => one.length > 1)) expect(shown).toContain(paragraph);
      }),
    );
  });
});
