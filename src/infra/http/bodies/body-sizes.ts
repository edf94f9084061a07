import type { FastifyRequest } from 'fastify';

const KILOBYTE = 1024;

/** So much is read of anybody, whatever the route: it costs next to nothing to look at. */
export const SHORT_BYTES = 8 * KILOBYTE;

/** How much of a body is read: its bytes, and the values in it if it is JSON. */
export interface Size {
  bytes: number;
  values: number;
}

/** What a message of another program may be. */
export const HOOK: Size = { bytes: 256 * KILOBYTE, values: 4000 };

/** What somebody who applies may have typed since it was kept last: answers of twenty thousand characters, several of them. */
const ANSWERS: Size = { bytes: 256 * KILOBYTE, values: 1000 };

/**
 * What may be sent to routes that ask for no login, by how their paths begin: forms are short, a message of another program is as long as one may be here. To
 * look at a body costs more than to send it, and nobody knows who sends it.
 */
const PUBLIC: readonly (readonly [path: RegExp, most: Size])[] = [
  [/^\/api\/hooks\//, HOOK],
  // A file that is added to one comes as any upload, from who shows that it is theirs.
  [/^\/api\/applications\/(?!:applicationId\/files)/, ANSWERS],
  [/^\/api\/(auth|public|guests|places|session-links|unsubscribe|calls)\//, { bytes: 64 * KILOBYTE, values: 1000 }],
];

/** Undefined on routes that ask for a login, and where there is no route. */
export const publicSize = (url = ''): Size | undefined => PUBLIC.find(([path]) => path.test(url))?.[1];

/** A list of a thousand ids, the longest that is documented, and what stands beside it. */
const VALUES_OF_ANYBODY = 1500;
/** Twice the hours of a coach with an exception on each of two hundred days. */
const VALUES_OF_SENDER = 10_000;
/** Five thousand people, with all that is said of each. */
const VALUES_OF_PEOPLE = 40_000;
const LISTS_PEOPLE = '/api/cohorts/:cohortId/invitations';

const senders = new WeakMap<FastifyRequest, string>();
const counted = new WeakSet<FastifyRequest>();

/** From now on it is known whose request this is, and it is counted among what they write: before its body is read. */
export const senderIs = (request: FastifyRequest, personId: string): unknown => senders.set(request, personId);

/** The person of {@link senderIs}; undefined where nobody asked. */
export const senderOf = (request: FastifyRequest): string | undefined => senders.get(request);

/** From now on it is counted where it comes from, of whom nobody knows who they are: before its body is read. */
export const isCounted = (request: FastifyRequest): unknown => counted.add(request);

/** Whether it was counted before its body was read ({@link senderIs}, {@link isCounted}). */
export const wasCounted = (request: FastifyRequest): boolean => senders.has(request) || counted.has(request);

/** So many values are read of a body of JSON: each costs the parser, and who looks at them, as much as a hundred bytes do. */
export function mostValues(request: FastifyRequest): number {
  const { url } = request.routeOptions;
  if (senderOf(request) === undefined) return publicSize(url)?.values ?? VALUES_OF_ANYBODY;
  return url === LISTS_PEOPLE ? VALUES_OF_PEOPLE : VALUES_OF_SENDER;
}
