import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { ClientSession, Connection } from 'mongoose';

/** What is to be done when a transaction is written, of the try that is under way. */
const uponCommit = new WeakMap<ClientSession, (() => void)[]>();

/** Has something done once the transaction that runs in a session is written; never where it fails. */
export function onceCommitted(session: ClientSession, act: () => void): void {
  const acts = uponCommit.get(session);
  if (!acts) throw new Error('this session was not begun by Transactions');
  acts.push(act);
}

/** Runs several writes as one. Write conflicts are retried by the driver, so `work` must be repeatable. */
@Injectable()
export class Transactions {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** Returns what `work` returns; throws what it throws, with nothing written. */
  async run<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    const session = await this.connection.startSession();
    try {
      const tried = async () => {
        // Of a try that the driver made before nothing was written.
        uponCommit.set(session, []);
        return await work(session);
      };
      const result = await session.withTransaction(tried, {
        writeConcern: { w: 'majority' },
        readConcern: { level: 'snapshot' },
      });
      for (const act of uponCommit.get(session) ?? []) act();
      return result;
    } finally {
      await session.endSession();
    }
  }
}
