import { asKept, quotedIn, typedNumbers, withoutGone, withoutMarks } from './quote-marks.js';

const [one, two] = ['65f000000000000000000001', '65f000000000000000000002'];
const ids = new Map([
  [1, one],
  [12, two],
]);

describe('marks of what a post quotes', () => {
  it.each<[string, string, number[], string, string[]]>([
    ['one', '> <#1 Zoé Asker>\n>\n> words', [1], `> <#${one}>\n>\n> words`, [one]],
    ['several, one of them twice', '> <#1>\n> a\n\nb\n\n> <#12 A>\n> c\n\n> <#1 Z>', [1, 12], '', [one, two]],
    ['in a quotation within one', '> > <#12 A>  ', [12], `> > <#${two}>`, [two]],
    ['of no post', '> <#7 Nobody>', [7], '> <#7 Nobody>', []],
    ['in no quotation', '<#1 Zoé>', [], '<#1 Zoé>', []],
    ['among words', '> see <#1 Zoé> there', [], '> see <#1 Zoé> there', []],
    ['with what is no name', '> <#1 <b>>', [], '> <#1 <b>>', []],
  ])('%s', (_name, body, numbers, kept, quoted) => {
    expect(typedNumbers(body)).toEqual(numbers);
    const after = asKept(body, (number) => ids.get(number));
    if (kept !== '') expect(after).toBe(kept);
    expect(quotedIn(after)).toEqual(quoted);
  });

  it('are twenty at most, and none in nothing', () => {
    const many = Array.from({ length: 30 }, (_, at) => `> <#${at + 1}>\n> a`).join('\n\n');
    expect(typedNumbers(many)).toHaveLength(20);
    expect([quotedIn(null), quotedIn(undefined), typedNumbers('')]).toEqual([[], [], []]);
  });

  it('are left out elsewhere', () => {
    expect(withoutMarks(`> <#${one}>\n> words\n\n> <#3 Zoé>\n> more`)).toBe('> \n> words\n\n> \n> more');
  });
});

describe('words of a post that is gone', () => {
  const isThere = (id: string) => id === one;
  it.each<[string, string, string]>([
    ['stand nowhere below its mark', `Hm.\n\n> <#${two}>\n>\n> a\n> - b\n\nc`, `Hm.\n\n> <#${two}>\n\nc`],
    ['end where one answers right below', `> <#${two}>\n> a\nc`, `> <#${two}>\n\nc`],
    ['are nobody else’s in the same quotation', `> <#${two}>\n> a\n> <#${one}>\n> b`, `> <#${two}>\n> <#${one}>\n> b`],
    [
      'are left out in a quotation within one',
      `> <#${one}>\n> > <#${two}>\n> > a\n> b`,
      `> <#${one}>\n> > <#${two}>\n>\n> b`,
    ],
    ['go with what they quote', `> <#${two}>\n> > <#${one}>\n> > a\n> b\n\nc`, `> <#${two}>\n\nc`],
    [
      'stay where it is there',
      `> <#${one.toUpperCase()}>\n> a\n\n> other words`,
      `> <#${one.toUpperCase()}>\n> a\n\n> other words`,
    ],
  ])('%s', (_name, body, shown) => expect(withoutGone(body, isThere)).toBe(shown));
});
