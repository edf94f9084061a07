import { emojiFrom } from './emoji.js';

describe('an emoji', () => {
  it.each(['👍', '👩🏽‍🚒', '🇫🇷', '1️⃣', '❤️', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🕵🏽‍♂️', '🏳️‍🌈', '👁️‍🗨️', '\u{1fae9}'])('given %s, then it is one', (emoji) => {
    expect(emojiFrom(emoji)).toBe(emoji);
  });

  it.each([
    ['❤', '❤️'],
    ['🧗‍♀', '🧗‍♀️'],
    ['🏳‍🌈', '🏳️‍🌈'],
    ['👍\ufe0f', '👍'],
    ['1\u20e3', '1️⃣'],
  ])('given %s, then it is written %s', (typed, emoji) => {
    expect(emojiFrom(typed)).toBe(emoji);
  });

  it.each([
    '',
    'no',
    '1',
    '#',
    '👍👍',
    '<b>',
    '🇫',
    '\u20e3',
    '👍\u200d',
    '👍\u0301',
    '👍 ',
    '\ufe0f',
    '\ud83d',
    '👍'.repeat(50),
  ])('given %j, then it is none', (text) => {
    expect(emojiFrom(text)).toBeNull();
  });
});
