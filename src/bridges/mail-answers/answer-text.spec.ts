import EmailReplyParser from 'email-reply-parser';
import { answerText } from './answer-text.js';

const ANSWER = 'Thank you, the register it is.\n\nI will try it tomorrow.';
const QUOTE = '> Claire replied in “Old commune codes”\n> Use the register.';

describe('what somebody wrote in an answer', () => {
  it.each([
    [
      'an English program',
      `${ANSWER}\n\nOn Tue, 13 Oct 2026 at 11:45, Cordée <no-reply@cordee.test> wrote:\n\n${QUOTE}`,
    ],
    [
      'a French program',
      `${ANSWER}\n\nLe mar. 13 oct. 2026 à 11:45, Cordée <no-reply@cordee.test> a écrit :\n\n${QUOTE}`,
    ],
    [
      'Outlook',
      `${ANSWER}\n\n-----Original Message-----\nFrom: Cordée\nSent: Tuesday\nSubject: x\n\nUse the register.`,
    ],
    ['a signature', `${ANSWER}\n\n-- \nInès Carpentier\nÉquipe données`],
    ['a phone', `${ANSWER}\n\nSent from my iPhone\n\n${QUOTE}`],
  ])('given %s, then the words of the person', (_, text) => {
    expect(answerText(text)).toBe(ANSWER);
  });

  it('given nothing but a quote, then nothing', () => {
    expect(answerText(`On Tue, 13 Oct 2026 at 11:45, Cordée <a@b.test> wrote:\n\n${QUOTE}\n`)).toBe('');
    expect(answerText('\ufeff  \n')).toBe('');
  });

  it('given a quote inside a Markdown answer, then what follows it stays', () => {
    expect(answerText('See [the page](https://a.test).\n\n- one\n- two')).toBe(
      'See [the page](https://a.test).\n\n- one\n- two',
    );
  });
});

describe('what the parser is spared', () => {
  const of = (text: string) => text.repeat(Math.floor(2_000_000 / text.length));

  /** What the parser is given of a text, as it takes the longer the more of it looks alike. */
  function givenOf(text: string): [given: string, answer: string] {
    const read = jest.spyOn(EmailReplyParser.prototype, 'read');
    try {
      const answer = answerText(text);
      return [read.mock.calls.map(([given]) => given).join(), answer];
    } finally {
      read.mockRestore();
    }
  }

  it.each([
    ['blank lines', of('\n'), '', ''],
    ['blank lines with spaces', of(' \r\n'), '', ''],
    ['quotes', of('> a\n'), '>', ''],
    ['marks of quotes', of('>'), '>', ''],
    ['lines of a signature', of('-- \n'), '-- ', '--'],
  ])('given 2 MB of %s, then the parser is given one of them', (_, text, line, words) => {
    const [given, answer] = givenOf(text);
    expect([given.trimStart().split('\n')[0], given.length < 10, answer]).toEqual([line, true, words]);
  });

  it('given 2 MB of lines that differ, then the parser is given as much as fits into an answer', () => {
    const lines = Array.from({ length: 200_000 }, (_, at) => `line ${at}`).join('\n');
    expect(givenOf(lines)[0].length).toBeLessThan(41_000);
    expect(givenOf(of('words '))[0].length).toBeLessThan(20);
  });

  it('given a long line, then it stays as it is', () => {
    const long = `${'word '.repeat(200)}end.`;
    expect(answerText(`${long}\n\nOn Tue, 13 Oct 2026 at 11:45, Cordée <a@b.test> wrote:\n\n${QUOTE}`)).toBe(long);
  });

  it('given an answer below the quote, then it is found', () => {
    expect(answerText(`> a\n> b\n>\n> c\n\n${ANSWER}\n`)).toBe(ANSWER);
  });
});
