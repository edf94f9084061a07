import { barOf, placeOf, triedIn, WIDTH, weightsText } from './plot';

it('given scores of a scale, then its ends are at the ends, and what lies beyond stays inside', () => {
  expect([1, 2.5, 4].map((score) => placeOf(score, 4))).toEqual([6, WIDTH / 2, WIDTH - 6]);
  expect(placeOf(4.5, 4)).toBe(placeOf(4, 4));
  expect(placeOf(0.6, 4)).toBe(placeOf(1, 4));
});

it('given a juror is stricter, then their bar goes left, and the furthest of all reaches the end', () => {
  expect(barOf(-0.4, 0.4)).toEqual({ left: 0, width: 50 });
  expect(barOf(0.2, 0.4)).toEqual({ left: 50, width: 25 });
  expect(barOf(0, 0)).toEqual({ left: 50, width: 0 });
});

it('given other weights are tried, then the address names those that differ, and is read again', () => {
  const criteria = [
    { key: 'craft', weight: 40 },
    { key: 'care', weight: 60 },
  ];
  expect(weightsText(criteria, { craft: 35, care: 60 })).toBe('craft:35');
  expect(weightsText(criteria, { craft: 40 })).toBe('');
  expect(triedIn('craft:35,care:65')).toEqual({ craft: 35, care: 65 });
  expect(triedIn('craft:x,__proto__:3')).toEqual({});
});
