import { setImmediate as turn } from 'node:timers/promises';
import { ConcurrencyLimiter } from './concurrency-limiter.js';

/** Work that ends when it is told to. */
function works(limiter: ConcurrencyLimiter, count: number) {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const done = Array.from({ length: count }, (_, index) =>
    limiter.go(
      () =>
        new Promise<number>((resolve) => {
          begun.push(index);
          ends[index] = () => resolve(index);
        }),
    ),
  );
  const end = async (...those: number[]) => {
    for (const index of those) ends[index]?.();
    await turn();
  };
  return { begun, done, end };
}

describe('waves', () => {
  it('begins at once what fits, and no more', async () => {
    const { begun, end, done } = works(new ConcurrencyLimiter(4, 1), 6);
    expect(begun).toEqual([0, 1, 2, 3]);
    await end(0, 1, 2, 3);
    await end(4, 5);
    expect(await Promise.all(done)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('lets those who wait begin together, when few are left, in the order of their coming', async () => {
    const { begun, end } = works(new ConcurrencyLimiter(4, 1), 9);
    await end(0, 1);
    expect(begun).toEqual([0, 1, 2, 3]);
    await end(2);
    // One of the first is still under way: three fit.
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
    await end(3, 4, 5);
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('is held up by none that hangs', async () => {
    const { begun, end } = works(new ConcurrencyLimiter(2, 1), 4);
    await end(1);
    await end(2);
    await end(3);
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it('goes on after what fails, and hands its error to who asked', async () => {
    const limiter = new ConcurrencyLimiter(1, 0);
    const failing = limiter.go(() => Promise.reject(new Error('no')));
    const next = limiter.go(() => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('yes');
    await expect(limiter.go(() => Promise.resolve('and on'))).resolves.toBe('and on');
  });

  it('never has more under way than it may, whatever comes and ends in whatever order', async () => {
    const limiter = new ConcurrencyLimiter(5, 2);
    let [underWay, most, done] = [0, 0, 0];
    const work = async (turns: number) => {
      underWay += 1;
      most = Math.max(most, underWay);
      for (let at = 0; at < turns; at += 1) await turn();
      underWay -= 1;
      done += 1;
    };
    await Promise.all(Array.from({ length: 200 }, (_, index) => limiter.go(() => work((index * 7) % 5))));
    expect({ most, done, underWay }).toEqual({ most: 5, done: 200, underWay: 0 });
  });
});
