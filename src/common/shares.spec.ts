import { Shares } from './shares.js';

/** Work that lasts until it is ended. */
function works() {
  const ends: (() => void)[] = [];
  return { ends, work: () => new Promise<void>((resolve) => ends.push(resolve)) };
}

it('given as much as one may have under way, then nothing more of theirs is begun until some of it is over; others have their own', async () => {
  const shares = new Shares(2);
  const { ends, work } = works();
  const running = [shares.within('a', work), shares.within('a', work)];
  expect(await shares.within('a', work)).toBe(false);
  running.push(shares.within('b', work));
  expect(ends).toHaveLength(3);
  ends[0]!();
  expect(await running[0]).toBe(true);
  running.push(shares.within('a', work));
  ends.forEach((end) => end());
  expect(await Promise.all(running)).toEqual([true, true, true, true]);
});

it('given work that fails, then its place is free again', async () => {
  const shares = new Shares(1);
  await expect(shares.within('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await shares.within('a', () => Promise.resolve())).toBe(true);
});

it('given who waits for a share, then they have it in the order of asking, before who comes later; beyond some nobody waits', async () => {
  const shares = new Shares(1, 2);
  const begun: string[] = [];
  const { ends, work } = works();
  const named = (name: string) => async () => {
    begun.push(name);
    await work();
    return name;
  };
  const running = ['one', 'two', 'three'].map((name) => shares.inTurn('a', named(name)));
  expect(await shares.inTurn('a', named('four'))).toBeNull();
  const other = shares.inTurn('b', named('other'));
  expect(begun).toEqual(['one', 'other']);
  ends[0]!();
  await running[0];
  const late = shares.inTurn('a', named('late'));
  for (let at = 1; at < 5; at += 1) {
    await new Promise(setImmediate);
    ends[at]?.();
  }
  await new Promise(setImmediate);
  ends.forEach((end) => end());
  expect(await Promise.all([...running, other, late])).toEqual([
    { result: 'one' },
    { result: 'two' },
    { result: 'three' },
    { result: 'other' },
    { result: 'late' },
  ]);
  expect(begun).toEqual(['one', 'other', 'two', 'three', 'late']);
  expect(await shares.within('a', () => Promise.resolve())).toBe(true);
});

it('given many more than there are places, then never more are under way than there are places', async () => {
  const shares = new Shares(3, 100);
  let [now, most] = [0, 0];
  const work = async () => {
    most = Math.max(most, (now += 1));
    await new Promise(setImmediate);
    now -= 1;
  };
  const results = await Promise.all(Array.from({ length: 60 }, () => shares.inTurn('a', work)));
  expect([most, now, results.includes(null)]).toEqual([3, 0, false]);
});
