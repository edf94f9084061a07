import { Transactions } from '../../src/infra/mongo/transactions.js';
import type { TestWorld } from './app.js';
import { isInRequest, watchRequests } from './queries.js';

/**
 * Has something happen between what the next request to the first process asked and what it writes: before its first transaction begins. What is returned
 * says whether it came to that.
 */
export function beforeItIsWritten({ app }: TestWorld, happens: () => Promise<unknown>): () => boolean {
  const transactions = app.get(Transactions);
  const run = transactions.run.bind(transactions);
  let isDone = false;
  const unwatch = watchRequests();
  const spy = jest.spyOn(transactions, 'run').mockImplementation(async (work) => {
    if (!isDone && isInRequest()) {
      isDone = true;
      spy.mockRestore();
      await happens();
    }
    return await run(work);
  });
  return () => {
    spy.mockRestore();
    unwatch();
    return isDone;
  };
}
