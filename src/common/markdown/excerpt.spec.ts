import { excerptOf, keptExcerptOf } from './excerpt.js';

describe('an excerpt', () => {
  it.each([
    ['marks', '**Bold** and `code`, a [link](https://a.example)', 'Bold and code, a link'],
    ['blocks', '# Title\n\n- one\n- two\n\n> quoted', 'Title one two quoted'],
    ['points in points', '- one\n  - two\n- three', 'one two three'],
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

  it('that is kept names people by their ids, and cuts none of them', () => {
    const id = `<@${'a'.repeat(24)}>`;
    expect(keptExcerptOf(`**Hi** ${id}`, 200)).toBe(`Hi ${id}`);
    expect(keptExcerptOf(`${id}${id}${id}`, 60)).toBe(`${id}${id}…`);
  });

  it('of a million nested quotes is the beginning, as it was typed', () => {
    expect(excerptOf('> '.repeat(1_000_000) + 'deep')).toBe(`${'> '.repeat(98)}>…`);
  });
});
