import { Lanes, type Outcome } from './lanes.js';

/** Lanes whose batches are finished by hand. */
function lanesByHand() {
  const batches: {
    key: string;
    items: readonly number[];
    finish: (outcomes: Outcome<string>[]) => void;
    fail: (error: Error) => void;
  }[] = [];
  const lanes = new Lanes<number, string>(
    (key, items) => new Promise((finish, fail) => batches.push({ key, items, finish, fail })),
    3,
  );
  return { lanes, batches };
}
const done = (items: readonly number[]) => items.map((item) => ({ result: `done ${item}` }));
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('lanes', () => {
  it('given items while one is in flight, then they go together next, in order, at most so many at once', async () => {
    const { lanes, batches } = lanesByHand();
    const results = [1, 2, 3, 4, 5].map((item) => lanes.submit('a', item));
    expect(batches.map((batch) => batch.items)).toEqual([[1]]);
    batches[0]!.finish(done([1]));
    await turn();
    expect(batches[1]!.items).toEqual([2, 3, 4]);
    batches[1]!.finish(done([2, 3, 4]));
    await turn();
    expect(batches[2]!.items).toEqual([5]);
    batches[2]!.finish(done([5]));
    expect(await Promise.all(results)).toEqual(['done 1', 'done 2', 'done 3', 'done 4', 'done 5']);
  });

  it('given two keys, then neither waits for the other', () => {
    const { lanes, batches } = lanesByHand();
    void lanes.submit('a', 1);
    void lanes.submit('b', 2);
    expect(batches.map((batch) => batch.key)).toEqual(['a', 'b']);
  });

  it('given one refused item, then the others have their result', async () => {
    const { lanes, batches } = lanesByHand();
    void lanes.submit('a', 0);
    const refused = lanes.submit('a', 1);
    const fine = lanes.submit('a', 2);
    batches[0]!.finish(done([0]));
    await turn();
    batches[1]!.finish([{ error: new Error('no') }, { result: 'yes' }]);
    await expect(refused).rejects.toThrow('no');
    await expect(fine).resolves.toBe('yes');
  });

  it('given a batch that fails, then its items are refused and the lane goes on', async () => {
    const { lanes, batches } = lanesByHand();
    const first = lanes.submit('a', 1);
    const second = lanes.submit('a', 2);
    batches[0]!.fail(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await turn();
    batches[1]!.finish(done([2]));
    await expect(second).resolves.toBe('done 2');
  });
});
