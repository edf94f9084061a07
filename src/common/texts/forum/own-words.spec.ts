import { namingOnly, withoutMarkedQuotes, withoutQuotations } from './own-words.js';

const ID = '65f000000000000000000001';

it.each([
  ['a quotation of a post', `> <#${ID}>\n> Secret.\n\nMine.`, '> …\n\nMine.'],
  ['one that was typed', '> @Zoé\n>\n> Secret.\n\nMine.', '> …\n\nMine.'],
  ['none', 'Mine.\n\n1 > 0', 'Mine.\n\n1 > 0'],
])('given %s, then the words of who wrote it stay alone', (_name, text, own) => {
  expect(withoutQuotations(text)).toBe(own);
});

it('given one asks for marks alone, then what was typed as a quotation stays', () => {
  expect(withoutMarkedQuotes(`> Typed.\n\n> <#${ID}>\n> Secret.`)).toBe('> Typed.\n\n> …');
});

it('given somebody is named who is not there, then they are so no more', () => {
  const text = `<@${ID}> and <@${ID.toUpperCase()}>`;
  expect(namingOnly(text, (id) => id === ID)).toBe(text);
  expect(namingOnly(text, () => false)).toBe('@… and @…');
});
