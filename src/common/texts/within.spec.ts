import { lengthOfBody, within } from './within.js';

const rows = (...lengths: number[]) => lengths.map((length) => ({ body: 'x'.repeat(length) }));
const kept = (lengths: number[], most: number) => within(rows(...lengths), lengthOfBody, most).length;

it.each([
  ['nothing', [], 10, 0],
  ['texts that fit, to the last character', [4, 6], 10, 2],
  ['one character too many', [4, 7], 10, 1],
  ['a first one that is too long by itself', [11, 1], 10, 1],
  ['no room at all', [3, 1], 0, 1],
])('given %s', (_name, lengths, most, count) => {
  expect(kept(lengths, most)).toBe(count);
});

it('given a row without a text, then it has no length', () => {
  expect(within([{ body: null }, { body: 'x' }], lengthOfBody, 1)).toHaveLength(2);
});
