import { seenAgain } from './seen-again';

it('given a code is held before the camera, then it is read once, and again after it was away or was taken back', () => {
  const seen = seenAgain();
  const read = [0, 200, 2_000, 4_400].map((now) => seen.isNew('a', now));
  expect(read).toEqual([true, false, false, false]);
  expect([seen.isNew('b', 4_500), seen.isNew('a', 4_600)]).toEqual([true, true]);
  expect([seen.isNew('a', 7_000), seen.isNew('a', 9_500)]).toEqual([false, true]);
  seen.forget();
  expect(seen.isNew('a', 9_600)).toBe(true);
});
