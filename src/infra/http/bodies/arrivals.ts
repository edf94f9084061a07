import type { IncomingMessage, Server } from 'node:http';
import { performance } from 'node:perf_hooks';

/** When the last byte of a request was read. */
const arrivals = new WeakMap<IncomingMessage, number>();

/** From now on it is known of each request when all of it had come. */
export function followArrivals(server: Server): void {
  server.prependListener('request', (request: IncomingMessage) => {
    request.once('end', () => arrivals.set(request, performance.now()));
  });
}

/** So many milliseconds ago the last byte of a request came, however long it has waited for its turn since; 0 where it is still coming. */
export function msSinceArrival(request: IncomingMessage): number {
  const at = arrivals.get(request);
  return at === undefined ? 0 : performance.now() - at;
}
