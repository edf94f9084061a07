import { fitting, wholeText } from './thread-quote.js';

const [zoe, ali] = ['65f000000000000000000001', '65f000000000000000000002'];
const thread = [
  { messageId: 'a', authorId: zoe, bot: null, body: 'Who has the table?\n\n- of schools\n' },
  { messageId: 'b', authorId: ali, bot: null, body: '> quoted\nI do.' },
];

describe('what a post says with what it quotes', () => {
  it('is its own words, then each message under the name of who wrote it', () => {
    expect(wholeText('Asked in chat:', thread)).toBe(
      [
        'Asked in chat:',
        `> <@${zoe}>\n>\n> Who has the table?\n>\n> - of schools`,
        `> <@${ali}>\n>\n> > quoted\n> I do.`,
      ].join('\n\n'),
    );
  });

  it('needs no words of its own, and is nothing of nothing', () => {
    expect(wholeText('', thread.slice(0, 1))).toMatch(/^> <@/);
    expect(wholeText('')).toBe('');
  });

  it('leaves out what is gone', () => {
    expect(wholeText('Asked in chat:', [{ ...thread[0]!, body: null }])).toBe('Asked in chat:');
  });

  it('quotes as many messages as find room', () => {
    const one = wholeText('', thread.slice(0, 1));
    expect(fitting('', thread)).toEqual(thread);
    expect(fitting('', thread, one.length + 10)).toEqual(thread.slice(0, 1));
    expect(fitting('x'.repeat(20), thread, 20)).toEqual([]);
  });
});
