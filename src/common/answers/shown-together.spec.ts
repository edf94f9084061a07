import { inNoTellingOrder, isShownNow } from './shown-together.js';

const waits = (...people: string[]) => people.map((by) => ({ by, waits: true, isShown: false }));
const shown = (...people: string[]) => people.map((by) => ({ by, waits: false, isShown: true }));
const changed = (...people: string[]) => people.map((by) => ({ by, waits: true, isShown: true }));

it.each([
  ['nobody', [], false],
  ['two people', waits('a', 'b'), false],
  ['one person three times', waits('a', 'a', 'a'), false],
  ['three people', waits('a', 'b', 'a', 'c'), true],
  ['one after three that are shown', [...shown('a', 'b', 'c'), ...waits('d')], false],
  ['three of those who are shown, with something else', [...shown('a', 'b', 'c'), ...waits('a', 'b', 'c')], true],
  ['two of three who said something else', [...shown('a'), ...changed('b', 'c')], false],
  ['three who said something else', changed('a', 'b', 'c'), true],
  ['one after two of before, of whom nothing was shown', [...shown('a', 'b'), ...waits('c')], true],
])('given what %s said, then it is shown now: %s %s', (_name, said, expected) => {
  expect(isShownNow(said)).toBe(expected);
});

it('given words, then they come by the alphabet, and empty ones not at all', () => {
  expect(inNoTellingOrder(['b', '', 'a'])).toEqual(['a', 'b']);
});
