import { throwAll, tryEach } from './try-each.js';

const failing =
  (...those: number[]) =>
  (one: number) =>
    those.includes(one) ? Promise.reject(new Error(`no ${one}`)) : Promise.resolve();

describe('trying each', () => {
  it('given one fails in the middle, then those behind it have theirs, and it is thrown at the end', async () => {
    const done: number[] = [];
    const work = async (one: number) => {
      await failing(2)(one);
      done.push(one);
    };
    await expect(tryEach([1, 2, 3], work)).rejects.toThrow(/^no 2$/);
    expect(done).toEqual([1, 3]);
  });

  it('given several fail, also of several within one, then all are named once', async () => {
    const nested = tryEach([[1, 2], [3]], (those) => tryEach(those, failing(1, 2, 3)));
    const error = await nested.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(AggregateError);
    expect((error as AggregateError).message).toBe('no 1; no 2; no 3');
    expect((error as AggregateError).errors.map(String)).toEqual(['Error: no 1', 'Error: no 2', 'Error: no 3']);
  });

  it('given none fails, then nothing is thrown', async () => {
    await expect(tryEach([1, 2, 3], failing())).resolves.toBeUndefined();
    expect(() => throwAll([])).not.toThrow();
  });
});
