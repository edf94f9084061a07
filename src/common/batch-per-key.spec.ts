import { BatchPerKey } from './batch-per-key.js';

/** Batches that are finished by hand. */
function batchesByHand() {
  const batches: {
    key: string;
    requests: number[];
    finish: (answers: string[]) => void;
    fail: (error: Error) => void;
  }[] = [];
  const lanes = new BatchPerKey<number, string>(
    (key, requests) => new Promise((finish, fail) => batches.push({ key, requests, finish, fail })),
  );
  return { lanes, batches };
}
const done = (requests: readonly number[]) => requests.map((request) => `done ${request}`);
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('batches per key', () => {
  it('given requests of one turn of the event loop, then they go together; later ones go next, together, in order', async () => {
    const { lanes, batches } = batchesByHand();
    const answers = [lanes.ask('a', 1)];
    await Promise.resolve();
    answers.push(lanes.ask('a', 2));
    await turn();
    answers.push(...[3, 4].map((request) => lanes.ask('a', request)));
    expect(batches.map((batch) => batch.requests)).toEqual([[1, 2]]);
    batches[0]!.finish(done([1, 2]));
    await turn();
    expect(batches[1]!.requests).toEqual([3, 4]);
    batches[1]!.finish(done([3, 4]));
    expect(await Promise.all(answers)).toEqual(['done 1', 'done 2', 'done 3', 'done 4']);
  });

  it('given two keys, then neither waits for the other', async () => {
    const { lanes, batches } = batchesByHand();
    void lanes.ask('a', 1);
    void lanes.ask('b', 2);
    await turn();
    expect(batches.map((batch) => batch.key)).toEqual(['a', 'b']);
  });

  it('given a batch that fails, then its requests are refused and the next one goes on', async () => {
    const { lanes, batches } = batchesByHand();
    const first = lanes.ask('a', 1);
    await turn();
    const second = lanes.ask('a', 2);
    batches[0]!.fail(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await turn();
    batches[1]!.finish(done([2]));
    await expect(second).resolves.toBe('done 2');
  });
});
