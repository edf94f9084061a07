import fc from 'fast-check';

/** What begins, holds or ends something in markdown; alone, in rows and within each other they are what parsers fear. */
const PARTS = {
  quotes: ['>', '> ', '> > ', '>>>>>', '> - ', '\n> ', '\n'],
  lists: [
    '- ',
    '* ',
    '+ ',
    '1. ',
    '1) ',
    '999999999. ',
    '- [ ] ',
    '- [x] ',
    '- - ',
    '-\n',
    '  - ',
    '    - ',
    '\n- ',
    '\n\n- ',
  ],
  links: [
    '[',
    ']',
    '[a]',
    '[a](b)',
    '[a](',
    '](',
    '[a](<b',
    '[a](b "',
    '![',
    '![a](b)',
    '[a][b]',
    '[^a]',
    '[a]: b\n',
    '[^a]: b\n',
    '[a]:',
    '<http://a>',
  ],
  addresses: [
    'http://a.b/',
    'http://',
    'https://a.b/(',
    'www.a.b',
    'www.',
    'a@b.cd',
    '@',
    'mailto:a@b.cd',
    'a.',
    'a_',
    '"a',
    '//',
    '?a=&',
    '%C3',
  ],
  entities: ['&', '&a;', '&amp;', '&#', '&#x', '&#35;', '&#0;', '&CounterClockwiseContourIntegral;'],
  tables: ['|', '|a', 'a|b\n', '|-', '-|-\n', '|-|-|\n', ':-:|', '|\n', '\n|a|b|\n|-|-|\n'],
  emphasis: ['*', '**', '***', '_', '__', '~', '~~', '*a', '**a', '_a_', '*a*', '~~a~~', '*a_', '**a_b'],
  code: [
    '`',
    '``',
    '```',
    '```\n',
    '~~~\n',
    '    a\n',
    '\t',
    '`a',
    '``a`',
    '```a\n',
    '`a`',
    '```js\n',
    '"',
    "'",
    '/*',
    '${',
  ],
  html: ['<', '</', '<a', '<a>', '<!--', '-->', '<![CDATA[', '<?', '<!A', '<div>\n', '<a b="', '</a>'],
  lines: ['\n', '\n\n', '\r', '\r\n', '  \n', '\\\n', '---\n', '===\n', '***\n', '# ', '# a\n', 'a\n', 'a\n===\n'],
  words: ['a', 'word ', ' ', '  ', '\\', '\\*', 'é', '🧗', '\u0000', '\u00a0', '(', ')', '!', '#', '=', ':', '.'],
};

const part = fc.constantFrom(...Object.values(PARTS).flat());

/** A few parts in a row, said again and again: most of what is dear is periodic. */
const rhythm = fc
  .tuple(fc.array(part, { minLength: 1, maxLength: 5 }), fc.nat({ max: 3 }), fc.nat({ max: 15_000 }))
  .map(([parts, kind, times]): Stretch => ({ parts, kind, times }));

interface Stretch {
  parts: string[];
  /** 0 and 1: as they are; 2: each time with another number (labels, runs); 3: each time one longer, until they are long. */
  kind: number;
  times: number;
}

function written({ parts, kind, times }: Stretch, most: number): string {
  const once = parts.join('');
  if (kind < 2) return once.repeat(Math.min(times + 1, Math.ceil(most / once.length))).slice(0, most);
  let text = '';
  for (let turn = 0; turn <= times && text.length < most; turn += 1)
    text += kind === 2 ? parts.join(String(turn)) : (parts[0] ?? '').repeat(turn % 200) + parts.slice(1).join('');
  return text.slice(0, most);
}

/**
 * Hostile texts of `length` characters: a beginning, a rhythm or several, an end. A stretch goes on to the end of the text where it is the last.
 */
export const hostileTexts = (length: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(part, { maxLength: 4 }),
      fc.nat({ max: 30 }),
      fc.array(rhythm, { minLength: 1, maxLength: 3 }),
      fc.array(part, { maxLength: 4 }),
    )
    .map(([beginning, times, stretches, end]) => {
      let text = beginning
        .join('')
        .repeat(times)
        .slice(0, length / 2);
      stretches.forEach((stretch, index) => {
        const isLast = index === stretches.length - 1;
        const room = Math.max(0, length - text.length - end.join('').length);
        text += written(isLast ? { ...stretch, times: length } : stretch, isLast ? room : Math.ceil(room / 2));
      });
      return (text + end.join('')).slice(0, length);
    });

/** The texts that were seen to cost much once, or would by how parsers are made, at `length` characters. */
export function knownHostileTexts(length: number): [name: string, text: string][] {
  const filled = (once: string) => once.repeat(Math.ceil(length / once.length)).slice(0, length);
  const after = (beginning: string, once: string) => (beginning + filled(once)).slice(0, length);
  const counted = (write: (index: number) => string) => {
    let text = '';
    for (let index = 0; text.length < length; index += 1) text += write(index);
    return text.slice(0, length);
  };
  return [
    ['entities after an address', after('http://a.b/', '&a;')],
    ['addresses that end in entities', filled('http://a.b/&a;')],
    ['addresses within an address', filled('http://a.b/(')],
    ['addresses, and at the end a sign of mail', `${filled('http://a.b/ ').slice(1)}@`],
    ['addresses of mail', filled('a@b.fr ')],
    ['quotation marks before a sign of mail', `${filled('"a').slice(1)}@`],
    ['addresses without their beginning', filled('www.a.bc ')],
    ['long words with addresses', filled(`${'http://a.b/('.repeat(3)}${'('.repeat(1900)} `)],
    ['lazy lines after ten quotes', after('> '.repeat(10), 'a\n')],
    ['lazy lines after thirteen lists', after('- '.repeat(13), 'a\n')],
    ['quotes that end at each line', 'a\n>>>>>\n'.repeat(length / 25)],
    ['openings of images before a long line', `${'!['.repeat(60)}${filled('-->').slice(120)}`],
    ['lazy lines after each quote', filled('> > > > > a\nb\n\n')],
    ['a flat list', filled('- a\n')],
    ['a flat list of tasks', filled('- [ ] a\n')],
    ['a list in each point', filled('- a\n  - b\n')],
    ['a list that goes in and in', counted((level) => `${' '.repeat((level * 2) % 60)}- a\n`)],
    ['quotes in points', filled('- > a\n')],
    ['nested quotes', filled('> ')],
    ['quotes and points in turn', filled('> - ')],
    ['a table whose rows are short', `${'|a'.repeat(2000)}\n${'|-'.repeat(2000)}\n${filled('|\n')}`.slice(0, length)],
    ['a wide table', `${'|a'.repeat(300)}\n${'|-'.repeat(300)}\n${filled(`${'|a'.repeat(300)}\n`)}`.slice(0, length)],
    ['many tables', filled('a|b\n-|-\n\n')],
    ['lines that are nearly under a head', filled(`${'-'.repeat(999)}x|\n`)],
    ['hyphens without an end', `|${filled('-').slice(2)}x`],
    ['definitions', counted((index) => `[${index}]: a\n`)],
    ['definitions that are none', filled('[a]: ')],
    ['labels over many lines', filled('[a\n')],
    ['footnotes', counted((index) => `[^${index}]\n\n[^${index}]: a\n\n`)],
    ['openings of footnotes', filled('[^')],
    ['openings of images', filled('![')],
    ['open brackets', filled('[')],
    ['closed brackets', filled('[a]')],
    ['closing brackets', filled(']')],
    ['links without an end', filled('[a](<b')],
    ['links whose titles have no end', filled('[a](b "')],
    ['parentheses in a link', after('[a](', '(')],
    ['openings of bold', filled('**a')],
    ['openings of struck words', filled('~~a')],
    ['emphasis of both kinds', filled('**_')],
    ['emphasis around everything', filled('*a_')],
    ['emphasis', filled('*a* ')],
    ['runs of backticks, each longer', counted((index) => `${'`'.repeat(index + 1)} `)],
    ['openings of code', filled('`a')],
    ['backticks of one length', filled('` `` ')],
    ['fences', filled('```\na\n```\n')],
    ['code that names its language', after('```js\n', '"a\\')],
    ['headings under lines', filled('a\n===\n')],
    ['headings', filled('# a\n')],
    ['breaks', filled('a  \n')],
    ['empty lines', filled('\n')],
    ['empty lines with blanks', filled(' \n')],
    ['blanks', filled(' ')],
    ['tabs', filled('\t')],
    ['paragraphs', filled('a\n\n')],
    ['comments', filled('<!--')],
    ['open tags', filled('<a b="')],
    ['escapes', filled('\\*')],
    ['a word', filled('a')],
  ];
}
