import type { FastifyServerOptions } from 'fastify';
import { MINUTE } from '../../../common/times/clock.js';

/**
 * How long a client may take, so that few of them cannot hold all connections by sending next to nothing (slow loris). The head of a request has
 * `headersTimeout`, all of it `requestTimeout`: 100 MB on a line of half a megabit a second; what is no
 * upload has less (`bodies/body-limits.ts`). A connection on which nothing goes either way for
 * `connectionTimeout` is closed; sockets of chat are not counted, they ping. All in ms, as Node's `http.createServer` has them.
 */
export const SLOW_CLIENTS = {
  connectionTimeout: 2 * MINUTE,
  requestTimeout: 30 * MINUTE,
  http: { headersTimeout: 20_000, connectionsCheckingInterval: 5_000 },
} satisfies FastifyServerOptions & { http: object };
