import { settledText } from './settling';

const pieces = [{ text: 'a' }, { mine: 'M', theirs: 'T' }, { text: 'c' }, { mine: '', theirs: 'U' }];

it('a text is settled piece by piece; where nothing is chosen, nothing is lost', () => {
  expect(settledText(pieces, new Map())).toBe('a\n\nT\n\nM\n\nc\n\nU');
  expect(
    settledText(
      pieces,
      new Map([
        [1, 'mine'],
        [3, 'mine'],
      ]),
    ),
  ).toBe('a\n\nM\n\nc');
  expect(settledText(pieces, new Map([[1, 'theirs']]))).toBe('a\n\nT\n\nc\n\nU');
});
