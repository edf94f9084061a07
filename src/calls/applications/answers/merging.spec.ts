import { FORM_LIMITS } from '../../../contracts/calls/forms.js';
import { tooLongAsWhole } from './merging.js';

const half = 'x'.repeat(FORM_LIMITS.whole / 2);

it.each([
  ['as long as it may be', { a: half }, { b: half }, []],
  ['a letter more', { a: half }, { b: `${half}x` }, ['b']],
  ['two that grow', { a: half }, { c: 'x', b: half }, ['b', 'c']],
  ['one that gets shorter', { a: half, b: half, c: 'xx' }, { c: 'x' }, []],
  ['one that is taken away', { a: half, b: half, c: 'xx' }, { a: null }, []],
])('given %s, then what grew is too long: %#', (_, answers, taken, expected) => {
  expect(tooLongAsWhole(answers as never, taken as never)).toEqual(
    expected.map((key) => ({ field: `/answers/${key}`, code: 'too_long' })),
  );
});
