import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type OutgoingHttpHeaders, type Server, request } from 'node:http';
import type { TestWorld } from '../app.js';
import { eventually } from '../eventually.js';

/** A request whose body does not end by itself. */
export interface HeldBody {
  /** Its status; null while the application waits for the body. */
  status: () => number | null;
  /** Sends the rest; the status. */
  finish: (rest: Buffer | string) => Promise<number>;
  /** Hangs up. */
  end: () => void;
}

const HELD = 'x-held-body';

/** What came with that header, of each server. */
const received = new WeakMap<Server, Map<unknown, IncomingMessage>>();

function receivedBy(server: Server): Map<unknown, IncomingMessage> {
  const known = received.get(server);
  if (known) return known;
  const requests = new Map<unknown, IncomingMessage>();
  server.prependListener('request', (one: IncomingMessage) => {
    if (one.headers[HELD] !== undefined) requests.set(one.headers[HELD], one);
  });
  received.set(server, requests);
  return requests;
}

/**
 * Sends a request to the first process, of whose body only `begin` comes. Resolves once it is answered, or once the application reads the
 * body: a refusal comes before that.
 */
export async function holdBody(
  { app, url }: TestWorld,
  [method, path]: readonly [method: string, path: string],
  headers: OutgoingHttpHeaders,
  begin?: Buffer | string,
): Promise<HeldBody> {
  const id = randomUUID();
  const requests = receivedBy(app.getHttpServer());
  let answered: number | null = null;
  let error: Error | undefined;
  const asked = request(new URL(path, url), { method, headers: { ...headers, [HELD]: id }, agent: false });
  asked.on('error', (why) => (error = why));
  const answer = new Promise<number>((resolve) => {
    asked.on('response', (response) => {
      answered = response.resume().statusCode ?? 0;
      resolve(answered);
    });
  });
  if (begin === undefined) asked.flushHeaders();
  else asked.write(begin);
  await eventually(() => {
    if (answered !== null || (requests.get(id)?.listenerCount('data') ?? 0) > 0) return;
    throw error ?? new Error(`${method} ${path} is neither answered nor read`);
  });
  requests.delete(id);
  return {
    status: () => answered,
    finish: (rest) => {
      asked.end(rest);
      return answer;
    },
    end: () => asked.destroy(),
  };
}
