import { oneLine } from './one-line.js';

describe('several lines as one', () => {
  it.each([
    ['Two registers\nand no key', 'Two registers · and no key'],
    ['A form nobody can fill in.\nWhere do we begin?', 'A form nobody can fill in. Where do we begin?'],
    ['Read the code of others, \n  and say why', 'Read the code of others, and say why'],
    ['Qui décide\u00a0?\nEt quand\u202f!', 'Qui décide\u00a0? Et quand\u202f!'],
    ['One line', 'One line'],
  ])('given %j, then %j', (text, line) => {
    expect(oneLine(text)).toBe(line);
  });
});
