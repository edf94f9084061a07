import { excerptOf } from './excerpt.js';
import { quickest } from '../../test/support/quickest.js';

describe('an excerpt', () => {
  it.each([
    ['marks', '**Bold** and `code`, a [link](https://a.example)', 'Bold and code, a link'],
    ['blocks', '# Title\n\n- one\n- two\n\n> quoted', 'Title one two quoted'],
    ['HTML', 'a <script>alert(1)</script> b', 'a <script>alert(1)</script> b'],
    ['nothing', '', ''],
  ])('reads %s as plain words', (_name, source, words) => expect(excerptOf(source)).toBe(words));

  it('is cut after a word', () => {
    const words = excerptOf('word '.repeat(100), 50);
    expect(words).toMatch(/word…$/);
    expect(words.length).toBeLessThanOrEqual(50);
  });

  it('never cuts an emoji in two', () => {
    expect(excerptOf('🧗'.repeat(100), 50)).toMatch(/^(🧗)+…$/u);
  });

  it('takes less than 50 ms of 5,000 nested quotes', async () => {
    expect(await quickest(() => excerptOf('> '.repeat(5_000) + 'deep'))).toBeLessThan(50);
  });
});
