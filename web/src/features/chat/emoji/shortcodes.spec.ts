import { loadEmoji } from './emoji-data';
import { type Emoji, emojiFor, typedShortcode, withShortcode } from './shortcodes';

const tada: Emoji = { emoji: '🎉', codes: ['tada', 'cotillons'], words: ['party popper', 'fete'] };
const plus: Emoji = { emoji: '👍️', codes: ['+1', 'thumbsup'], words: ['thumbs up'] };
const table: Emoji = { emoji: '🏓', codes: ['ping_pong'], words: ['table tennis'] };
const all = [table, plus, tada];

describe('the shortcode being typed', () => {
  it.each([
    ['well :tad', { query: 'tad', at: 5 }],
    ['(:+1', { query: '+1', at: 1 }],
    [':fê', { query: 'fê', at: 0 }],
    [':)', null],
    [':p', null],
    ['at 12:30', null],
    ['https://ex', null],
    ['`:tad', null],
    ['```\n:tad', null],
    ['`code` :tad', { query: 'tad', at: 7 }],
  ])('%j: %j', (text, expected) => {
    expect(typedShortcode(text, text.length)).toEqual(expected);
  });
});

describe('a shortcode typed to its end', () => {
  it.each([
    [':tada:', '🎉'],
    ['so :Cotillons:', 'so 🎉'],
    [':+1:', '👍️'],
    ['`:tada:', null],
    ['12:tada:', null],
    [':nothing:', null],
    [':)', null],
  ])('%j: %j', (text, expected) => {
    expect(withShortcode(text, text.length, all)?.text ?? null).toBe(expected);
  });

  it('leaves what comes after it, with the caret after the emoji', () => {
    expect(withShortcode('a :tada: b', 8, all)).toEqual({ text: 'a 🎉 b', caret: 4 });
  });
});

describe('emoji that fit', () => {
  it.each([
    ['ta', ['🎉', '🏓']],
    ['fê', ['🎉']],
    ['pong', ['🏓']],
    ['thumbs_u', ['👍️']],
  ])('%s: %j', (query, found) => {
    expect(emojiFor(all, query).map(({ emoji }) => emoji)).toEqual(found);
  });
});

describe('all emoji', () => {
  it.each(['en', 'fr'] as const)('given %s, then English and French codes are understood', async (locale) => {
    const emojis = await loadEmoji(locale);
    expect(emojis.length).toBeGreaterThan(1500);
    for (const code of [':tada:', ':cotillons:', ':heart:', ':fr:', ':100:'])
      expect([code, withShortcode(code, code.length, emojis)]).not.toEqual([code, null]);
  });

  it('given French, then a word of it leads there', async () => {
    expect(emojiFor(await loadEmoji('fr'), 'fête', 30).map(({ emoji }) => emoji)).toContain('🎉');
  });
});
