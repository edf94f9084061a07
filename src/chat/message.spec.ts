import { namesEverybody } from '../common/everybody.js';
import { emojiFrom, excerptOf, namedIn } from './message.js';

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

describe('who is named', () => {
  it.each([
    ['<@65f0000000000000000000AA> and <@65f0000000000000000000aa>', ['65f0000000000000000000aa']],
    ['<@65f0000000000000000000a>', []],
    ['<<@65f0000000000000000000aa>>', ['65f0000000000000000000aa']],
    ['@65f0000000000000000000aa', []],
  ])('given %s, then %j', (body, ids) => {
    expect(namedIn(body)).toEqual(ids);
  });

  it.each([
    ['@channel lunch?', true],
    ['(@channel)', true],
    ['a\n@channel', true],
    ['@channels', false],
    ['@channel-help', false],
    ['me@channel.fr', false],
  ])('given %j, then @channel is meant: %s', (body, meant) => {
    expect(namesEverybody(body)).toBe(meant);
  });
});

describe('an excerpt', () => {
  it('is cut before a name and a character that would be cut in two', () => {
    expect(excerptOf(`${'x'.repeat(130)} <@65f0000000000000000000aa> y`)).toBe('x'.repeat(130));
    expect(excerptOf(`${'x'.repeat(139)}👍`)).toBe('x'.repeat(139));
  });
});
