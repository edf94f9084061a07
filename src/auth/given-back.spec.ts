import { disputedFrom, isTheirs } from './given-back.js';

const givenBack = new Date('2026-10-01T11:00:00Z');

it.each([
  ['before', '2026-10-01T10:00:00Z', false],
  ['at that instant', '2026-10-01T11:00:00Z', false],
  ['by a request that was on its way', '2026-10-01T11:00:05Z', false],
  ['after', '2026-10-01T11:00:06Z', true],
])('given an account that was given back, then what was made %s is its person’s or not', (_, madeAt, expected) => {
  expect(isTheirs(new Date(madeAt), disputedFrom(givenBack))).toBe(expected);
});

it('given an account that never was in other hands, then all of it is its person’s', () => {
  for (const nothing of [null, undefined]) expect(isTheirs(givenBack, nothing)).toBe(true);
});
