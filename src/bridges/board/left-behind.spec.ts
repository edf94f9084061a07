import { isHalfEmpty, withoutSession } from './left-behind.js';

const fellow = (userId: string, joinedOn: string, lastSessionOn: string | null = null) => ({
  userId,
  joinedOn,
  lastSessionOn,
});

describe('who has had no session for four weeks', () => {
  it.each([
    ['a session 27 days ago', fellow('a', '2026-01-01', '2026-09-16'), null],
    ['a session 28 days ago', fellow('a', '2026-01-01', '2026-09-15'), 28],
    ['none, and a place since before the start', fellow('a', '2026-06-01'), 42],
    ['none, but came late', fellow('a', '2026-10-01'), null],
    ['a session before the start', fellow('a', '2026-06-01', '2026-08-20'), 54],
  ])('given %s', (_, one, days) => {
    const found = withoutSession([one], '2026-09-01', '2026-10-13');
    expect(found.map((row) => row.days)).toEqual(days === null ? [] : [days]);
  });

  it('names those who wait longest first', () => {
    const [short, long] = [fellow('short', '2026-09-10'), fellow('long', '2026-09-01')];
    expect(withoutSession([short, long], '2026-09-01', '2026-10-13').map(({ userId }) => userId)).toEqual([
      'long',
      'short',
    ]);
  });
});

describe('a half-empty workshop', () => {
  it.each([
    [9, 20, null, true],
    [10, 20, null, false],
    [10, 20, 1, true],
    [0, 1, null, true],
  ])('with %d of %d (online %s): %s', (going, capacity, onlineCapacity, expected) => {
    expect(isHalfEmpty({ going, capacity, onlineCapacity })).toBe(expected);
  });
});
