import { questionFrom } from './thread-quote.js';

const [zoe, ali] = ['65f000000000000000000001', '65f000000000000000000002'];
const thread = [
  { authorId: zoe, bot: null, body: 'Who has the table?\n\n- of schools\n' },
  { authorId: ali, bot: null, body: '> quoted\nI do.' },
];

describe('a question made of a thread', () => {
  it('quotes each message under the name of who wrote it, below the introduction', () => {
    expect(questionFrom('Asked in chat:', thread)).toBe(
      [
        'Asked in chat:',
        `> <@${zoe}>\n>\n> Who has the table?\n>\n> - of schools`,
        `> <@${ali}>\n>\n> > quoted\n> I do.`,
      ].join('\n\n'),
    );
  });

  it('needs no introduction, and nothing of nothing', () => {
    expect(questionFrom('', thread.slice(0, 1))).toMatch(/^> <@/);
    expect(questionFrom('', [])).toBe('');
  });

  it('leaves out what finds no room, and says so where there is room for that', () => {
    const one = questionFrom('', thread.slice(0, 1));
    expect(questionFrom('', thread, one.length + 10)).toBe(`${one}\n\n…`);
    expect(questionFrom('x'.repeat(20), thread, 20)).toBe('x'.repeat(20));
  });
});
