import { isFewEmoji, isLong } from './message-shape';

describe('isFewEmoji', () => {
  it.each(['🎉', ' 👍🏽 ', '👩‍👩‍👧‍👦🇫🇷', '1️⃣ 2️⃣\n3️⃣', '❤️'])('given %j, then it is drawn large', (body) => {
    expect(isFewEmoji(body)).toBe(true);
  });
  it.each(['', ' ', '🎉🎉🎉🎉', 'ok 🎉', '12', '#', '❤', ':tada:', '👍'.repeat(1000)])(
    'given %.12j, then it is a text',
    (body) => {
      expect(isFewEmoji(body)).toBe(false);
    },
  );
});

describe('isLong', () => {
  it.each([
    ['a sentence', 'Hello', false],
    ['as many signs as a page has', 'x'.repeat(2000), false],
    ['one more', 'x'.repeat(2001), true],
    ['as many lines as a page has', 'x\n'.repeat(24) + 'x', false],
    ['one more line', 'x\n'.repeat(25) + 'x', true],
  ])('given %s', (_, body, isSo) => {
    expect(isLong(body)).toBe(isSo);
  });
});
