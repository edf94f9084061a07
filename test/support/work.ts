import type { Connection } from 'mongoose';
import { isInRequest, watchRequests } from './queries.js';

/** What a request has written before it is answered: each command, and whether there was something to write. */
export function followWork(db: Connection): () => string[] {
  const unwatch = watchRequests();
  const asked = new Set<number>();
  const work: string[] = [];
  const started = ({ requestId }: { requestId: number }) => isInRequest() && asked.add(requestId);
  const done = ({ requestId, commandName, reply }: { requestId: number; commandName: string; reply: any }) => {
    if (!asked.has(requestId)) return;
    // Finds of one turn of the loop go together, if the machine is not busy.
    if (commandName === 'find' || commandName === 'aggregate') return;
    const isWrite = Number(reply.nModified ?? reply.n ?? 0) > 0 || Boolean(reply.upserted?.length);
    work.push(`${commandName}${isWrite ? ' writes' : ''}`);
  };
  const client = db.getClient().on('commandStarted', started).on('commandSucceeded', done);
  return () => {
    client.off('commandStarted', started).off('commandSucceeded', done);
    unwatch();
    return work;
  };
}
