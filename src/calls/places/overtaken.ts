import type { ClientSession } from 'mongoose';
import type { Transactions } from '../../infra/mongo/transactions.js';

const MAX_TRIES = 5;

/** Somebody changed the same files at the same moment: they are looked at once more. */
export class Overtaken extends Error {}

/** Runs writes as one, and again where others were faster. */
export async function untilSettled<T>(
  transactions: Transactions,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transactions.run(work);
    } catch (error) {
      if (!(error instanceof Overtaken) || tries === MAX_TRIES) throw error;
    }
  }
}
