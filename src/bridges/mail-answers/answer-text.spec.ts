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
